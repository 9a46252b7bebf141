// Whether the documents an inventory refers to have arrived, and whether they agree with it. Pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "codecs/ceb/sale.h"
#include "tools/platform/store.h"

namespace tools::platform {

// The documents that E-Port has beside this one.
codecs::ceb::Sale sale_of(const Submission& document, const Store& store);

// "对应电商平台为[…]订单号为[…]支付信息不存在", one for each sibling that has not arrived.
std::vector<std::string> missing_siblings(const codecs::ceb::Sale& sale);

// "[Code:130126;Desc:…]", the first difference in the order of the catalog's comparisons. A payment that pays for
// orders which have not all arrived is none yet.
std::optional<std::string> first_difference(const schemas::Catalog& catalog, const codecs::ceb::Sale& sale);

}  // namespace tools::platform
