// The list rows of a document as it came. Pure; what is given points into the document.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tools/platform/store.h"

namespace tools::platform {

std::vector<const codecs::ceb::Element*> rows_of(const Submission& document);
std::string text_in(const codecs::ceb::Element& row, std::string_view name);  // "" if absent

}  // namespace tools::platform
