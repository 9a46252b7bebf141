// Reads what stands behind the verb of one line, and tells every fault of it. Keeps references; one line, one reader.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "tools/jointtest/scenario.h"

namespace tools::jointtest {

class StepReader {
 public:
  StepReader(const schemas::Catalog& catalog, const std::filesystem::path& file, Step& step, base::Faults& faults)
      : catalog_(catalog), file_(file), step_(step), faults_(faults) {}

  void read(std::string_view rest);
  void complain(const char* code, std::string zh, std::string en);

 private:
  void read_post(std::string_view rest);
  void read_refusal(std::string_view rest);
  void read_arrangement(std::string_view rest);
  void read_answers(std::string_view rest);
  void read_notices(std::string_view rest);
  void read_span(std::string_view rest);
  void read_picture(std::string_view rest);

  std::optional<DocumentName> document_in(std::string_view& rest) const;
  // Likewise; without one, or with a name that is none, it is told, and false.
  bool read_document(std::string_view& rest, DocumentName& into);
  void read_changes(std::string_view rest);
  void read_change(std::string_view part);
  void read_value(std::string_view value, Change& change);
  void read_field(std::string_view field, const schemas::MessageType& type, Change& change);

  const schemas::Catalog& catalog_;
  const std::filesystem::path& file_;
  Step& step_;
  base::Faults& faults_;
};

}  // namespace tools::jointtest
