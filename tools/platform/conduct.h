// What an inventory has to do with the documents it refers to: those that it waits for, and what is compared.
// Immutable.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tools::platform {

// A document that must have reached E-Port before customs goes on.
struct Sibling {
  std::string_view type, noun, holder, number;  // "CEB311Message", "订单", "电商平台", "订单号"
  std::vector<std::string_view> fields;         // of both heads; what names it
};

// A field of one document that must equal a field of another; a pair with an absent side is not compared.
struct Comparison {
  std::string_view left_type, left_field, right_type, right_field;
  std::string_view code, text;  // empty: made from the left field's place and title
};

// List rows that must be the same in number, serial and quantity.
struct RowComparison {
  std::string_view left_type, right_type, code, text;
};

struct Conduct {
  std::string_view type;
  std::vector<Sibling> siblings;
  std::vector<Comparison> comparisons;
  std::vector<RowComparison> rows;
};

std::span<const Conduct> conducts();
const Conduct* conduct_of(std::string_view type);  // nothing for a type that waits for nobody

}  // namespace tools::platform
