// Base64 of RFC 4648 §4, in one line, with padding.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace base {

std::string base64(std::string_view bytes);
// White space is skipped; nothing if anything else does not belong.
std::optional<std::string> read_base64(std::string_view text);

}  // namespace base
