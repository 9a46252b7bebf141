#include "schemas/judge.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <thread>

#include "schemas/fault_list.h"
#include "tests/schemas/made_message.h"
#include "tests/support/paths.h"

namespace {

using schemas::Level;
using schemas::SignatureDemand;
using tests::MadeElement;

const schemas::Judge& judge_202205() {
  static const auto judge = schemas::Judge::load(tests::schemas_directory(), tests::catalog_202205());
  if (!judge) throw std::runtime_error(judge.faults().front().path + ": " + judge.faults().front().en);
  return *judge;
}

schemas::Verdict judged(const std::string& text, SignatureDemand demand = SignatureDemand::as_schema_says) {
  const auto document = base::XmlDocument::read(text);
  if (!document) throw std::runtime_error(document.faults().front().en);
  return judge_202205().judge(*document, Level::schema, demand);
}

MadeElement made(const char* type) { return tests::full_message(*tests::catalog_202205().find(type)); }
MadeElement& order_head(MadeElement& message) { return *message.child("Order")->child("OrderHead"); }

TEST(Judge, SaysWhatIsWrongWhereAndWhatIsAllowed) {
  auto message = made("CEB311Message");
  order_head(message).child("orderNo")->text = std::string(61, 'A');
  const auto verdict = judged(tests::written(message));
  EXPECT_EQ(verdict.type, "CEB311Message");
  EXPECT_FALSE(verdict.valid());
  ASSERT_EQ(verdict.faults.size(), 1u);
  const auto& fault = verdict.faults.front();
  EXPECT_EQ(fault.code, "schema.length");
  EXPECT_EQ(fault.path, "/ceb:CEB311Message/ceb:Order[1]/ceb:OrderHead/ceb:orderNo");
  EXPECT_EQ(fault.en, "orderNo: 61 characters, at most 60");
  EXPECT_EQ(fault.zh, "orderNo（订单编号）：61 个字符，最多 60 个");
  EXPECT_EQ(fault.source, "报文规范 202205 §3.1.4");
  EXPECT_EQ(fault.line, 9);
}

TEST(Judge, NamesEveryFaultAtOnceAndGoesOnAfterMissingAndMisplacedElements) {
  auto message = made("CEB311Message");
  auto& head = order_head(message);
  std::erase_if(head.children, [](const MadeElement& e) { return e.name == "ceb:appType"; });
  std::swap(head.children[4], head.children[5]);
  head.child("note")->text = std::string(1001, 'A');
  auto& second_row = message.children[1].children[2];
  second_row.child("qty")->text = "many";
  second_row.child("unit")->text = "";
  message.child("BaseTransfer")->child("dxpMode")->text = "DX";
  std::vector<std::string> found;
  for (const auto& fault : judged(tests::written(message)).faults) found.push_back(fault.code + " " + fault.path);
  const std::vector<std::string> expected{
      "schema.missing /ceb:CEB311Message/ceb:Order[1]/ceb:OrderHead/ceb:appType",
      "schema.order /ceb:CEB311Message/ceb:Order[1]/ceb:OrderHead/ceb:ebpCode",
      "schema.length /ceb:CEB311Message/ceb:Order[1]/ceb:OrderHead/ceb:note",
      "schema.empty /ceb:CEB311Message/ceb:Order[2]/ceb:OrderList[2]/ceb:unit",
      "schema.number /ceb:CEB311Message/ceb:Order[2]/ceb:OrderList[2]/ceb:qty",
      "schema.length /ceb:CEB311Message/ceb:BaseTransfer/ceb:dxpMode",
  };
  EXPECT_EQ(found, expected);
}

TEST(Judge, NumbersASecondElementThatMayStandOnce) {
  auto message = made("CEB411Message");
  auto& head = *message.child("Payment")->child("PaymentHead");
  head.children.insert(head.children.begin(), head.children.front());
  const auto verdict = judged(tests::written(message));
  ASSERT_EQ(verdict.faults.size(), 1u);
  EXPECT_EQ(verdict.faults[0].path, "/ceb:CEB411Message/ceb:Payment[1]/ceb:PaymentHead/ceb:guid[2]");
}

TEST(Judge, ReportsWhatIsWrongInsideASignatureBesideOtherFaults) {
  auto message = made("CEB621Message");
  auto& signature = message.children.back();
  signature.text = "<ds:SignedInfo/>";
  message.child("BaseTransfer")->child("copCode")->text = "";
  const auto verdict = judged(tests::written(message));
  ASSERT_GE(verdict.faults.size(), 2u);
  EXPECT_EQ(verdict.faults[0].code, "schema.empty");
  EXPECT_EQ(verdict.faults[1].code, "schema.content");
  EXPECT_EQ(verdict.faults[1].path, "/ceb:CEB621Message/ds:Signature/ds:SignedInfo");
  EXPECT_EQ(verdict.faults[1].en.find("{http"), std::string::npos);
}

TEST(Judge, AllowsNoSignatureFeatureThatTheCustomsSchemaLacks) {
  const std::string plain = tests::written(made("CEB311Message"));
  EXPECT_TRUE(judged(plain).valid());
  for (const auto& [what, with] : {std::pair<std::string, std::string>{"</ds:KeyInfo>", "</ds:KeyInfo><ds:Object/>"},
                                   {"<ds:KeyInfo>", "<ds:KeyInfo Id=\"k\">"}}) {
    std::string text = plain;
    text.replace(text.find(what), what.size(), with);
    EXPECT_FALSE(judged(text).valid()) << with;
  }
}

TEST(Judge, DemandsTheSignatureOnlyOnceTheMessageIsSigned) {
  auto message = made("CEB621Message");
  message.children.pop_back();
  const auto text = tests::written(message);
  EXPECT_TRUE(judged(text, SignatureDemand::none_yet).valid());
  const auto verdict = judged(text);
  ASSERT_EQ(verdict.faults.size(), 1u);
  EXPECT_EQ(verdict.faults[0].code, "schema.missing");
  EXPECT_EQ(verdict.faults[0].path, "/ceb:CEB621Message/ds:Signature");
}

TEST(Judge, SaysInItsOwnWordsWhatOnlyLibxml2Finds) {
  auto message = made("CEB312Message");
  message.children[0].child("guid")->attributes = " xsi:type=\"ceb:nothing\"";
  const auto verdict = judged(tests::written(message));
  ASSERT_EQ(verdict.faults.size(), 1u);
  EXPECT_EQ(verdict.faults[0].code, "schema.attribute");
  EXPECT_EQ(verdict.faults[0].path, "/ceb:CEB312Message/ceb:OrderReturn[1]/ceb:guid");
  EXPECT_NE(verdict.faults[0].en.find("xsi:type"), std::string::npos);
}

TEST(Judge, RefusesARootThatIsNoMessageThoughTheSchemaKnowsIt) {
  for (const char* root : {"OrderHead", "CEB999Message", "BaseTransfer"}) {
    const auto verdict = judged("<ceb:" + std::string(root) + " xmlns:ceb=\"http://www.chinaport.gov.cn/ceb\"/>");
    EXPECT_EQ(verdict.type, "");
    ASSERT_EQ(verdict.faults.size(), 1u);
    EXPECT_EQ(verdict.faults[0].code, "schema.root");
  }
}

TEST(Judge, ToldOfAMessageWithoutNamespaceSaysItOnce) {
  auto text = tests::written(made("CEB412Message"));
  for (std::size_t at = 0; (at = text.find("ceb:", at)) != std::string::npos;) text.erase(at, 4);
  text.replace(text.find(" xmlns:ceb="), 1, " xmlns:unused=\"urn:unused\" ");
  const auto verdict = judged(text);
  ASSERT_EQ(verdict.faults.size(), 1u);
  EXPECT_EQ(verdict.faults[0].code, "schema.namespace");
}

TEST(Judge, StopsListingFaultsAtTheLimitAndSaysSo) {
  auto message = made("CEB312Message");
  std::string nodes;
  for (std::size_t i = 0; i < schemas::most_faults + 1; ++i) nodes += "<x/>";
  message.text = nodes;
  const auto verdict = judged(tests::written(message));
  EXPECT_EQ(verdict.faults.size(), schemas::most_faults);
  EXPECT_EQ(verdict.faults.back().code, "schema.more");
}

TEST(Judge, WritesNothingToStandardError) {
  testing::internal::CaptureStderr();
  auto message = made("CEB621Message");
  message.children.back().text = "<ds:SignedInfo/>";
  message.children.front().name = "ceb:Unknown";
  EXPECT_FALSE(judged(tests::written(message)).valid());
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

TEST(Judge, JudgesOnManyThreadsAtOnce) {
  const auto good = tests::written(made("CEB311Message"));
  auto spoilt = made("CEB311Message");
  order_head(spoilt).child("appTime")->text = "20260230000000";
  const auto bad = tests::written(spoilt);
  std::vector<std::thread> threads;
  std::atomic<int> wrong{0};
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int n = 0; n < 50; ++n) {
        const auto document = base::XmlDocument::read(n % 2 == 0 ? good : bad);
        const auto verdict = judge_202205().judge(*document, Level::all, SignatureDemand::as_schema_says);
        const bool has_time_fault = std::ranges::count(verdict.faults, "rule.G07", &base::Fault::code) == 1;
        if (has_time_fault != (n % 2 == 1)) ++wrong;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
}

}  // namespace
