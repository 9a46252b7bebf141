// A fault as one line for people: FILE:LINE: error: TEXT [CODE] (SOURCE); without a line the path stands before the
// text.
#pragma once

#include <ostream>
#include <string>
#include <string_view>

#include "base/fault.h"
#include "tools/cebgate/language.h"

namespace tools::cebgate {

std::string fault_line(std::string_view file, const base::Fault& fault, Language language);
void print_faults(std::ostream& out, std::string_view file, const base::Faults& faults, Language language);

// Text from elsewhere, made safe for a terminal: control characters become spaces.
std::string printable(std::string_view text);

}  // namespace tools::cebgate
