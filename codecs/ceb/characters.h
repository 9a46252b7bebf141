// Which characters XML 1.0 can carry (clause 2.2) and which names it knows (clause 2.3, without the colon). Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace codecs::ceb {

// The first character of the text that no XML text can hold, even escaped, as "U+0001"; or "not UTF-8".
std::optional<std::string> uncarriable_character(std::string_view text);

// The text with every such character made visible: a control character as its picture (U+2401 for U+0001), all else,
// and a byte that is no UTF-8, as U+FFFD.
std::string made_carriable(std::string_view text);

bool is_element_name(std::string_view name);

}  // namespace codecs::ceb
