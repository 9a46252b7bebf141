// Pieces of a scenario's line: cut at marks that Chinese and English write differently. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tools::jointtest {

std::string_view trimmed(std::string_view text);  // of blanks, and of the blank that Chinese writes (U+3000)

// Cuts `text` at its first colon, full-width or not, outside quotation marks: what stands before is given, `text` is
// what follows. Without one all of it is given and `text` is empty.
std::string_view before_colon(std::string_view& text);
std::string_view before_equals(std::string_view& text);  // likewise
std::string_view before_last_colon(std::string_view& text);

// By commas of either width, outside quotation marks; an empty text has no parts.
std::vector<std::string_view> parts_of(std::string_view text);

// What stands in "…" or “…”; the text itself where it does not.
std::string_view unquoted(std::string_view text);

}  // namespace tools::jointtest
