// Documents that pass every check, with invented people, for the program to work on.
#pragma once

#include <string>

namespace tests::tools {

// The value of "document" of an order; `quantity` of one row, so that a changed one breaks the sums.
inline std::string order_document(const std::string& number, const std::string& quantity = "2") {
  return R"({"OrderHead":{"orderType":"I","orderNo":")" + number +
         R"(","ebpCode":"4601960001","ebpName":"示例电商","ebcCode":"4601960001","ebcName":"示例电商",)"
         R"("goodsValue":"20.00","freight":0,"discount":"0","taxTotal":"0","acturalPaid":"20.00","currency":"142",)"
         R"("buyerRegNo":"user-1","buyerName":"测试甲","buyerTelephone":"10000000000","buyerIdType":"1",)"
         R"("buyerIdNumber":"990000199001010017","consignee":"测试甲","consigneeTelephone":"10000000000",)"
         R"("consigneeAddress":"示例路1号"},"OrderList":[{"gnum":1,"itemName":"示例面霜","gmodel":"示例牌","unit":"011","qty":")" +
         quantity + R"(","price":10.00,"totalPrice":"20.00","currency":"142","country":"110"}]})";
}

// An inventory of a bonded import, which has to be signed by its schema.
inline std::string inventory_document(const std::string& number) {
  return R"({"InventoryHead":{"appStatus":"2","orderNo":"D1","ebpCode":"4601960001","ebpName":"示例电商",)"
         R"("ebcCode":"4601960001","ebcName":"示例电商","logisticsNo":"Y1","logisticsCode":"4601960003",)"
         R"("logisticsName":"示例快递","copNo":")" +
         number +
         R"(","assureCode":"4601960001","emsNo":"T6409W000001","ieFlag":"I","declTime":"20260131","customsCode":"6409",)"
         R"("portCode":"6409","buyerIdType":"1","buyerIdNumber":"990000199001010017","buyerName":"测试甲",)"
         R"("buyerTelephone":"10000000000","consigneeAddress":"示例路1号","agentCode":"4601960001","agentName":"示例电商",)"
         R"("areaCode":"4601960001","areaName":"示例电商","tradeMode":"1210","trafMode":"4","country":"142",)"
         R"("freight":"0","insuredFee":"0","currency":"142","packNo":"1","grossWeight":"1.2","netWeight":"1.0"},)"
         R"("InventoryList":[{"gnum":"1","itemRecordNo":"1","itemName":"示例面霜","gcode":"3304990039","gname":"示例面霜",)"
         R"("gmodel":"示例牌","country":"110","currency":"142","qty":"2","unit":"011","qty1":"0.1","unit1":"035",)"
         R"("price":"10.00","totalPrice":"20.00"}]})";
}

// Settings of one enterprise; key files need not be there for `build`.
inline std::string settings_text() {
  return R"([server]
listen = "127.0.0.1:0"

[ledger]
url = "sqlite:ledger.db"

[[port]]
name = "hainan"
profile = "hainan-http"
url = "http://127.0.0.1:8090"

[[enterprise]]
code = "4601960001"
name = "示例电商"
roles = ["ecommerce", "platform"]
dxp_id = "DXPENT0000000001"
port = "hainan"
key = "file:enterprise.key.pem"
certificate = "file:enterprise.cert.pem"
)";
}

}  // namespace tests::tools
