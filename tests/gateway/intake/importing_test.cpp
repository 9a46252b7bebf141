// Documents that another system sent: what a row is taken as, what is wrong with it, and what may follow it.
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sstream>

#include "gateway/lifecycle/state.h"
#include "tests/gateway/intake/running_intake.h"

namespace {

namespace json = boost::json;
using gateway::lifecycle::State;
using testing::HasSubstr;
using tests::Asked;
using tests::head;
using tests::RunningIntake;
using tests::Told;

constexpr const char* guid_1 = "11111111-1111-4111-8111-111111111111";
constexpr const char* guid_2 = "22222222-2222-4222-8222-222222222222";

json::object order_row(const std::string& number, const std::string& guid = guid_1) {
  return {{"type", "CEB311Message"},
          {"enterprise", "4601960001"},
          {"ebpCode", "4601960001"},
          {"orderNo", number},
          {"guid", guid},
          {"appTime", "20260130120000"}};
}

json::object inventory_row(const std::string& stage = "", const std::string& time = "20260130121500123") {
  json::object row{{"type", "CEB621Message"},
                   {"enterprise", "4601960001"},
                   {"key", "CEB621Message/4601960001/C1"},
                   {"guid", guid_1},
                   {"appTime", "20260130120000"}};
  if (!stage.empty()) {
    row["stage"] = stage;
    row["returnTime"] = time;
    row["preNo"] = "B20260130000000001";
    row["invtNo"] = "640920261000000001";
  }
  return row;
}

class Importing : public testing::Test {
 protected:
  Told import(const json::array& rows, const std::string& query = "", const std::string& token = "operator") {
    return import_text(json::serialize(rows), query, token);
  }
  Told import_text(const std::string& body, const std::string& query = "", const std::string& token = "operator") {
    Asked asked;
    asked.method = "POST";
    asked.path = "/v1/imports" + query;
    asked.body = body;
    asked.token = token;
    return gateway.ask(asked);
  }
  std::string imported(const json::object& row) {
    const Told told = import({row});
    EXPECT_EQ(told.status, 200u) << told.body;
    EXPECT_EQ(told.json().at(0).at("result"), "imported");
    return std::string(told.json().at(0).at("id").as_string());
  }
  gateway::ledger::Standing standing(const std::string& id) { return *gateway.ledger().newest_by_id(id); }
  std::size_t documents() { return gateway.ledger().count({}, 100); }
  // The faults of one row that is refused.
  std::string faults(const json::object& row) {
    const Told told = import({row});
    EXPECT_EQ(told.status, 422u) << told.body;
    EXPECT_EQ(documents(), 0u);
    return told.faults();
  }

  RunningIntake gateway;
};

TEST_F(Importing, ADocumentThatNothingWasHeardOfIsSentAndItsSilenceIsDue) {
  const std::string id = imported(order_row("A1"));
  const auto now = standing(id);
  EXPECT_TRUE(now.sent_elsewhere);
  EXPECT_EQ(now.summary.picture.state, State::sent);
  EXPECT_EQ(now.app_type, "1");
  EXPECT_EQ(now.app_status, "2");
  EXPECT_EQ(now.summary.key, "CEB311Message/4601960001/A1");
  EXPECT_EQ(gateway.ledger().first_sends(id).front().second, *base::read_china_digits("20260130120000"));
  gateway.clock().advance(std::chrono::hours(24));
  const auto keep = [](const gateway::ledger::Standing& silent) { return silent.summary.picture; };
  EXPECT_EQ(gateway.ledger().move_silent(gateway.clock().now(), 10, keep), 1u);
}

struct Stage {
  const char *status, *state, *outcome;
};
class ImportingAtAStage : public Importing, public testing::WithParamInterface<Stage> {};

TEST_P(ImportingAtAStage, StandsWhereAReceiptWouldHavePutIt) {
  const Told told = import({inventory_row(GetParam().status)});
  ASSERT_EQ(told.status, 200u) << told.body;
  EXPECT_EQ(told.json().at(0).at("state"), json::string(GetParam().state));
  EXPECT_EQ(told.json().at(0).at("stage"), json::string(GetParam().status));
  EXPECT_EQ(told.json().at(0).at("outcome"), json::string(GetParam().outcome));
}

INSTANTIATE_TEST_SUITE_P(Stages, ImportingAtAStage,
                         testing::Values(Stage{"2", "sent", ""}, Stage{"120", "sent", ""},
                                         Stage{"800", "settled", "released"}, Stage{"899", "settled", "closed"},
                                         Stage{"100", "refused", "rejected"}, Stage{"-621003", "refused", ""},
                                         Stage{"501", "held", "detained"}, Stage{"700", "held", "returned"}));

TEST_F(Importing, NumbersThatMustStayTextAreTakenByTheirCharacters) {
  const Told told = import_text(
      R"([{"type":"CEB311Message","enterprise":4601960001,"ebpCode":"4601960001","orderNo":"007","guid":")" +
      std::string(guid_1) + R"(","appTime":20260130120000},)" +
      R"({"type":"CEB621Message","enterprise":"4601960001","key":"CEB621Message/4601960001/C1","guid":")" + guid_2 +
      R"(","appTime":"20260130120000","invtNo":640920261000000001,"stage":800,"returnTime":20260130121500123}])");
  ASSERT_EQ(told.status, 200u) << told.body;
  EXPECT_EQ(told.json().at(0).at("number"), "007");
  const std::string id(told.json().at(1).at("id").as_string());
  EXPECT_EQ(standing(id).learnt.at("invtNo"), "640920261000000001");
}

