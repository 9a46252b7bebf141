// A cell of a table that names codes: words, "*" for any, or ranges of whole numbers such as -301001..-301017, blanks
// between them. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace schemas {

// A code that is named tells more than a range that holds it.
enum class Fit { none, range, exact };

class CodeSet {
 public:
  static std::optional<CodeSet> read(std::string_view cell);  // nothing: a range that is none

  Fit fit(std::string_view code) const;
  const std::vector<std::string>& named() const { return named_; }  // without "*"

 private:
  std::vector<std::string> named_;
  std::vector<std::pair<std::int64_t, std::int64_t>> ranges_;
  bool any_ = false;
};

}  // namespace schemas
