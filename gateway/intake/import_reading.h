// Reads the rows of POST /v1/imports: the document's name and guid, when it was sent, what customs said last. Every
// fault of every row at once; what the ledger has to say comes later. Immutable; safe from every thread.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "base/clock.h"
#include "gateway/http/message.h"
#include "gateway/intake/import_cells.h"
#include "gateway/intake/import_row.h"
#include "gateway/intake/reading.h"

namespace gateway::intake {

class ImportReader {
 public:
  static constexpr std::size_t most_rows = 1'000;

  ImportReader(const config::Settings& settings, const schemas::Catalog& catalog)
      : settings_(settings), catalog_(catalog), reader_(settings, catalog) {}

  // The response: nothing of the body can be taken (400, 413, 422). Faults of single rows are in their candidates.
  std::variant<ImportRows, http::Response> read(const http::Caller& caller, std::string_view body,
                                                base::Time now) const;

 private:
  ImportRow read_row(const http::Caller& caller, const codecs::ceb::JsonNode& row, const std::string& place,
                     base::Time now) const;
  void read_document(ImportRow& row, const codecs::ceb::JsonNode& posted, ImportCells& cells) const;
  void read_head(ImportRow& row, ImportCells& cells) const;
  void read_key(ImportRow& row, ImportCells& cells) const;
  void read_numbers(ImportRow& row, ImportCells& cells) const;
  void read_sending(ImportRow& row, ImportCells& cells, base::Time now) const;
  void read_stage(ImportRow& row, ImportCells& cells, base::Time now) const;
  std::string known_stages(const schemas::MessageType& type) const;

  const config::Settings& settings_;
  const schemas::Catalog& catalog_;
  Reader reader_;
};

}  // namespace gateway::intake
