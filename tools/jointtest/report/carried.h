// What an envelope of the data exchange platform carries (DxpMsg, DxpMsgSv). Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tools::jointtest::report {

// Nothing for what is no such envelope or cannot be read as one.
std::optional<std::string> carried(std::string_view bytes);

}  // namespace tools::jointtest::report
