// Text from elsewhere made fit for HTML and XML, between tags and in a quoted attribute: it is never markup there, and
// what neither can hold is made visible. Pure.
#pragma once

#include <string>
#include <string_view>

namespace tools::markup {

std::string escaped(std::string_view text);

}  // namespace tools::markup
