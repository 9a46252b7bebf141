// What is personal, and where else it stands; and that all else stays as it was.
#include "tools/jointtest/report/masking.h"

#include <gmock/gmock.h>

#include "base/base64.h"
#include "codecs/dxp/envelope.h"
#include "gateway/views/personal_text.h"
#include "tests/support/documents.h"
#include "tests/tools/jointtest/report/sample_run.h"
#include "tools/jointtest/report/carried.h"

namespace tests::jointtest {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using namespace tools::jointtest;
using namespace tools::jointtest::report;

// The bytes of a message and of its one receipt, masked.
MessageResult masked_message(const std::string& bytes, const std::string& receipt) {
  RunResult run;
  MessageResult message;
  message.type = "CEB311Message";
  message.bytes = bytes;
  message.receipts = {{at({}), "CEB312Message", "100", receipt, receipt}};
  run.cases = {{"a", "a", "a", {}, Verdict::passed, {}, {message}}};
  return masked(run, catalog()).cases.front().messages.front();
}

std::string masked_bytes(const std::string& bytes) { return masked_message(bytes, "").bytes; }

auto holds_nobody() {
  return AllOf(Not(HasSubstr(buyer)), Not(HasSubstr(buyer_id)), Not(HasSubstr(telephone)), Not(HasSubstr(address)));
}

TEST(MaskedRun, LosesThePersonsOfItsMessagesAndNothingElse) {
  EXPECT_EQ(masked_bytes("<a:CEB311Message>\r\n <a:orderNo>JT1</a:orderNo><a:buyerName x='1'>测试甲</a:buyerName >"
                         "<consignee/><consignee></consignee><consigneeAddress> </consigneeAddress>"
                         "<consigneeAddress>测试路 &amp; 1号</consigneeAddress></a:CEB311Message>\n"),
            "<a:CEB311Message>\r\n <a:orderNo>JT1</a:orderNo><a:buyerName x='1'>***</a:buyerName >"
            "<consignee/><consignee></consignee><consigneeAddress> </consigneeAddress>"
            "<consigneeAddress>***</consigneeAddress></a:CEB311Message>\n");
}

// The catalog says what is personal; a type that gets such a field is masked without a line of ours.
TEST(MaskedRun, LosesEveryPrivateFieldOfEveryType) {
  std::size_t fields = 0;
  for (const schemas::MessageType& type : catalog().types()) {
    for (const std::string& field : type.private_fields) {
      EXPECT_EQ(masked_bytes("<" + field + ">甲</" + field + ">"), "<" + field + ">***</" + field + ">") << type.name;
      ++fields;
    }
  }
  EXPECT_GE(fields, 20u);
}

TEST(MaskedRun, LosesPersonsWhoStandInReceiptsStepsAndWords) {
  RunResult run = small_run();
  run.cases[0].steps[0].text = "企业发送 订单 A1，订购人 测试甲";
  run.cases[0].steps[0].zh = "期望 测试甲，得到 测试乙";
  run.cases[0].steps[0].en = "expected " + buyer_id;
  run.cases[0].messages[0].signature_en = "held by 测试甲";
  run.cases[0].messages[0].receipts[0].text = "收货地址测试路1号不详，电话10000000000";
  const CaseResult one = masked(run, catalog()).cases[0];
  EXPECT_EQ(one.steps[0].text, "企业发送 订单 A1，订购人 ***");
  EXPECT_EQ(one.steps[0].zh, "期望 ***，得到 测试乙");
  EXPECT_EQ(one.steps[0].en, "expected ***");
  EXPECT_EQ(one.messages[0].signature_en, "held by ***");
  EXPECT_EQ(one.messages[0].receipts[0].text, "收货地址***不详，电话***");
}

TEST(MaskedRun, LosesValuesAsTheyAreAndAsTheyAreEscaped) {
  const std::string message = "<consigneeAddress>A&amp;B &lt;1&gt;</consigneeAddress>";
  EXPECT_EQ(masked_message(message, "no A&B <1>").receipts[0].text, "no ***");
  EXPECT_EQ(masked_message(message, "no A&amp;B &lt;1&gt;").receipts[0].bytes, "no ***");
}

TEST(MaskedRun, KeepsValuesThatAreTooShortToBeSearchedFor) {
  static_assert(gateway::views::shortest_value_bytes == 4);
  EXPECT_EQ(masked_message("<consignee>Anna</consignee>", "Anna and Annabel").receipts[0].text, "*** and ***bel");
  EXPECT_EQ(masked_message("<consignee>Eve</consignee>", "Event").receipts[0].text, "Event");
}

TEST(MaskedRun, LosesTheLongerOfTwoValuesWhole) {
  EXPECT_EQ(
      masked_message("<buyerName>测试</buyerName><consignee>测试甲乙</consignee>", "测试甲乙和测试丙").receipts[0].text,
      "***和***丙");
}

TEST(MaskedRun, LosesWhatAnEnvelopeCarriesAndStillIsOne) {
  const std::string receipt = order_receipt_xml("10", "100", "订购人" + buyer + "证件" + buyer_id + "错误");
  const MessageResult message = masked_message(order_xml("10"), in_envelope(receipt, "CEB312Message"));
  const auto inside = carried(message.receipts[0].bytes);
  ASSERT_TRUE(inside);
  EXPECT_EQ(*inside, order_receipt_xml("10", "100", "订购人***证件***错误"));
  EXPECT_THAT(masked_bytes("<DxpMsg><Data>not Base64, 测试甲</Data></DxpMsg>"), HasSubstr("<Data>***</Data>"));
}

TEST(MaskedRun, LosesTheCertificateWhoseExtensionsMayNameItsHolder) {
  const std::string bytes = order_xml("10");
  ASSERT_THAT(bytes, HasSubstr("<ds:X509Certificate>MIIC"));
  EXPECT_THAT(masked_bytes(bytes), AllOf(HasSubstr("<ds:X509Certificate>***</ds:X509Certificate>"),
                                         HasSubstr("<ds:KeyName>0a1b2c3d4e5f6071</ds:KeyName>"), holds_nobody()));
}

TEST(MaskedRun, TakesTooMuchRatherThanTooLittleOfWhatIsNoXml) {
  EXPECT_EQ(masked_bytes("<buyerName>测试甲<br/>乙"), "<buyerName>***");
  EXPECT_EQ(masked_bytes("<buyerName><![CDATA[测试甲]]><!-- 乙 --></buyerName>"), "<buyerName>***</buyerName>");
  EXPECT_EQ(masked_bytes("<buyerName"), "<buyerName");
  EXPECT_EQ(masked_bytes("<"), "<");
}

TEST(MaskedRun, KeepsTitlesVersionsAndEnterprises) {
  const RunResult run = small_run(), without = masked(run, catalog());
  EXPECT_EQ(without.plan_zh, run.plan_zh);
  EXPECT_EQ(without.enterprises[0].name, run.enterprises[0].name);
  EXPECT_EQ(without.cases[0].zh, run.cases[0].zh);
  EXPECT_EQ(without.cases[0].messages[0].key, run.cases[0].messages[0].key);
}

TEST(PersonalNumbers, AreIdentityNumbersAndTelephonesByThemselves) {
  EXPECT_EQ(gateway::views::without_personal_numbers("证件99000019900101001X，电话10000000000。"),
            "证件***，电话***。");
  EXPECT_EQ(gateway::views::without_personal_numbers("990000199001010017"), "***");
  EXPECT_EQ(gateway::views::without_personal_numbers("990000199013010017"), "990000199013010017")
      << "no month of birth";
  EXPECT_EQ(gateway::views::without_personal_numbers("64092023I000722460 20260131093000123 1691397836000 4601960001"),
            "64092023I000722460 20260131093000123 1691397836000 4601960001");
  EXPECT_EQ(gateway::views::without_personal_numbers("B10000000000 10000000000B 100000000000 20000000000"),
            "B10000000000 10000000000B 100000000000 20000000000");
}

}  // namespace
}  // namespace tests::jointtest
