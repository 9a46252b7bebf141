// Lines of a scenario in both languages, and what is told of those that are wrong.
#include "tools/jointtest/scenario.h"

#include <gmock/gmock.h>
#include <set>
#include <string>

#include "tests/tools/jointtest/customs.h"
#include "tools/jointtest/words.h"

namespace tests::jointtest {
namespace {

using namespace tools::jointtest;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

base::Result<Scenario> parse(const std::string& lines) {
  return parse_scenario("scenario: Title\n" + lines, "some.scenario", catalog());
}

Scenario parsed(const std::string& lines) {
  const auto scenario = parse(lines);
  if (!scenario) throw std::runtime_error(scenario.faults().front().en);
  return *scenario;
}

Step step(const std::string& line) { return parsed("erp posts order A1\n" + line).steps.back(); }

// CODE LINE of each fault.
std::vector<std::string> faults_of(const base::Result<Scenario>& scenario) {
  std::vector<std::string> faults;
  if (scenario) return faults;
  for (const base::Fault& fault : scenario.faults()) {
    EXPECT_EQ(fault.path, "some.scenario");
    EXPECT_FALSE(fault.zh.empty() || fault.en.empty());
    faults.push_back(fault.code + " " + std::to_string(fault.line));
  }
  return faults;
}

std::vector<std::string> faults_in(const std::string& lines) { return faults_of(parse(lines)); }

TEST(ScenarioLanguage, SaysTheSameInBothLanguages) {
  const std::pair<const char*, const char*> lines[] = {
      {"企业发送 订单 A1, 其中 acturalPaid = 120", "erp posts order A1 with acturalPaid = 120"},
      {"企业发送 订单 A1，其中 acturalPaid＝120，不含 note", "ERP posts Order A1 with acturalPaid = 120, without note"},
      {"海关答复 订单 A1：2，120", "platform answers order A1: 2, 120"},
      {"时间前进 10 分钟", "clock advances 10 minutes"},
      {"企业得知 订单 A1: 已放行", "erp is told order A1: released"},
      {"台账显示 订单 A1: 已办结/已放行/800", "ledger shows order A1: settled/released/800"},
      {"网关拒收 订单 A1: intake.conflict", "gateway refuses order A1: intake.conflict"},
      {"他方发送 支付单 A1", "others send payment A1"},
      {"模拟平台安排 清单 A1: 100 “退单”", "simulator arranges inventory A1: 100 \"退单\""},
      {"海关通知 订单 A1: CEB816", "platform notifies order A1: CEB816Message"}};
  for (const auto& [zh, en] : lines) {
    const Step a = step(zh), b = step(en);
    EXPECT_EQ(a.deed, b.deed) << zh;
    EXPECT_EQ(a.document, b.document) << zh;
    EXPECT_EQ(a.changes.size(), b.changes.size()) << zh;
    EXPECT_EQ(a.statuses.size(), b.statuses.size()) << zh;
    EXPECT_EQ(a.picture.state + a.picture.outcome + a.picture.stage,
              b.picture.state + b.picture.outcome + b.picture.stage);
    EXPECT_EQ(a.triggers + a.answer + a.code, b.triggers + b.answer + b.code) << zh;
    EXPECT_EQ(a.span, b.span) << zh;
    EXPECT_EQ(a.notice_types, b.notice_types) << zh;
  }
}

TEST(ScenarioLanguage, NamesEachDeclarationByItsWordInBothLanguagesAndByItsType) {
  std::set<std::string> named;
  for (const schemas::MessageType& type : catalog().types()) {
    if (type.kind != schemas::MessageKind::declaration) continue;
    for (const std::string& word :
         {Words::all().zh("kind", type.name), Words::all().en("kind", type.name), type.name, type.name.substr(0, 6)}) {
      EXPECT_EQ(step("erp posts " + word + " B1").document, (DocumentName{type.name, "B1"})) << word;
    }
    named.insert(type.name);
  }
  EXPECT_THAT(named, SizeIs(19));
}

TEST(ScenarioLanguage, ReadsWhatIsChanged) {
  const Step posted = step(
      "erp posts inventory A1 with 运费 = 12, InventoryList[2].qty = \"3, or 4\", without note, "
      "orderNo = orderNo of order A1, logisticsNo = 订单 A1 的 payTransactionId");
  ASSERT_THAT(posted.changes, SizeIs(5));
  EXPECT_EQ(posted.changes[0].field, "freight");
  EXPECT_EQ(posted.changes[0].value, "12");
  EXPECT_EQ(posted.changes[1].row, 2U);
  EXPECT_EQ(posted.changes[1].field, "qty");
  EXPECT_EQ(posted.changes[1].value, "3, or 4");
  EXPECT_EQ(posted.changes[2].how, Changing::drop);
  for (const std::size_t taken : {3U, 4U}) {
    EXPECT_EQ(posted.changes[taken].how, Changing::taken);
    EXPECT_EQ(posted.changes[taken].from, (DocumentName{"CEB311Message", "A1"}));
  }
  EXPECT_EQ(posted.changes[4].value, "payTransactionId");
}

TEST(ScenarioLanguage, ReadsStatusesWithTextsAndGaps) {
  const auto statuses = step("platform answers order A1: 2 \"taken, well\", ..., -301010").statuses;
  ASSERT_THAT(statuses, SizeIs(3));
  EXPECT_EQ(statuses[0].text, "taken, well");
  EXPECT_EQ(statuses[1].status, "");
  EXPECT_EQ(statuses[2].status, "-301010");
}

// 企业 alone heads a line with a colon.
TEST(ScenarioLanguage, TellsOfAWordThatOnlyBeginsLikeOneOfItsOwn) {
  EXPECT_THAT(faults_in("企业发 订单 A1\nerp posts order A1\n"), ElementsAre("jointtest.verb 2"));
}

TEST(ScenarioLanguage, TellsEveryWrongLineAtOnceWithWhatIsAllowed) {
  const auto scenario = parse(
      "erp posts order A1\n"
      "erp sings order A1\n"
      "erp posts orders A1\n"
      "erp posts order toolonganame\n"
      "erp posts order A1 with nothing = 1\n"
      "erp posts order A1 with acturalPaid\n"
      "erp posts payment A1 with OrderList[1].qty = 1\n"
      "erp posts order A1 and more\n"
      "platform answers order A1\n"
      "platform answers order A1: two words\n"
      "ledger shows order A1: happy\n"
      "clock advances soon\n"
      "simulator arranges inventory A1: nonsense\n"
      "simulator arranges inventory A1: silent \"text\"\n"
      "gateway refuses order A1\n"
      "platform notifies order A1: CEB311\n");
  EXPECT_THAT(faults_of(scenario),
              ElementsAre("jointtest.verb 3", "jointtest.document 4", "jointtest.document 5", "jointtest.change 6",
                          "jointtest.change 7", "jointtest.change 8", "jointtest.change 9", "jointtest.expectation 10",
                          "jointtest.expectation 11", "jointtest.expectation 12", "jointtest.expectation 13",
                          "jointtest.arrangement 14", "jointtest.arrangement 15", "jointtest.expectation 16",
                          "jointtest.expectation 17"));
  EXPECT_THAT(scenario.faults().front().en, HasSubstr("erp posts"));
  EXPECT_THAT(scenario.faults().front().zh, HasSubstr("企业发送"));
}

TEST(ScenarioLanguage, TellsWhatStandsInTheWrongOrder) {
  EXPECT_THAT(faults_in("ledger shows order A1: settled\n"), ElementsAre("jointtest.sequence 2"));
  EXPECT_THAT(faults_in("erp posts order A1\nsimulator arranges order A1: silent\n"),
              ElementsAre("jointtest.sequence 3"));
  EXPECT_THAT(faults_in("erp posts order A1 with note = note of payment A1\n"), ElementsAre("jointtest.sequence 2"));
  EXPECT_THAT(faults_in("erp posts order A1\nchannel: dxp-amqp\n"), ElementsAre("jointtest.sequence 3"));
  EXPECT_THAT(faults_in("# nothing\n"), ElementsAre("jointtest.sequence 0"));
}

TEST(ScenarioLanguage, NeedsATitleAndTakesOneForBothLanguages) {
  EXPECT_THAT(faults_of(parse_scenario("erp posts order A1\n", "some.scenario", catalog())),
              ElementsAre("jointtest.title 0"));
  const auto scenario =
      parse_scenario("\xEF\xBB\xBF场景：一笔订单\r\n企业发送 订单 A1\r\n", "some.scenario", catalog());
  ASSERT_TRUE(scenario);
  EXPECT_EQ(scenario->zh, "一笔订单");
  EXPECT_EQ(scenario->en, "一笔订单");
  EXPECT_THAT(scenario->types(), ElementsAre("CEB311Message"));
}

TEST(ScenarioLanguage, HoldsItsLimitsOneOver) {
  std::string steps;
  for (std::size_t i = 0; i < most_steps; ++i) steps += "erp posts order A1\n";
  EXPECT_THAT(faults_in(steps), IsEmpty());
  EXPECT_THAT(faults_in(steps + "erp posts order A1\n"), ElementsAre("jointtest.limits 0"));
  std::string changes;
  for (std::size_t i = 0; i < most_changes; ++i) changes += (changes.empty() ? "" : ", ") + std::string("note = x");
  EXPECT_THAT(faults_in("erp posts order A1 with " + changes), IsEmpty());
  EXPECT_THAT(faults_in("erp posts order A1 with " + changes + ", note = x"), ElementsAre("jointtest.limits 2"));
  const std::string name(most_name_characters, 'N');
  EXPECT_THAT(faults_in("erp posts order " + name), IsEmpty());
  EXPECT_THAT(faults_in("erp posts order " + name + "N"), ElementsAre("jointtest.document 2"));
  EXPECT_THAT(faults_in("clock advances 744 hours"), IsEmpty());
  EXPECT_THAT(faults_in("clock advances 745 hours"), ElementsAre("jointtest.limits 2"));
  const std::string text = "scenario: Title\nerp posts order A1\n#";
  const std::string most = text + std::string(most_scenario_bytes - text.size(), '#');
  EXPECT_TRUE(parse_scenario(most, "some.scenario", catalog()));
  EXPECT_THAT(faults_of(parse_scenario(most + "#", "some.scenario", catalog())), ElementsAre("jointtest.limits 0"));
}

TEST(ScenarioLanguage, TellsAFileThatCannotBeRead) {
  const auto scenario = read_scenario("/nowhere/some.scenario", catalog());
  ASSERT_FALSE(scenario);
  EXPECT_EQ(scenario.faults().front().code, "jointtest.file");
}

}  // namespace
}  // namespace tests::jointtest
