#include "tools/platform/conduct.h"

#include <algorithm>

namespace tools::platform {
namespace {

constexpr std::string_view order = "CEB311Message", payment = "CEB411Message", waybill = "CEB511Message",
                           inventory = "CEB621Message";

// Customs numbers what it compares with the order as 1301 and the field's place in the inventory's head: 130126 is the
// buyer's telephone, the 26th field. 13035 and 1322 are seen as they are; the others are ours.
std::vector<Comparison> inventory_comparisons() {
  return {{inventory, "ebcCode", order, "ebcCode", "", ""},
          {inventory, "buyerIdType", order, "buyerIdType", "", ""},
          {inventory, "buyerIdNumber", order, "buyerIdNumber", "", ""},
          {inventory, "buyerName", order, "buyerName", "", ""},
          {inventory, "buyerTelephone", order, "buyerTelephone", "", ""},
          {order, "payCode", payment, "payCode", "13035", "支付企业不一致"},
          {order, "payTransactionId", payment, "payTransactionId", "13036", "支付交易编号不一致"},
          {order, "acturalPaid", payment, "amountPaid", "13037", "订单实际支付金额与支付金额不一致"},
          {order, "buyerIdNumber", payment, "payerIdNumber", "13038", "订购人与支付人不匹配"},
          {order, "buyerName", payment, "payerName", "13038", "订购人与支付人不匹配"},
          {inventory, "orderNo", waybill, "orderNo", "13039", "清单上的订单编号与运单上的订单编号不一致"}};
}

Conduct inventory_conduct() {
  return {.type = inventory,
          .siblings = {{order, "订单", "电商平台", "订单号", {"ebpCode", "orderNo"}},
                       {payment, "支付", "电商平台", "订单号", {"ebpCode", "orderNo"}},
                       {waybill, "运单", "物流企业", "运单号", {"logisticsCode", "logisticsNo"}}},
          .comparisons = inventory_comparisons(),
          .rows = {{inventory, order, "1322", "订单清单表体商品项不一致"}}};
}

}  // namespace

std::span<const Conduct> conducts() {
  static const std::vector<Conduct> all{inventory_conduct()};
  return all;
}

const Conduct* conduct_of(std::string_view type) {
  const auto all = conducts();
  const auto found = std::find_if(all.begin(), all.end(), [&](const Conduct& one) { return one.type == type; });
  return found == all.end() ? nullptr : &*found;
}

}  // namespace tools::platform
