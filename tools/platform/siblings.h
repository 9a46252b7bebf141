// Whether the documents an inventory refers to have arrived, and whether they agree with it. Pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tools/platform/conduct.h"
#include "tools/platform/store.h"

namespace tools::platform {

// "对应电商平台为[…]订单号为[…]支付信息不存在", one for each sibling that has not arrived.
std::vector<std::string> missing_siblings(const Conduct& conduct, const Submission& document, const Store& store);

// "[Code:130126;Desc:…]", the first difference in the order of the tables; only where no sibling is missing.
std::optional<std::string> first_difference(const Conduct& conduct, const Submission& document, const Store& store);

// Decimal texts of one value: 10, 10.0 and 010 are equal. Texts that are no decimals are compared as they are.
bool same_value(std::string_view a, std::string_view b);

}  // namespace tools::platform
