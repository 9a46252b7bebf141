#include "tests/support/documents.h"

#include <algorithm>
#include <array>
#include <utility>

#include "tests/support/paths.h"

namespace tests {

namespace {

// Replaces each {name} by its value; people and companies are invented.
std::string filled(std::string text, const Sale& sale) {
  const std::pair<std::string_view, std::string_view> values[] = {{"{number}", sale.number},
                                                                  {"{ecommerce}", sale.ecommerce},
                                                                  {"{ecommerce_name}", "测试电商企业"},
                                                                  {"{platform}", sale.ecommerce},
                                                                  {"{platform_name}", "测试电商平台"},
                                                                  {"{payment}", sale.payment},
                                                                  {"{payment_name}", "测试支付企业"},
                                                                  {"{logistics}", sale.logistics},
                                                                  {"{logistics_name}", "测试物流企业"},
                                                                  {"{buyer}", "990000199001010017"},
                                                                  {"{buyer_name}", "测试甲"},
                                                                  {"{buyer_telephone}", "10000000000"},
                                                                  {"{day}", "20260131"},
                                                                  {"{moment}", "20260131093000"}};
  for (const auto& [name, value] : values) {
    for (auto at = text.find(name); at != std::string::npos; at = text.find(name, at + value.size())) {
      text.replace(at, name.size(), value);
    }
  }
  return text;
}

}  // namespace

std::string order_document(const Sale& sale) { return declaration("CEB311Message", sale); }
std::string payment_document(const Sale& sale) { return declaration("CEB411Message", sale); }
std::string waybill_document(const Sale& sale) { return declaration("CEB511Message", sale); }
std::string inventory_document(const Sale& sale) { return declaration("CEB621Message", sale); }

std::string declaration(const std::string& type, const Sale& sale) {
  return filled(read_file(source_directory() / "tests/scenarios/documents" / (type + ".json")), sale);
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
