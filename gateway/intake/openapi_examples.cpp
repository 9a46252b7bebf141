#include "gateway/intake/openapi_examples.h"

#include <boost/json/parse.hpp>
#include <string>

namespace gateway::intake {
namespace {

namespace json = boost::json;

constexpr std::string_view examples = R"json({
  "Post": {
    "order": {"summary": "订单 / an order", "value": {
      "type": "CEB311Message", "enterprise": "4601960001", "document": {
        "OrderHead": {
          "orderType": "I", "orderNo": "B1",
          "ebpCode": "4601960001", "ebpName": "示例电子商务有限公司",
          "ebcCode": "4601960001", "ebcName": "示例电子商务有限公司",
          "goodsValue": "199.00", "freight": "10.00", "discount": "0", "taxTotal": "18.10", "acturalPaid": "227.10",
          "currency": "142", "buyerRegNo": "user-1", "buyerName": "测试甲", "buyerTelephone": "10000000000",
          "buyerIdType": "1", "buyerIdNumber": "990000199001010017",
          "consignee": "测试甲", "consigneeTelephone": "10000000000", "consigneeAddress": "海南省海口市示例路1号"},
        "OrderList": [
          {"gnum": "1", "itemName": "示例面霜", "gmodel": "50毫升", "unit": "011", "qty": "2", "price": "99.50",
           "totalPrice": "199.00", "currency": "142", "country": "110"}]}}}
  },
  "Action": {
    "withdraw": {"summary": "撤回 / withdraw", "value": {"action": "withdraw", "reason": "posted by mistake"}},
    "replay": {"summary": "原样重发 / the same bytes again",
               "value": {"action": "replay", "mode": "same-bytes", "reason": "the port has lost it"}}
  },
  "ImportRows": {
    "sent elsewhere": {"summary": "其他系统发送的清单 / an inventory that another system sent", "value": [{
      "type": "CEB621Message", "enterprise": "4601960001", "key": "CEB621Message/4601960001/B1-INV",
      "guid": "4CDE1CFD-EDED-46B1-946C-B8022E42FC01", "appTime": "20260130120000"}]}
  },
  "FactPost": {
    "payment": {"summary": "其他企业发送的支付单 / a payment that another enterprise sent", "value": {
      "type": "CEB411Message", "enterprise": "4601960001", "status": "120", "document": {"PaymentHead": {
        "payCode": "4601960002", "payTransactionId": "B1-PAY", "orderNo": "B1", "ebpCode": "4601960001",
        "payerIdNumber": "990000199001010017", "payerName": "测试甲", "amountPaid": "227.10"}}}}
  },
  "ReplayOrder": {
    "preview": {"summary": "预览 / preview",
                "value": {"dry_run": true, "filter": {"state": "held"}, "action": "release", "reason": "the port is back"}},
    "run": {"summary": "执行 / run", "value": {"preview": "the id of the preview", "pace": 50}}
  },
  "InboundOrder": {"unmatched": {"summary": "未匹配的记录 / what matched nothing",
                                 "value": {"state": "unmatched", "reason": "the documents are there now"}}},
  "InboundReason": {"one": {"summary": "一条记录 / one record", "value": {"reason": "the document is there now"}}},
  "RestoreOrder": {"order": {"summary": "一份订单 / an order",
                             "value": {"document": "CEB311Message/4601960001/B1", "reason": "the buyer asks"}}},
  "SignOrder": {"text": {"summary": "一段文本 / a text", "value": {"enterprise": "4601960001", "text": "any text"}}},
  "VerifyOrder": {"message": {"summary": "已签名的报文 / a signed message",
                              "value": {"xml": "<ceb:CEB311Message>…</ceb:CEB311Message>"}}},
  "PortOrder": {
    "pause": {"summary": "暂停 / pause", "value": {"action": "pause", "reason": "the port is being mended tonight"}},
    "slower": {"summary": "降低并发 / send it less",
               "value": {"action": "set_concurrency", "most_at_once": 4, "reason": "the port asks for it"}}
  },
  "NoteText": {"note": {"summary": "备注 / a note", "value": {"text": "the buyer sends the right number tomorrow"}}},
  "CodeNoteText": {"note": {"summary": "代码的备注 / a note on a code", "value": {"text": "ask the broker first"}}},
  "AssignmentOrder": {
    "colleague": {"summary": "交给同事 / to a colleague", "value": {"to": "li", "reason": "the address is wrong"}},
    "erp": {"summary": "交还 ERP / back to the ERP", "value": {"to": "erp", "reason": "the price has to be mended there"}}
  },
  "DisclosureOrder": {"call": {"summary": "查看原文 / show in clear", "value": {"reason": "the buyer asks what was declared"}}},
  "SignInOrder": {
    "password": {"summary": "用户名和密码 / name and password", "value": {"name": "wang", "password": "what wang chose"}},
    "code": {"summary": "一次性登录码 / a one-time code", "value": {"code": "what cebgate user add --one-time printed"}}
  },
  "PasswordOrder": {"change": {"summary": "修改密码 / change it",
                               "value": {"old": "what wang chose", "new": "what wang chooses now"}}},
  "ResendOrder": {"unheard": {"summary": "未送达的通知 / what was not heard",
                              "value": {"client": "erp", "state": "unheard"}}}
})json";

}  // namespace

json::object examples_of(std::string_view component) {
  static const json::object all = json::parse(examples).as_object();
  const json::value* const found = all.if_contains(component);
  return found == nullptr ? json::object{} : found->as_object();
}

}  // namespace gateway::intake
