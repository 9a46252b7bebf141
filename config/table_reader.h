// Reads one TOML table key by key and collects every fault with its line, its path and what is allowed. After a fault
// the default stays, so that reading goes on. Keeps references to the parsed file and to the list of faults.
#pragma once

#include <chrono>
#include <concepts>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <toml++/toml.h>
#include <vector>

#include "base/clock.h"
#include "base/fault.h"

namespace config {

struct NumberRange {
  std::int64_t least = 0, most = std::numeric_limits<std::int64_t>::max();
};

struct DurationRange {
  std::chrono::milliseconds least{0}, most{std::chrono::hours{24}};
};

class TableReader {
 public:
  TableReader(const toml::table& table, std::string path, base::Faults& faults);

  // Every other key is a fault.
  void allow(const std::vector<std::string_view>& keys);

  std::optional<std::string> text(std::string_view key);
  std::string required_text(std::string_view key);  // neither absent nor empty
  std::vector<std::string> texts(std::string_view key);
  std::map<std::string, std::string> text_map(std::string_view key);
  std::optional<base::Time> time(std::string_view key);  // TOML's offset date-time, or RFC 3339 as text
  bool truth(std::string_view key, bool otherwise);
  void duration(std::string_view key, std::chrono::milliseconds& into, DurationRange range);
  std::map<std::string, std::chrono::milliseconds> duration_map(std::string_view key, DurationRange range);
  template <std::integral Number>
  void number(std::string_view key, Number& into, NumberRange range) {
    if (const auto value = whole_number(key, range)) into = static_cast<Number>(*value);
  }

  TableReader table(std::string_view key);                // absent: an empty one
  std::vector<TableReader> tables(std::string_view key);  // [[key]]

  bool has(std::string_view key) const { return table_->contains(key); }
  void complain(std::string_view key, std::string code, std::string zh, std::string en);

 private:
  std::optional<std::int64_t> whole_number(std::string_view key, NumberRange range);
  void wrong_type(std::string_view key, const std::string& zh, const std::string& en);
  std::string path_of(std::string_view key) const;

  const toml::table* table_;
  std::string path_;
  base::Faults* faults_;
};

}  // namespace config
