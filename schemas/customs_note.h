// What customs writes into returnInfo beside or instead of plain words: "[Code:1313;Desc:…]", several in one text.
// Pure.
#pragma once

#include <string>
#include <vector>

#include "schemas/text_pattern.h"

namespace schemas {

struct CustomsNote {
  std::string code, description;
};

// In the order of the text; at most `most_notes`.
inline constexpr std::size_t most_notes = 100;
std::vector<CustomsNote> customs_notes(const ComparableText& info);

}  // namespace schemas