TEST_F(Importing, EveryFaultOfEveryRowIsToldWithItsColumn) {
  json::object first = inventory_row("120", "20261330250000");
  first["preNo"] = std::string(60, '9');
  first["stage"] = "121";
  json::object second = order_row("A1", "short");
  second["type"] = "CEB999Message";
  json::object third = order_row("A2", guid_2);
  third["enterprise"] = "4601969999";
  third["colour"] = "red";
  third["sent_at"] = "20270130120000";
  json::object fourth = order_row("A3", guid_2);
  fourth["preNo"] = "B1";
  fourth["price"] = 1.5;
  fourth.erase("appTime");
  const Told told = import({first, second, third, fourth, "no row"});
  EXPECT_EQ(told.status, 422u);
  const std::string all = told.faults();
  for (const char* fault : {"schema.length /0/preNo", "import.value /0/returnTime", "intake.type /1/type",
                            "intake.enterprise /2/enterprise", "import.column /2/colour", "import.value /2/sent_at",
                            "import.column /3/preNo", "import.value /3/price", "import.value /3/appTime",
                            "import.repeated /3/guid", "json.shape /4\n"}) {
    EXPECT_THAT(all, HasSubstr(fault));
  }
  EXPECT_EQ(documents(), 0u);
}

TEST_F(Importing, AStageThatNoTableKnowsIsRefusedWithThoseThatAre) {
  const Told told = import({inventory_row("121")});
  EXPECT_EQ(told.faults(), "import.stage /0/stage\n");
  EXPECT_TRUE(told.says("120"));
  EXPECT_TRUE(told.says("899"));
}

TEST_F(Importing, AStageNeedsItsTimeAndATimeItsStage) {
  json::object row = inventory_row("120");
  row.erase("returnTime");
  EXPECT_EQ(faults(row), "import.missing /0/returnTime\n");
  row = inventory_row();
  row["returnTime"] = "2026-01-30 12:15:00";
  EXPECT_EQ(faults(row), "import.missing /0/stage\n");
}

TEST_F(Importing, AKeyHasToBeWholeAndOfTheType) {
  json::object row = order_row("A1");
  row.erase("ebpCode");
  EXPECT_EQ(faults(row), "import.key /0/ebpCode\n");
  row["key"] = "CEB311Message/A1";
  EXPECT_EQ(faults(row), "import.key /0/key\n");
  row["key"] = "CEB311Message/4601960001/A2";
  EXPECT_EQ(faults(row), "import.value /0/orderNo\n");
}

TEST_F(Importing, OneEnterpriseMayNotTakeWhatItsRolesDoNotDeclareNorAClientWhatIsNotIts) {
  json::object row = order_row("A1");
  row["enterprise"] = "4601960003";
  EXPECT_EQ(import({row}).status, 403u);
  row["enterprise"] = "4601960001";
  EXPECT_EQ(import({row}, "", "erp").status, 403u) << "the role operator is needed";
  row["type"] = "CEB312Message";
  EXPECT_EQ(faults(row), "intake.not_a_declaration /0/type\n");
}

