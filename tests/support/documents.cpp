#include "tests/support/documents.h"

#include <algorithm>
#include <array>
#include <utility>

#include "tests/support/paths.h"

namespace tests {

namespace {

constexpr std::string_view buyer_id = "990000199001010017";

// Replaces each {name} by its value; the texts below are easier to read than concatenation.
std::string filled(std::string text, const Sale& sale) {
  const std::pair<std::string_view, std::string_view> values[] = {{"{number}", sale.number},
                                                                  {"{ecommerce}", sale.ecommerce},
                                                                  {"{payment}", sale.payment},
                                                                  {"{logistics}", sale.logistics},
                                                                  {"{buyer}", buyer_id}};
  for (const auto& [name, value] : values) {
    for (auto at = text.find(name); at != std::string::npos; at = text.find(name, at + value.size())) {
      text.replace(at, name.size(), value);
    }
  }
  return text;
}

}  // namespace

std::string order_document(const Sale& sale) {
  return filled(R"({"OrderHead":{"orderType":"I","orderNo":"{number}",
    "ebpCode":"{ecommerce}","ebpName":"测试电商平台","ebcCode":"{ecommerce}","ebcName":"测试电商企业",
    "goodsValue":"100","freight":"10","discount":"5.5","taxTotal":"9","acturalPaid":"113.5","currency":"142",
    "buyerRegNo":"R-{number}","buyerName":"测试甲","buyerTelephone":"10000000000","buyerIdType":"1",
    "buyerIdNumber":"{buyer}","payCode":"{payment}","payName":"测试支付企业","payTransactionId":"P-{number}",
    "consignee":"测试甲","consigneeTelephone":"10000000000","consigneeAddress":"测试路1号"},
    "OrderList":[{"gnum":"1","itemNo":"S1","itemName":"测试商品一","gmodel":"500g","unit":"011","qty":"2",
    "price":"30","totalPrice":"60","currency":"142","country":"142"},
    {"gnum":"2","itemNo":"S2","itemName":"测试商品二","gmodel":"1kg","unit":"011","qty":"1",
    "price":"40","totalPrice":"40","currency":"142","country":"142"}]})",
                sale);
}

std::string payment_document(const Sale& sale) {
  return filled(R"({"PaymentHead":{"payCode":"{payment}","payName":"测试支付企业","payTransactionId":"P-{number}",
    "orderNo":"{number}","ebpCode":"{ecommerce}","ebpName":"测试电商平台","payerIdType":"1",
    "payerIdNumber":"{buyer}","payerName":"测试甲","telephone":"10000000000","amountPaid":"113.5",
    "currency":"142","payTime":"20260131093000"}})",
                sale);
}

std::string waybill_document(const Sale& sale) {
  return filled(R"({"LogisticsHead":{"logisticsCode":"{logistics}","logisticsName":"测试物流企业",
    "logisticsNo":"W-{number}","orderNo":"{number}","freight":"10","insuredFee":"0","currency":"142",
    "weight":"1.6","packNo":"1","goodsInfo":"测试商品","consignee":"测试甲","consigneeAddress":"测试路1号",
    "consigneeTelephone":"10000000000"}})",
                sale);
}

std::string inventory_document(const Sale& sale) {
  return filled(R"({"InventoryHead":{"appStatus":"2","orderNo":"{number}","ebpCode":"{ecommerce}",
    "ebpName":"测试电商平台","ebcCode":"{ecommerce}","ebcName":"测试电商企业","logisticsNo":"W-{number}",
    "logisticsCode":"{logistics}","logisticsName":"测试物流企业","copNo":"C-{number}","assureCode":"{ecommerce}",
    "emsNo":"H64092600001","ieFlag":"I","declTime":"20260131","customsCode":"6409","portCode":"6409",
    "buyerIdType":"1","buyerIdNumber":"{buyer}","buyerName":"测试甲","buyerTelephone":"10000000000",
    "consigneeAddress":"测试路1号","agentCode":"{ecommerce}","agentName":"测试电商企业","areaCode":"{ecommerce}",
    "areaName":"测试区内企业","tradeMode":"1210","trafMode":"7","country":"142","freight":"10","insuredFee":"0",
    "currency":"142","packNo":"1","grossWeight":"1.6","netWeight":"1.5"},
    "InventoryList":[{"gnum":"1","itemRecordNo":"R1","itemNo":"S1","itemName":"测试商品一","gcode":"2106909090",
    "gname":"测试商品一","gmodel":"500g","country":"142","currency":"142","qty":"2","unit":"011","qty1":"1",
    "unit1":"035","price":"30","totalPrice":"60"},
    {"gnum":"2","itemRecordNo":"R2","itemNo":"S2","itemName":"测试商品二","gcode":"2106909090","gname":"测试商品二",
    "gmodel":"1kg","country":"142","currency":"142","qty":"1","unit":"011","qty1":"1","unit1":"035","price":"40",
    "totalPrice":"40"}]})",
                sale);
}

std::string declaration(const std::string& type, const Sale& sale) {
  if (type == "CEB311Message") return order_document(sale);
  if (type == "CEB411Message") return payment_document(sale);
  if (type == "CEB511Message") return waybill_document(sale);
  if (type == "CEB621Message") return inventory_document(sale);
  return filled(read_file(source_directory() / "tests/support/declarations" / (type + ".json")), sale);
}

const std::vector<std::string>& declaration_types() {
  static const std::vector<std::string> types{"CEB213Message", "CEB215Message", "CEB303Message", "CEB311Message",
                                              "CEB403Message", "CEB411Message", "CEB505Message", "CEB507Message",
                                              "CEB509Message", "CEB511Message", "CEB513Message", "CEB603Message",
                                              "CEB605Message", "CEB607Message", "CEB621Message", "CEB623Message",
                                              "CEB625Message", "CEB701Message", "CEB711Message"};
  return types;
}

const std::string& declarant_of(const std::string& type, const Sale& sale) {
  constexpr std::array<std::string_view, 7> of_logistics{"CEB215Message", "CEB505Message", "CEB507Message",
                                                         "CEB509Message", "CEB511Message", "CEB513Message",
                                                         "CEB711Message"};
  if (type == "CEB411Message") return sale.payment;
  return std::ranges::find(of_logistics, type) == of_logistics.end() ? sale.ecommerce : sale.logistics;
}

std::string post(const std::string& type, const std::string& enterprise, const std::string& document) {
  return R"({"type":")" + type + R"(","enterprise":")" + enterprise + R"(","document":)" + document + "}";
}

}  // namespace tests
