#include "schemas/knowledge.h"

#include <algorithm>
#include <gtest/gtest.h>

#include "schemas/rule_folders.h"
#include "tests/schemas/made_message.h"
#include "tests/support/paths.h"

namespace {

using schemas::Explanation;
using schemas::Knowledge;
using schemas::Parts;
using schemas::Remedy;
using schemas::Sense;
using schemas::Side;
using tests::catalog_202205;
using Strings = std::vector<std::string>;

const Knowledge& knowledge() {
  static const auto loaded = Knowledge::load(catalog_202205(), {tests::schemas_directory(), {}});
  return loaded.value();
}

Explanation explain(std::string_view type, std::string_view status, std::string_view info = {}) {
  return knowledge().explain({type, "1", "2"}, status, info);
}

constexpr auto *order_type = "CEB311Message", *inventory_type = "CEB621Message";

TEST(Explanations, OfAStatusSayWhoseSideItIsAndWhatToDo) {
  const auto failed = explain(order_type, "4");
  EXPECT_EQ(failed.code, "4");
  EXPECT_EQ(failed.side, Side::eport);
  EXPECT_EQ(failed.remedy, Remedy::retry);
  EXPECT_EQ(failed.severity, base::Severity::error);
  EXPECT_EQ(failed.source, "报文规范 202205 回执状态");
  EXPECT_FALSE(failed.zh.empty() || failed.en.empty() || failed.advice_zh.empty() || failed.advice_en.empty());
  const auto released = explain(inventory_type, "800");
  EXPECT_EQ(released.side, Side::nobody);
  EXPECT_EQ(released.remedy, Remedy::none);
  EXPECT_EQ(released.severity, base::Severity::warning);
}

TEST(Explanations, TakeAReceiptsTypeForItsDeclarations) {
  EXPECT_EQ(explain("CEB312Message", "-301010").zh, explain(order_type, "-301010").zh);
  EXPECT_TRUE(explain("CEB312Message", "-301010").known);
}

TEST(Explanations, OfACustomsCodeSayMoreThanTheStatus) {
  const auto limit = explain(inventory_type, "100",
                             "[Code:1313;Desc:订购人购买超过年度限额,超过个人年度购买额度;totalPrice：5000.00 > "
                             "limitPrice: 26000;]");
  EXPECT_EQ(limit.code, "1313");
  EXPECT_EQ(limit.side, Side::buyer);
  EXPECT_EQ(limit.severity, base::Severity::error);
  EXPECT_EQ(limit.parts, (Parts{{"totalPrice", "5000.00"}, {"limitPrice", "26000"}}));
  EXPECT_TRUE(limit.known);
  const auto passed = explain(inventory_type, "120", "[Code:1800;Desc:逻辑校验通过]");
  EXPECT_EQ(passed.code, "1800");
  EXPECT_EQ(passed.severity, base::Severity::warning);
}

TEST(Explanations, OfFieldByFieldCodesNameTheFields) {
  const auto differs = explain(inventory_type, "100", "[Code:130118;Desc:清单上的运费与订单上的运杂费不一致]");
  EXPECT_EQ(differs.code, "130118");
  EXPECT_EQ(differs.parts, (Parts{{"inventoryField", "运费"}, {"orderField", "运杂费"}}));
  const auto telephone =
      explain(inventory_type, "100", "[Code:130126;Desc:清单上的订购人电话号码与订单上的订购人电话号码不一致]");
  EXPECT_NE(telephone.zh, differs.zh);
  EXPECT_EQ(telephone.remedy, Remedy::mend_the_data);
}

TEST(Explanations, OfSeveralCustomsCodesTakeTheFirstThatIsKnown) {
  const auto known =
      explain(inventory_type, "100", "[Code:4711;Desc:其他[甲]原因][Code:1322;Desc:订单清单表体商品项不一致]");
  EXPECT_EQ(known.code, "1322");
}

TEST(Explanations, OfAnUnknownCustomsCodeShowItsTextAndSayWhatTheStatusSays) {
  const auto unknown = explain(inventory_type, "100", "退单[Code:4711;Desc:其他[甲]原因]");
  EXPECT_EQ(unknown.code, "4711");
  EXPECT_FALSE(unknown.known);
  EXPECT_NE(unknown.zh.find("其他[甲]原因"), std::string::npos) << unknown.zh;
  EXPECT_NE(unknown.en.find("其他[甲]原因"), std::string::npos) << unknown.en;
  EXPECT_EQ(unknown.remedy, Remedy::mend_the_data);
}

TEST(Explanations, OfAMissingSiblingSayWhichDocumentIsWaitedFor) {
  const auto waits = explain(inventory_type, "2",
                             "清单新增申报成功[6A0F][电商企业编码：46019600AA订单编号：JO1]; "
                             "对应电商平台为[46019600AB]订单号为[JO1]支付信息不存在");
  EXPECT_EQ(waits.code, "2");
  EXPECT_EQ(waits.side, Side::enterprise);
  EXPECT_EQ(waits.remedy, Remedy::wait);
  EXPECT_EQ(waits.parts, (Parts{{"ebpCode", "46019600AB"}, {"orderNo", "JO1"}}));
  EXPECT_NE(waits.zh.find("支付单"), std::string::npos);
  EXPECT_NE(explain(inventory_type, "2", "运单信息不存在").zh.find("运单"), std::string::npos);
  EXPECT_EQ(explain(inventory_type, "2", "清单新增申报成功").side, Side::nobody);
}

TEST(Explanations, OfUnlistedNegativeCodesGoByTheirWords) {
  const auto signature = explain("CEB513Message", "-505099", "验签失败，证书无效");
  EXPECT_EQ(signature.remedy, Remedy::sign_again);
  EXPECT_TRUE(signature.known);
  const auto old = explain("CEB303Message", "-304077", "接收报文为旧报文数据，不做处理");
  EXPECT_EQ(old.remedy, Remedy::already_there);
  EXPECT_EQ(explain(inventory_type, "-621017", "验签失败").remedy, Remedy::retry)
      << "a listed code has its own meaning";
}

TEST(Explanations, OfAnUnknownCodeAreNoError) {
  for (const char* status : {"-999999", "777", "", "-", "--1", "9999999999999999999999", "订单"}) {
    const auto unknown = explain(order_type, status, "某种原因");
    EXPECT_EQ(unknown.code, status);
    EXPECT_FALSE(unknown.known) << status;
    EXPECT_NE(unknown.zh.find("某种原因"), std::string::npos) << status;
    EXPECT_NE(unknown.remedy, Remedy::none) << status;
    EXPECT_FALSE(unknown.advice_zh.empty() || unknown.advice_en.empty()) << status;
  }
}

TEST(Explanations, CutALongTextButNotWithinACharacter) {
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += "长";
  const auto unknown = explain(order_type, "-999999", text);
  EXPECT_LT(unknown.zh.size(), 1000u);
  EXPECT_NE(unknown.zh.find("长…"), std::string::npos);
}

TEST(Explanations, TellTwoMeaningsOfOneCodeApartByTheirWords) {
  EXPECT_EQ(explain(inventory_type, "-621027", "保存失败，请确认状态并刷新重试").remedy, Remedy::ask_the_port);
  EXPECT_EQ(explain(inventory_type, "-621027", "请确认表体 gnum 无重复！").remedy, Remedy::mend_the_data);
  EXPECT_EQ(explain(inventory_type, "-621027", "别的").remedy, Remedy::ask_the_port);
}

TEST(Explanations, OfTheExchangePlatformAreByItsTable) {
  const auto invalid = explain("DxpRep", "1001", "数字签名无效");
  EXPECT_EQ(invalid.remedy, Remedy::sign_again);
  EXPECT_EQ(invalid.source, "报文规范 202205 表 7-1");
  EXPECT_EQ(explain("DxpRep", "3002").side, Side::exchange);
  EXPECT_EQ(explain("DxpRep", "1234").remedy, Remedy::sign_again);
  for (const char* extended : {"4000", "9999"}) EXPECT_TRUE(explain("DxpRep", extended).known) << extended;
  for (const char* unknown : {"0000", "120", "10000", "-1", ""}) EXPECT_FALSE(explain("DxpRep", unknown).known);
}

const Sense* sense_of(const std::vector<Sense>& senses, const std::string& type) {
  const auto found = std::ranges::find_if(
      senses, [&](const Sense& sense) { return std::ranges::find(sense.types, type) != sense.types.end(); });
  return found == senses.end() ? nullptr : &*found;
}

TEST(Meanings, OfAStatusAreOnePerGroupOfTypes) {
  const auto senses = knowledge().meanings("120");
  ASSERT_NE(sense_of(senses, order_type), nullptr);
  EXPECT_EQ(sense_of(senses, order_type)->effect, schemas::Effect::settle);
  EXPECT_EQ(sense_of(senses, order_type)->outcome, "lodged");
  EXPECT_EQ(sense_of(senses, order_type), sense_of(senses, "CEB411Message"));
  ASSERT_NE(sense_of(senses, inventory_type), nullptr);
  EXPECT_EQ(sense_of(senses, inventory_type)->effect, schemas::Effect::pass);
  EXPECT_EQ(sense_of(senses, "CEB312Message"), nullptr);
}

TEST(Meanings, OfACodeDependOnTheType) {
  const auto senses = knowledge().meanings("-301010");
  ASSERT_EQ(senses.size(), 2u);
  EXPECT_EQ(senses[0].types, Strings{order_type});
  EXPECT_EQ(senses[0].explanation.remedy, Remedy::already_there);
  EXPECT_EQ(senses[1].types, Strings{"CEB303Message"});
  EXPECT_EQ(senses[1].explanation.remedy, Remedy::sign_again);
  EXPECT_EQ(knowledge().meanings("-301010", order_type).size(), 1u);
  EXPECT_EQ(knowledge().meanings("-301010", "CEB304Message").front().types, Strings{"CEB303Message"});
}

TEST(Meanings, OfOtherCodesSayWhereTheyHold) {
  const auto transport = knowledge().meanings("2001");
  ASSERT_EQ(transport.size(), 1u);
  EXPECT_EQ(transport.front().types, Strings{"DxpRep"});
  const auto customs = knowledge().meanings("1313");
  ASSERT_EQ(customs.size(), 1u) << "a customs code is not looked for among ranges of the exchange platform";
  EXPECT_EQ(customs.front().explanation.side, Side::buyer);
  const auto fault = knowledge().meanings("schema.length");
  ASSERT_EQ(fault.size(), 1u);
  EXPECT_TRUE(fault.front().types.empty());
  EXPECT_EQ(fault.front().explanation.remedy, Remedy::mend_the_data);
  EXPECT_EQ(knowledge().meanings("4711").front().types, Strings{"DxpRep"});
}

TEST(Meanings, OfAMessageSayWhatItIs) {
  for (const char* name : {"CEB900", "CEB900Message", "CEB816", "CEB818", "CEB792", "DxpMsg", "DxpRep"}) {
    const auto senses = knowledge().meanings(name);
    ASSERT_FALSE(senses.empty()) << name;  // some stand among the answers as well
    for (const auto& sense : senses) EXPECT_TRUE(sense.explanation.known) << name;
  }
  for (const auto& type : catalog_202205().types()) {
    const auto senses = knowledge().meanings(type.name);
    ASSERT_EQ(senses.size(), 1u) << type.name;
    EXPECT_TRUE(senses.front().explanation.known) << type.name;
  }
  const auto payment = knowledge().meanings("CEB411").front().explanation;
  EXPECT_NE(payment.en.find("CEB412Message"), std::string::npos) << payment.en;
  EXPECT_NE(payment.en.find("payCode, payTransactionId"), std::string::npos) << payment.en;
}

TEST(Meanings, OfAWholeTextTakeItsVariableParts) {
  const auto noted = knowledge().meanings(
      "[Code:1313;Desc:订购人购买超过年度限额,超过个人年度购买额度;totalPrice：1 > limitPrice: 2;]");
  ASSERT_EQ(noted.size(), 1u);
  EXPECT_EQ(noted.front().explanation.parts, (Parts{{"totalPrice", "1"}, {"limitPrice", "2"}}));
  const auto words = knowledge().meanings("订购人与支付人不匹配");
  EXPECT_TRUE(words.front().explanation.known);
  EXPECT_EQ(words.front().explanation.code, "100");
}

TEST(Meanings, OfWhatIsNotKnownSaySo) {
  for (const char* code : {"-424242", "", "订单", "CEB999", "[Code:47110;Desc:x]", "no.such_code"}) {
    const auto senses = knowledge().meanings(code);
    ASSERT_EQ(senses.size(), 1u) << code;
    EXPECT_FALSE(senses.front().explanation.known) << code;
    EXPECT_FALSE(senses.front().explanation.advice_en.empty()) << code;
  }
  EXPECT_FALSE(knowledge().meanings("-301010", "CEB411Message").front().explanation.known);
}

TEST(Meanings, OfTaxSheetsAndFormatChecksAreTheirOwn) {
  EXPECT_EQ(knowledge().meanings("3", "CEB818Message").front().types, Strings{"CEB818Message"});
  EXPECT_TRUE(knowledge().meanings("-7", "CEB900Message").front().explanation.known);
  EXPECT_FALSE(knowledge().meanings("120", "CEB816Message").front().explanation.known);
}

TEST(KnowledgeTables, OfASiteComeFirst) {
  const tests::ScratchDirectory site;
  std::filesystem::create_directory(site.path() / "knowledge");
  tests::write_file(site.path() / "knowledge/advice.tsv",
                    "id\tremedy\tzh\ten\nours\task the port\t问海口\task Haikou\n");
  tests::write_file(site.path() / "knowledge/customs_codes.tsv",
                    "type\tcode\tpattern\tzh\ten\tside\tadvice\tsource\n"
                    "CEB621Message\t4711\t额度 {limit} 元\t本站已知\tknown here\tcustoms\tours\tseen\n"
                    "*\t1313\t\t本站另有说法\tsaid otherwise here\tbuyer\task_limit\tseen\n");
  const auto extended = Knowledge::load(catalog_202205(), {tests::schemas_directory(), site.path()});
  ASSERT_TRUE(extended) << extended.faults().front().en;
  const auto known = extended->explain({inventory_type, "1", "2"}, "100", "[Code:4711;Desc:额度 500 元]");
  EXPECT_TRUE(known.known);
  EXPECT_EQ(known.advice_en, "ask Haikou");
  EXPECT_EQ(known.parts, (Parts{{"limit", "500"}}));
  EXPECT_EQ(extended->explain({inventory_type, "1", "2"}, "100", "[Code:1313;Desc:x]").en, "said otherwise here");
  EXPECT_TRUE(extended->explain({inventory_type, "1", "2"}, "100", "[Code:1322;Desc:x]").known);
}

TEST(KnowledgeTables, NameWhatIsWrongWithFileAndLine) {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"customs_codes.tsv", "type\tcode\tpattern\tzh\ten\tside\tadvice\tsource\nCEB621\t1\t\t中\ten\tnobody\t\tseen\n"},
      {"customs_codes.tsv", "type\tcode\tpattern\tzh\ten\tside\tadvice\tsource\n*\t1..x\t\t中\ten\tnobody\t\tseen\n"},
      {"customs_codes.tsv", "type\tcode\tpattern\tzh\ten\tside\tadvice\tsource\n*\t\t\t中\ten\tnobody\t\tseen\n"},
      {"texts.tsv", "type\tstatus\tpattern\tzh\ten\tside\tadvice\tsource\n*\t1\t{a}{b}\t中\ten\tnobody\t\tseen\n"},
      {"transport.tsv", "code\tzh\ten\tside\tadvice\tsource\tpasses_later\n9001\t\ten\tnobody\t\tseen\tno\n"},
      {"transport.tsv", "code\tzh\ten\tside\tadvice\tsource\tpasses_later\n9001\t中\ten\tsomebody\t\tseen\tno\n"},
      {"transport.tsv", "code\tzh\ten\tside\tadvice\tsource\tpasses_later\n9001\t中\ten\tnobody\t\tseen\tmaybe\n"},
      {"faults.tsv", "code\tzh\ten\tside\tadvice\na.b\t中\ten\tnobody\tno_such_advice\n"},
      {"messages.tsv", "name\tzh\ten\tside\tadvice\tsource\nX\t中\ten\tnobody\t\tnowhere\n"},
      {"advice.tsv", "id\tremedy\tzh\ten\nx\tpray\t中\ten\n"},
      {"advice.tsv", "id\tremedy\tzh\ten\nx\twait\t中\t\n"},
  };
  for (const auto& [file, text] : cases) {
    const tests::ScratchDirectory site;
    std::filesystem::create_directory(site.path() / "knowledge");
    tests::write_file(site.path() / "knowledge" / file, text);
    const auto spoilt = Knowledge::load(catalog_202205(), {tests::schemas_directory(), site.path()});
    ASSERT_FALSE(spoilt) << text;
    EXPECT_EQ(spoilt.faults().front().path, (site.path() / "knowledge" / file).string());
    EXPECT_EQ(spoilt.faults().front().line, 2) << text;
  }
}

TEST(KnowledgeTables, ExplainEachRuleByItsTitle) {
  auto loaded = Knowledge::load(catalog_202205(), {tests::schemas_directory(), {}});
  const auto rules = schemas::RuleFolders({tests::schemas_directory(), {}}, "202205").texts();
  ASSERT_TRUE(rules);
  ASSERT_GT(rules->size(), 100u);
  loaded->add_rules(*rules);
  for (const auto& rule : *rules) {
    const auto senses = loaded->meanings("rule." + rule.id);
    ASSERT_EQ(senses.size(), 1u) << rule.id;
    EXPECT_EQ(senses.front().explanation.en, rule.en);
    EXPECT_EQ(senses.front().explanation.remedy, Remedy::mend_the_data);
    EXPECT_TRUE(loaded->meanings(rule.id).front().explanation.known) << rule.id;
  }
}

}  // namespace
