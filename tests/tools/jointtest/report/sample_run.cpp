#include "tests/tools/jointtest/report/sample_run.h"

#include <array>
#include <stdexcept>
#include <utility>

#include "codecs/dxp/envelope.h"
#include "tests/support/paths.h"

namespace tests::jointtest {

using std::chrono::milliseconds;
using namespace std::chrono_literals;
using namespace tools::jointtest;

namespace {

std::string element(const std::string& name, const std::string& content) {
  return "<ceb:" + name + ">" + content + "</ceb:" + name + ">";
}

// As the gateway signs: no white space inside, the value and the certificate in one line.
const std::string signature =
    "<ds:Signature xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"><ds:SignedInfo><ds:CanonicalizationMethod "
    "Algorithm=\"http://www.w3.org/TR/2001/REC-xml-c14n-20010315\"></ds:CanonicalizationMethod><ds:SignatureMethod "
    "Algorithm=\"http://www.chinaport.gov.cn/2022/04/xmldsig#sm2-sm3\"></ds:SignatureMethod><ds:Reference "
    "URI=\"\"><ds:DigestValue>Zsfw9GLu7dnR8tRr3BDk4kFnxIdc8veiKX2gK49LqOA=</ds:DigestValue></ds:Reference>"
    "</ds:SignedInfo><ds:SignatureValue>" +
    std::string(86, 'A') +
    "==</ds:SignatureValue><ds:KeyInfo><ds:KeyName>0a1b2c3d4e5f6071</ds:KeyName><ds:X509Data><ds:X509Certificate>" +
    "MIIC" + std::string(596, 'B') + "</ds:X509Certificate></ds:X509Data></ds:KeyInfo></ds:Signature>";

std::string message_xml(const std::string& type, const std::string& number, const std::string& document) {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ceb:" + type +
         " xmlns:ceb=\"http://www.chinaport.gov.cn/ceb\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
         "guid=\"0197F3A0-0000-7000-8000-0000000000" +
         number + "\" version=\"1.0\">\n" + document +
         "  <ceb:BaseTransfer><ceb:copCode>4601960001</ceb:copCode><ceb:copName>海南测试电商有限公司</ceb:copName>"
         "<ceb:dxpMode>DXP</ceb:dxpMode><ceb:dxpId>DXPENT0000000001</ceb:dxpId></ceb:BaseTransfer>" +
         signature + "</ceb:" + type + ">\n";
}

struct Situation {
  const char *name, *zh, *en;
  std::vector<std::string> types;
};

std::vector<Situation> situations() {
  const std::vector<std::string> import{"CEB311Message", "CEB411Message", "CEB511Message", "CEB621Message"};
  const auto and_also = [](std::vector<std::string> types, const char* type) {
    types.emplace_back(type);
    return types;
  };
  return {
      {"bonded-import-1210", "保税进口 1210，经 6409 放行", "Bonded import 1210 through 6409", import},
      {"direct-mail-9610", "直邮进口 9610，经 6410 放行", "Direct mail 9610 through 6410", import},
      {"payment-of-others",
       "支付单由支付企业另行申报",
       "Payment sent by another enterprise",
       {"CEB311Message", "CEB411Message", "CEB621Message"}},
      {"waybill-of-others",
       "运单由物流企业另行申报",
       "Waybill sent by another enterprise",
       {"CEB311Message", "CEB511Message", "CEB621Message"}},
      {"waybill-status", "运单签收", "Waybill signed for", {"CEB511Message", "CEB513Message"}},
      {"sibling-late", "清单先到，订单后到", "Inventory before its order", import},
      {"sibling-differs", "清单与支付单金额不一致，退单", "Amount differs from the payment: refused", import},
      {"duplicate-order", "重复申报订单", "Order declared twice", {"CEB311Message"}},
      {"old-message", "旧报文", "An appTime that is not newer", {"CEB311Message"}},
      {"bad-signature", "签名错误", "Bad signature", {"CEB311Message"}},
      {"annual-limit", "年度限值超限", "Annual limit exceeded", import},
      {"correction-in-each-stage", "各阶段修改", "Correction in each stage", import},
      {"refund", "退货", "Refund", and_also(import, "CEB625Message")},
      {"cancel-after-release", "放行后撤销", "Cancellation after release", and_also(import, "CEB623Message")},
      {"warehouse-entry", "入库明细单", "Warehouse entry list", {"CEB711Message"}},
      {"tax-sheet", "电子税单汇总", "Tax sheets", {"CEB621Message"}},
      {"export-9610",
       "一般出口 9610",
       "Export 9610",
       {"CEB303Message", "CEB403Message", "CEB505Message", "CEB603Message"}},
      {"export-b2b-9710",
       "B2B 直接出口 9710",
       "B2B direct export 9710",
       {"CEB303Message", "CEB505Message", "CEB603Message"}},
      {"export-b2b-9810",
       "出口海外仓 9810",
       "Export to a warehouse abroad 9810",
       {"CEB303Message", "CEB505Message", "CEB603Message"}},
      {"arrival-and-departure", "运抵单、离境单", "Arrival and departure lists", {"CEB507Message", "CEB509Message"}},
      {"master-list", "清单总分单", "Master list", {"CEB607Message"}},
      {"summary", "汇总申请", "Summary declaration", {"CEB701Message"}},
      {"export-refund", "出口退货与理货", "Export refund and tally", {"CEB213Message", "CEB215Message"}},
      {"export-cancellation", "出口撤销", "Export cancellation", {"CEB603Message", "CEB605Message"}}};
}

std::string receipt_type(const std::string& type) {
  std::string of_it = type;
  of_it.at(5) = static_cast<char>(of_it.at(5) + 1);
  return of_it;
}

MessageResult message_of(const std::string& type, const std::string& number, milliseconds began, milliseconds unit) {
  MessageResult message;
  message.document_id = "doc-" + number;
  message.type = type;
  message.key = type + "/4601960001/JT" + number;
  message.guid = "0197F3A0-0000-7000-8000-0000000001" + number;
  message.state = "settled";
  const bool is_inventory = type == "CEB621Message" || type == "CEB603Message";
  message.stage = is_inventory ? "800" : "120";
  message.outcome = is_inventory ? "released" : "lodged";
  message.accepted = at(began);
  message.sent = at(began + unit / 5);
  message.bytes = is_inventory ? inventory_xml(number) : order_xml(number);
  message.signature_valid = true;
  message.signature_zh = "sm2-sm3，签名有效，证书链未判断";
  message.signature_en = "sm2-sm3, the signature holds, no chain was judged";
  milliseconds came = began + unit * 3;
  for (const auto& [status, text] :
       {std::pair{std::string("2"), std::string("新增申报成功")}, {message.stage, "[Code:1800;Desc:逻辑校验通过]"}}) {
    message.receipts.push_back({at(came), receipt_type(type), status, text,
                                is_inventory ? in_envelope(order_receipt_xml(number, status, text), "CEB622Message")
                                             : listed_record(number, status, text)});
    message.settled = at(came);
    came += unit * 4;
  }
  return message;
}

StepResult step(std::size_t line, std::string text, milliseconds began, milliseconds took) {
  return {line, std::move(text), Verdict::passed, "", "", at(began), at(began + took)};
}

CaseResult case_of(const Situation& situation, std::size_t index) {
  CaseResult one{situation.name, situation.zh, situation.en, situation.types, Verdict::passed, {}, {}};
  const milliseconds began = 400ms * index, unit = 90ms + 23ms * (index * 7 % 11);
  std::size_t line = 3;
  for (std::size_t i = 0; i < situation.types.size(); ++i) {
    const std::string number = std::to_string(10 + (index * 4 + i) % 90);
    const std::string name = catalog().find(situation.types[i])->title_zh;
    one.steps.push_back(step(line++, "企业发送 " + name + " JT" + number, began, 35ms));
    one.steps.push_back(step(line++, "台账显示 " + name + " JT" + number + ": settled", began + 35ms, unit * 8));
    one.messages.push_back(message_of(situation.types[i], number, began, unit * (i + 1)));
  }
  return one;
}

void fail(CaseResult& one) {
  one.verdict = Verdict::failed;
  StepResult& failed = one.steps.back();
  failed.verdict = Verdict::failed;
  failed.zh = "期望海关状态 100，[Code:…;Desc:金额不一致]；60 秒内得到 2，清单仍为 sent";
  failed.en =
      "expected customs status 100 with [Code:…;Desc:…]; within 60 s there was 2, and the inventory is still sent";
  MessageResult& last = one.messages.back();
  last.state = "sent";
  last.stage = "2";
  last.outcome = "";
  last.settled.reset();
  last.receipts.resize(1);
}

void skip(CaseResult& one) {
  one.verdict = Verdict::skipped;
  for (StepResult& each : one.steps) {
    each = {each.line,
            each.text,
            Verdict::skipped,
            "只有模拟平台能拒绝错误的签名",
            "only a simulator can be made to refuse",
            {},
            {}};
  }
  one.messages.clear();
}

void leave_open(CaseResult& one) {
  one.verdict = Verdict::open;
  for (StepResult& each : one.steps) each = {each.line, each.text, Verdict::open, "", "", {}, {}};
  one.messages.clear();
}

RunResult run_of(std::vector<CaseResult> cases) {
  RunResult run;
  run.plan_zh = "海南跨境电商联调计划（全部报文类型）";
  run.plan_en = "Joint debugging in Hainan, all message types";
  run.against = "simulator";
  run.enterprises = {{"4601960001",
                      "海南测试电商有限公司",
                      "91460000MA5T000017",
                      "DXPENT0000000001",
                      "0a1b2c3d4e5f6071，2028-12-31 到期",
                      {"hainan http://127.0.0.1:8090 (hainan-http)"}},
                     {"4601960002",
                      "海南测试支付有限公司",
                      "91460000MA5T000025",
                      "DXPENT0000000002",
                      "0a1b2c3d4e5f6072，2028-12-31 到期",
                      {"hainan http://127.0.0.1:8090 (hainan-http)"}},
                     {"4601960003",
                      "海南测试物流有限公司",
                      "91460000MA5T000033",
                      "DXPENT0000000003",
                      "0a1b2c3d4e5f6073，2028-12-31 到期",
                      {"hainan http://127.0.0.1:8090 (hainan-http)", "dxp amqp://127.0.0.1:5672 (dxp-amqp)"}}};
  run.versions = {"cebgate 0.1.0", "schemas 202205", "knowledge 2026-01-15"};
  run.began = at(-2s);
  run.ended = at(134s + 250ms);
  run.cases = std::move(cases);
  return run;
}

}  // namespace

const schemas::Catalog& catalog() {
  static const auto loaded = schemas::Catalog::load(tests::schemas_directory(), "202205");
  if (!loaded) throw std::runtime_error(loaded.faults().front().en);
  return *loaded;
}

base::Time at(milliseconds after_half_past_nine) {
  return base::read_china_digits("20260131093000").value() + after_half_past_nine;
}

std::string order_xml(const std::string& number) {
  return message_xml("CEB311Message", number,
                     "  <ceb:Order><ceb:OrderHead>" + element("orderNo", "JT" + number) +
                         element("ebpCode", "4601960001") + element("goodsValue", "100") + element("buyerName", buyer) +
                         element("buyerTelephone", telephone) + element("buyerIdNumber", buyer_id) +
                         element("consignee", buyer) + element("consigneeAddress", address) +
                         "</ceb:OrderHead></ceb:Order>\n");
}

std::string inventory_xml(const std::string& number) {
  return message_xml("CEB621Message", number,
                     "  <ceb:Inventory><ceb:InventoryHead>" + element("copNo", "JT" + number) +
                         element("tradeMode", "1210") + element("customsCode", "6409") + element("buyerName", buyer) +
                         element("buyerIdNumber", buyer_id) + element("consigneeAddress", address) +
                         "</ceb:InventoryHead></ceb:Inventory>\n");
}

std::string order_receipt_xml(const std::string& number, const std::string& status, const std::string& text) {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<CEB312Message xmlns=\"http://www.chinaport.gov.cn/ceb\" "
         "version=\"1.0\">\n  <OrderReturn>\n    <orderNo>JT" +
         number + "</orderNo>\n    <returnStatus>" + status + "</returnStatus>\n    <returnInfo>" + text +
         "</returnInfo>\n  </OrderReturn>\n</CEB312Message>\n";
}

std::string listed_record(const std::string& number, const std::string& status, const std::string& text) {
  return "{org_id=1, instm=1769823000000, re_order_guid=0197F3A0-0000-7000-8000-0000000001" + number +
         ", returnstatus=" + status + ", ebpcode=4601960001, returntime2=20260131093001, ebccode=4601960001, " +
         "trans_dxpid=DXPENT0000000001, returninfo=" + text + ", returntime=1769823001000, orderno=JT" + number + "}";
}

std::string in_envelope(const std::string& message, const std::string& type) {
  codecs::dxp::Envelope envelope;
  envelope.head = {"0197F3A0-0000-7000-8000-00000000000A", "DXPENT0000000099", {"DXPENT0000000001"}, at(1s), type};
  envelope.data = message;
  return codecs::dxp::write(envelope);
}

MessageResult order_message(const std::string& number, milliseconds began) {
  return message_of("CEB311Message", number, began, 100ms);
}

RunResult small_run() {
  const auto all = situations();
  std::vector<CaseResult> cases;
  for (std::size_t i = 0; i < 4; ++i) cases.push_back(case_of(all[i], i));
  fail(cases[1]);
  skip(cases[2]);
  leave_open(cases[3]);
  return run_of(std::move(cases));
}

RunResult full_run() {
  std::vector<CaseResult> cases;
  for (const Situation& situation : situations()) cases.push_back(case_of(situation, cases.size()));
  fail(cases[6]);
  skip(cases[9]);
  leave_open(cases.back());
  return run_of(std::move(cases));
}

RunResult hostile_run() {
  const std::string hostile =
      "</pre></details><script>window.broken=1</script><img src=x onerror=window.broken=1>\"'>&amp;]]>\x01\x1B[2J\xFF"
      "\xE4\xB8<!--\r\n" +
      std::string(300, 'w');
  RunResult run = small_run();
  for (std::string* text : {&run.plan_zh, &run.plan_en, &run.against}) *text = hostile;
  for (RunResult::Enterprise& one : run.enterprises) one = {hostile, hostile, hostile, hostile, hostile, {hostile}};
  run.versions = {hostile};
  for (CaseResult& one : run.cases) {
    for (std::string* text : {&one.name, &one.zh, &one.en}) *text = hostile;
    one.types.push_back(hostile);
    for (StepResult& each : one.steps) {
      for (std::string* text : {&each.text, &each.zh, &each.en}) *text = hostile;
    }
    for (MessageResult& message : one.messages) {
      for (std::string* text :
           {&message.document_id, &message.type, &message.key, &message.guid, &message.state, &message.stage,
            &message.outcome, &message.bytes, &message.signature_zh, &message.signature_en}) {
        *text = hostile;
      }
      for (ReceiptResult& receipt : message.receipts) {
        for (std::string* text : {&receipt.type, &receipt.status, &receipt.text, &receipt.bytes}) *text = hostile;
      }
    }
  }
  return run;
}

}  // namespace tests::jointtest
