// JSON Pointers (RFC 6901). Pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace codecs::ceb {

std::string pointer_to(std::string_view parent, std::string_view name);  // '~' and '/' of the name escaped
std::string pointer_to(std::string_view parent, std::size_t index);

}  // namespace codecs::ceb
