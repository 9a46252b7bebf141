#include "tests/tools/platform_documents.h"

#include <stdexcept>

#include "base/guid.h"
#include "codecs/ceb/identity.h"
#include "codecs/ceb/json_codec.h"
#include "codecs/ceb/xml_codec.h"
#include "codecs/hainan/listing.h"
#include "tests/support/paths.h"
#include "tools/platform/receipts.h"

namespace tests::tools {
namespace {

template <class T>
T must(base::Result<T> result) {
  if (!result) throw std::runtime_error(result.faults().front().en);
  return std::move(*result);
}

codecs::ceb::Element body_of(const std::string& type_name, const std::string& json, const Changes& changes) {
  const schemas::MessageType& type = *platform_catalog().find(type_name);
  codecs::ceb::Element body = must(codecs::ceb::read_document(type, must(codecs::ceb::read_json(json)), "")).body;
  codecs::ceb::set_head_field(type, body, "guid", base::new_guid());
  codecs::ceb::set_head_field(type, body, "appType", "1");
  codecs::ceb::set_head_field(type, body, "appTime", "20260131093000");
  codecs::ceb::set_head_field(type, body, "appStatus", "2");
  for (const auto& [name, value] : changes) codecs::ceb::set_head_field(type, body, name, value);
  return body;
}

}  // namespace

const schemas::Catalog& platform_catalog() {
  static const schemas::Catalog catalog = must(schemas::Catalog::load(schemas_directory(), "202205"));
  return catalog;
}

const schemas::Judge& platform_judge() {
  static const schemas::Judge judge = must(schemas::Judge::load(schemas_directory(), platform_catalog()));
  return judge;
}

const ::tools::platform::Rulebook& platform_rules() {
  using ::tools::platform::Rulebook;
  static const Rulebook rules = must(Rulebook::load(schemas_directory(), platform_catalog()));
  return rules;
}

codecs::ceb::Element order_body(const std::string& sale, const Changes& changes) {
  return body_of("CEB311Message",
                 R"({"OrderHead":{"orderType":"I","orderNo":")" + sale +
                     R"(","ebpCode":"4601960001","ebpName":"示例平台","ebcCode":"4601960001","ebcName":"示例电商",)"
                     R"("goodsValue":"20.00","freight":"0","discount":"0","taxTotal":"0","acturalPaid":"20.00",)"
                     R"("currency":"142","buyerRegNo":"user-1","buyerName":"测试甲","buyerTelephone":"10000000000",)"
                     R"("buyerIdType":"1","buyerIdNumber":"990000199001010017","payCode":"4601960002",)"
                     R"("consignee":"测试甲","consigneeTelephone":"10000000000","consigneeAddress":"示例路1号"},)"
                     R"("OrderList":[{"gnum":"1","itemName":"示例面霜","gmodel":"示例牌","unit":"011","qty":"2",)"
                     R"("price":"10.00","totalPrice":"20.00","currency":"142","country":"110"}]})",
                 changes);
}

codecs::ceb::Element payment_body(const std::string& sale, const Changes& changes) {
  return body_of("CEB411Message",
                 R"({"PaymentHead":{"payCode":"4601960002","payName":"示例支付","payTransactionId":"P-)" + sale +
                     R"(","orderNo":")" + sale +
                     R"(","ebpCode":"4601960001","ebpName":"示例平台","payerIdType":"1",)"
                     R"("payerIdNumber":"990000199001010017","payerName":"测试甲","amountPaid":"20","currency":"142",)"
                     R"("payTime":"20260131092900"}})",
                 changes);
}

codecs::ceb::Element waybill_body(const std::string& sale, const Changes& changes) {
  return body_of("CEB511Message",
                 R"({"LogisticsHead":{"logisticsCode":"4601960003","logisticsName":"示例快递","logisticsNo":"W-)" +
                     sale + R"(","orderNo":")" + sale +
                     R"(","freight":"0","insuredFee":"0","currency":"142","weight":"1.2","packNo":"1",)"
                     R"("goodsInfo":"示例面霜","consignee":"测试甲","consigneeAddress":"示例路1号",)"
                     R"("consigneeTelephone":"10000000000"}})",
                 changes);
}

codecs::ceb::Element inventory_body(const std::string& sale, const Changes& changes) {
  return body_of(
      "CEB621Message",
      R"({"InventoryHead":{"orderNo":")" + sale +
          R"(","ebpCode":"4601960001","ebpName":"示例平台","ebcCode":"4601960001","ebcName":"示例电商",)"
          R"("logisticsNo":"W-)" +
          sale + R"(","logisticsCode":"4601960003","logisticsName":"示例快递","copNo":"C-)" + sale +
          R"(","assureCode":"4601960001","emsNo":"T6409W000001","ieFlag":"I","declTime":"20260131",)"
          R"("customsCode":"6409","portCode":"6409","buyerIdType":"1","buyerIdNumber":"990000199001010017",)"
          R"("buyerName":"测试甲","buyerTelephone":"10000000000","consigneeAddress":"示例路1号",)"
          R"("agentCode":"4601960001","agentName":"示例电商","areaCode":"4601960001","areaName":"示例电商",)"
          R"("tradeMode":"1210","trafMode":"4","country":"142","freight":"0","insuredFee":"0",)"
          R"("currency":"142","packNo":"1","grossWeight":"1.2","netWeight":"1.0"},)"
          R"("InventoryList":[{"gnum":"1","itemRecordNo":"1","itemName":"示例面霜","gcode":"3304990039",)"
          R"("gname":"示例面霜","gmodel":"示例牌","country":"110","currency":"142","qty":"2.0","unit":"011",)"
          R"("qty1":"0.1","unit1":"035","price":"10.00","totalPrice":"20.00"}]})",
      changes);
}

std::string message_text(const std::string& type, std::vector<codecs::ceb::Element> bodies) {
  codecs::ceb::Message message;
  message.type = type;
  message.guid = base::new_guid();
  message.documents = std::move(bodies);
  message.transfer = codecs::ceb::base_transfer("4601960001", "示例电商", platform_dxp_id);
  return codecs::ceb::write_xml(*platform_catalog().find(type), message);
}

std::vector<Record> records_of(const std::string& receipt_type, const std::vector<std::string>& records) {
  std::vector<Record> read;
  for (const std::string& one : records) {
    read.push_back(must(codecs::hainan::read_record(*::tools::platform::listing_of(receipt_type), one)));
  }
  return read;
}

std::vector<std::string> statuses_of(const std::vector<Record>& records) {
  std::vector<std::string> statuses;
  for (const Record& record : records)
    statuses.push_back(record.contains("returnStatus") ? record.at("returnStatus") : "");
  return statuses;
}

}  // namespace tests::tools
