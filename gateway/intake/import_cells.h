// The members of one row of an import as texts, taken by their names. Faults are kept, each at its member. One thread,
// one row.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/fault.h"
#include "codecs/ceb/exact_json.h"

namespace gateway::intake {

class ImportCells {
 public:
  ImportCells(const codecs::ceb::JsonNode& row, std::string place);

  // "" where it is absent, null or empty. A number is taken by its own characters.
  std::string take(const std::string& name) const;
  std::string demand(const std::string& name);  // likewise; absent is a fault
  // China time in 14 or 17 digits or as 2026-01-31 09:30:00, or RFC 3339; not later than `now`, but for the difference
  // of two clocks.
  std::optional<base::Time> take_time(const std::string& name, base::Time now);
  void refuse(std::string_view name, std::string code, std::string zh, std::string en);
  void refuse_all_but(std::span<const std::string> allowed);
  bool is_refused(std::string_view name) const;

  std::string path_of(std::string_view name) const { return place_ + "/" + std::string(name); }
  const base::Faults& faults() const { return faults_; }
  // Every member as one JSON object: sorted by name, all values texts, without what is empty.
  std::string canonical(const std::map<std::string, std::string>& more) const;

 private:
  std::string text_of(const std::string& name, const codecs::ceb::JsonNode& value);

  std::string place_;
  std::map<std::string, std::string> cells_;
  base::Faults faults_;
};

}  // namespace gateway::intake