TEST_F(Importing, AThousandRowsAreTakenAndOneMoreIsNot) {
  json::array rows(1'000, order_row("A1"));
  EXPECT_EQ(import(rows, "?dry_run=true&partial=true").status, 200u);
  rows.emplace_back(order_row("A1"));
  EXPECT_EQ(import(rows).status, 413u);
  EXPECT_EQ(import({}).faults(), "import.empty \n");
  EXPECT_EQ(import_text("{}").status, 422u);
  EXPECT_EQ(import_text("[{]").status, 400u);
  EXPECT_EQ(import({order_row("A1")}, "?dryrun=true").status, 400u);
}

TEST_F(Importing, NothingIsTakenBesideAFaultUnlessWhatIsGoodIsWanted) {
  json::object wrong = order_row("A2", guid_2);
  wrong.erase("guid");
  EXPECT_EQ(import({order_row("A1"), wrong}).faults(), "import.missing /1/guid\n");
  EXPECT_EQ(documents(), 0u);
  const Told told = import({order_row("A1"), wrong}, "?partial=true");
  ASSERT_EQ(told.status, 200u);
  EXPECT_EQ(told.json().at(0).at("result"), "imported");
  EXPECT_EQ(told.json().at(1).at("index"), 1);
  EXPECT_EQ(documents(), 1u);
}

TEST_F(Importing, ADryRunSaysWhatWouldBecomeOfItAndWritesNothing) {
  const Told told = import({inventory_row("800")}, "?dry_run=true");
  ASSERT_EQ(told.status, 200u);
  EXPECT_EQ(told.json().at(0).at("result"), "imported");
  EXPECT_EQ(told.json().at(0).at("state"), "settled");
  EXPECT_FALSE(told.json().at(0).as_object().contains("id"));
  EXPECT_EQ(documents(), 0u);
}

TEST_F(Importing, TheSameRowAgainIsKnownAndALaterOneIsAdded) {
  const std::string id = imported(inventory_row());
  EXPECT_EQ(import({inventory_row()}).json().at(0).at("result"), "known");
  const Told later = import({inventory_row("120")});
  EXPECT_EQ(later.json().at(0).at("result"), "updated");
  EXPECT_EQ(later.json().at(0).at("id"), json::string(id));
  EXPECT_EQ(import({inventory_row("120")}).json().at(0).at("result"), "known");
  // One that is older by its returnTime, found late, does not set the document back.
  const Told older = import({inventory_row("2", "20260130121000")});
  EXPECT_EQ(older.json().at(0).at("result"), "updated");
  EXPECT_EQ(older.json().at(0).at("stage"), "120");
  EXPECT_EQ(standing(id).receipts.size(), 2u);
  EXPECT_EQ(documents(), 1u);
}

TEST_F(Importing, AnotherGuidOrVersionOfAKeyThatIsThereIsAConflictThatSaysWhatIsThere) {
  imported(order_row("A1"));
  const Told told = import({order_row("A1", guid_2)});
  EXPECT_EQ(told.status, 409u);
  EXPECT_EQ(told.faults(), "import.conflict /0/guid\n");
  EXPECT_TRUE(told.says(guid_1));
  EXPECT_TRUE(told.says("imported, sent"));
  EXPECT_EQ(import({order_row("A2", guid_1)}).faults(), "import.conflict /0/guid\n");
  json::object row = order_row("A1");
  row["version"] = 2;
  EXPECT_EQ(import({row}).faults(), "import.conflict /0/version\n");
}

TEST_F(Importing, WhatThisGatewayAcceptedItselfIsKnownAndNotMoved) {
  json::object posted = tests::order("A1");
  head(posted)["guid"] = guid_1;
  ASSERT_EQ(gateway.post(json::serialize(posted)).status, 202u);
  json::object row = order_row("A1");
  row["stage"] = "120";
  row["returnTime"] = "20260130121500";
  const Told told = import({row});
  ASSERT_EQ(told.status, 200u) << told.body;
  EXPECT_EQ(told.json().at(0).at("result"), "known");
  EXPECT_EQ(told.json().at(0).at("state"), "accepted");
}

TEST_F(Importing, OneThatAnotherEnterpriseHasIsAConflictThatTellsNothing) {
  Asked asked;
  asked.method = "POST";
  asked.path = "/v1/documents";
  asked.token = "second";
  asked.body = json::serialize(tests::order("A1", "4601960002"));
  ASSERT_EQ(gateway.ask(asked).status, 202u);
  const Told told = import({order_row("A1")});
  EXPECT_EQ(told.status, 409u);
  EXPECT_FALSE(told.says("accepted"));
}

TEST_F(Importing, ThereAreNoBytesOfItAndTheAnswerSaysSo) {
  const std::string id = imported(order_row("A1"));
  const Told told = gateway.get("/v1/documents/" + id + "/message");
  EXPECT_EQ(told.status, 404u);
  EXPECT_EQ(told.faults(), "api.sent_elsewhere \n");
  const Told whole = gateway.get("/v1/documents/" + id);
  EXPECT_TRUE(whole.says("imported: sent by another system"));
  EXPECT_EQ(whole.json().at("timeline").at(0).at("to"), "sent");
}

TEST_F(Importing, AWholeDocumentPostedAgainIsKnown) {
  json::object row{{"type", "CEB311Message"},
                   {"enterprise", "4601960001"},
                   {"guid", guid_1},
                   {"appTime", "20260130120000"},
                   {"document", tests::order("A1").at("document")}};
  const std::string id = imported(row);
  const Told again = gateway.post(json::serialize(tests::order("A1")));
  EXPECT_EQ(again.status, 200u) << again.body;
  EXPECT_EQ(again.json().at(0).at("id"), json::string(id));
}

TEST_F(Importing, OtherContentWaitsForAReceiptAndIsThenAChangeWithALaterAppTime) {
  json::object row = order_row("A1");
  row["appTime"] = "20260131100000";  // later than this gateway's clock by less than two clocks may differ
  row["sent_at"] = "2026-01-31T09:29:00+08:00";
  const std::string id = imported(row);
  EXPECT_EQ(gateway.post(json::serialize(tests::order("A1"))).status, 409u);
  row["stage"] = "120";
  row["returnTime"] = "20260131092959";
  ASSERT_EQ(import({row}).json().at(0).at("state"), "settled");
  const Told told = gateway.post(json::serialize(tests::order("A1")));
  ASSERT_EQ(told.status, 202u) << told.body;
  EXPECT_EQ(told.json().at(0).at("version"), 2);
  EXPECT_EQ(standing(id).app_type, "2");
  EXPECT_EQ(standing(id).app_time, "20260131100001");
  EXPECT_FALSE(standing(id).sent_elsewhere);
}

TEST_F(Importing, AChangeOfAnInventoryCarriesTheNumbersThatWereImported) {
  const std::string id = imported(inventory_row("120"));
  json::object changed = tests::inventory("C1");
  const Told told = gateway.post(json::serialize(changed));
  ASSERT_EQ(told.status, 202u) << told.body;
  EXPECT_EQ(standing(id).app_type, "2");
  EXPECT_THAT(standing(id).body, HasSubstr(R"("preNo":"B20260130000000001")"));
  EXPECT_THAT(standing(id).body, HasSubstr(R"("invtNo":"640920261000000001")"));
}

TEST_F(Importing, AReleasedInventoryOffersItsCancellationWithTheNumbersThatWereImported) {
  const std::string id = imported(inventory_row("800"));
  const Told offers = gateway.get("/v1/documents/" + id + "/offers");
  EXPECT_TRUE(offers.says(R"("type":"CEB623Message","allowed":true)")) << offers.body;
  EXPECT_TRUE(offers.says("640920261000000001"));
  EXPECT_EQ(gateway.post(json::serialize(tests::inventory("C1"))).status, 409u) << "released: no change";
}

TEST_F(Importing, TheRowsOfTheDescriptionAreTaken) {
  std::istringstream lines(tests::read_file(tests::source_directory() / "docs/formats/import.md"));
  json::array rows;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with(R"({"type":"CEB)")) rows.push_back(json::parse(line));
  }
  ASSERT_EQ(rows.size(), 2u);
  const Told told = import(rows);
  ASSERT_EQ(told.status, 200u) << told.body;
  EXPECT_EQ(told.json().at(0).at("stage"), "120");
  EXPECT_EQ(told.json().at(1).at("key"), "CEB311Message/4601960001/007");
}

TEST_F(Importing, TheWholeDocumentMayStandInTheRowAndMustAgreeWithIt) {
  json::object posted = tests::order("A1");
  head(posted)["guid"] = guid_1;
  head(posted)["appTime"] = "20260130120000";
  json::object row{{"type", "CEB311Message"}, {"enterprise", "4601960001"}, {"document", posted.at("document")}};
  row["guid"] = guid_2;
  EXPECT_EQ(faults(row), "import.value /0/guid\n");
  row.erase("guid");
  row["message_guid"] = guid_2;
  const std::string id = imported(row);
  EXPECT_EQ(standing(id).guid, guid_1);
  EXPECT_EQ(gateway.ledger().by_number("guid", guid_2, "DXPENT0000000001").size(), 1u);
  const auto records = gateway.ledger().inbound({});
  ASSERT_EQ(records.size(), 1u);
  EXPECT_EQ(records[0].record.bytes.find("测试甲"), std::string::npos)
      << "of the document only its digest is kept twice";
}

}  // namespace
