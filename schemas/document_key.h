// The written key of a document, TYPE/PART/…/NUMBER: its type and the values of the type's key fields, '%' and '/'
// inside a part percent-encoded. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace schemas {

std::string key_from_parts(std::string_view type, const std::vector<std::string>& parts);
std::vector<std::string> parts_of_key(std::string_view key);  // decoded, without the type

}  // namespace schemas
