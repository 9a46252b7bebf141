// UTF-8 from and to GB18030 (of which GBK is a part), by the C library. Safe from every thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace signing {

// Nothing where the bytes are not of the encoding, or the C library does not know it.
std::optional<std::string> utf8_of_gb18030(std::string_view bytes);
std::optional<std::string> gb18030_of_utf8(std::string_view text);
bool is_utf8(std::string_view text);

}  // namespace signing
