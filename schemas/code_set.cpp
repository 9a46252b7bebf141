#include "schemas/code_set.h"

#include <algorithm>
#include <charconv>

#include "schemas/table.h"

namespace schemas {

namespace {

std::optional<std::int64_t> number_of(std::string_view text) {
  std::int64_t number = 0;
  const auto end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, number);
  if (read.ec != std::errc{} || read.ptr != end) return std::nullopt;
  return number;
}

}  // namespace

std::optional<CodeSet> CodeSet::read(std::string_view cell) {
  CodeSet set;
  for (std::string& word : words(cell)) {
    const auto dots = word.find("..");
    if (word == "*") {
      set.any_ = true;
    } else if (dots == std::string::npos) {
      set.named_.push_back(std::move(word));
    } else {
      const auto one = number_of(std::string_view(word).substr(0, dots));
      const auto other = number_of(std::string_view(word).substr(dots + 2));
      if (!one || !other) return std::nullopt;
      set.ranges_.emplace_back(std::minmax(*one, *other));
    }
  }
  return set;
}

Fit CodeSet::fit(std::string_view code) const {
  if (std::ranges::find(named_, code) != named_.end()) return Fit::exact;
  if (any_) return Fit::range;
  if (ranges_.empty()) return Fit::none;
  const auto number = number_of(code);
  const bool held = number && std::ranges::any_of(ranges_, [&](const auto& range) {
                      return range.first <= *number && *number <= range.second;
                    });
  return held ? Fit::range : Fit::none;
}

}  // namespace schemas
