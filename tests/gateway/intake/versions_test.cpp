// What a post is to the newest version of its key: the same, the next, or a conflict.
#include <boost/json/serialize.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/lifecycle/state.h"
#include "tests/gateway/intake/running_intake.h"

namespace {

namespace json = boost::json;
using gateway::ledger::Picture;
using gateway::lifecycle::State;
using tests::head;
using tests::inventory;
using tests::order;
using tests::RunningIntake;
using tests::Told;

std::string as_text(const json::value& value) { return json::serialize(value); }

Picture picture(State state, const std::string& stage = "", const std::string& outcome = "") {
  return {.state = state, .stage = stage, .outcome = outcome, .reason = {}};
}

json::object corrected_order(const std::string& number) {
  json::object posted = order(number);
  head(posted)["consigneeAddress"] = "示例路2号";
  return posted;
}

class VersionsInAState : public testing::TestWithParam<State> {};

TEST_P(VersionsInAState, TheSameContentIsAlwaysTheFirstAnswer) {
  RunningIntake gateway;
  const auto id = gateway.accepted_order("A3");
  if (GetParam() != State::accepted) gateway.put(id, picture(GetParam()));
  const Told told = gateway.post(as_text(order("A3")));
  EXPECT_EQ(told.status, 200u) << told.body;
  EXPECT_EQ(told.json().at(0).at("version"), 1);
  EXPECT_EQ(told.json().at(0).at("state"), json::string(gateway::lifecycle::word(GetParam())));
}

INSTANTIATE_TEST_SUITE_P(States, VersionsInAState,
                         testing::Values(State::accepted, State::sealed, State::deferred, State::unconfirmed,
                                         State::sent, State::settled, State::refused, State::held, State::withdrawn),
                         [](const auto& instance) { return std::string(gateway::lifecycle::word(instance.param)); });

class VersionsUnderWay : public testing::TestWithParam<State> {};

TEST_P(VersionsUnderWay, OtherContentIsAConflictThatSaysWhatIsAllowed) {
  RunningIntake gateway;
  const auto id = gateway.accepted_order("A3");
  if (GetParam() != State::accepted) gateway.put(id, picture(GetParam()));
  const Told told = gateway.post(as_text(corrected_order("A3")));
  EXPECT_EQ(told.status, 409u) << told.body;
  EXPECT_EQ(told.faults(), "intake.conflict /document\n");
  EXPECT_TRUE(told.says(gateway::lifecycle::word(GetParam())));
  EXPECT_TRUE(told.says("withdraw"));
}

INSTANTIATE_TEST_SUITE_P(States, VersionsUnderWay,
                         testing::Values(State::accepted, State::sealed, State::deferred, State::unconfirmed,
                                         State::sent, State::held),
                         [](const auto& instance) { return std::string(gateway::lifecycle::word(instance.param)); });

TEST(Versions, AWithdrawnOnesNextVersionIsDeclaredAnewAndLater) {
  RunningIntake gateway;
  const auto id = gateway.accepted_order("A3");
  gateway.put(id, picture(State::withdrawn));
  const Told told = gateway.post(as_text(corrected_order("A3")));
  ASSERT_EQ(told.status, 202u) << told.body;
  EXPECT_EQ(told.json().at(0).at("version"), 2);
  EXPECT_EQ(told.json().at(0).at("id"), json::string(id));
  const auto standing = gateway.ledger().newest_by_id(id);
  EXPECT_EQ(standing->app_type, "1");
  EXPECT_EQ(standing->app_time, "20260131093001");  // the clock stood still
}

TEST(Versions, AnOrderRefusedBeforeItWasStoredIsDeclaredAsNew) {
  RunningIntake gateway;
  const auto id = gateway.accepted_order("A3");
  gateway.receive(id, "-301010", picture(State::refused, "-301010", "rejected"));
  ASSERT_EQ(gateway.post(as_text(corrected_order("A3"))).status, 202u);
  EXPECT_EQ(gateway.ledger().newest_by_id(id)->app_type, "1");
}

TEST(Versions, AStoredOrderIsChangedByAppTypeTwo) {
  RunningIntake gateway;
  const auto id = gateway.accepted_order("A3");
  gateway.receive(id, "2", picture(State::settled, "2", "lodged"));
  ASSERT_EQ(gateway.post(as_text(corrected_order("A3"))).status, 202u);
  const auto standing = gateway.ledger().newest_by_id(id);
  EXPECT_EQ(standing->app_type, "2");
  EXPECT_EQ(standing->summary.version, 2);
}

TEST(Versions, ACorrectionPostedAgainIsTheSameAndAnAbsentAppTypeCountsAsItsOwn) {
  RunningIntake gateway;
  const auto id = gateway.accepted_order("A3");
  gateway.receive(id, "2", picture(State::settled, "2", "lodged"));
  const Told second = gateway.post(as_text(corrected_order("A3")));
  const Told again = gateway.post(as_text(corrected_order("A3")));
  EXPECT_EQ(again.status, 200u) << again.body;
  EXPECT_EQ(again.json(), second.json());
  auto named = corrected_order("A3");
  head(named)["appType"] = "2";
  head(named)["appStatus"] = "2";
  EXPECT_EQ(gateway.post(as_text(named)).status, 200u);
}

TEST(Versions, AnAppTypeOutsideTheTableIsAConflictThatNamesTheAllowedOnes) {
  RunningIntake gateway;
  const auto id = gateway.accepted_order("A3");
  gateway.receive(id, "2", picture(State::settled, "2", "lodged"));
  auto posted = corrected_order("A3");
  head(posted)["appType"] = "1";
  const Told told = gateway.post(as_text(posted));
  EXPECT_EQ(told.status, 409u);
  EXPECT_EQ(told.faults(), "intake.app_type /document/OrderHead/appType\n");
  EXPECT_TRUE(told.says("2, 3"));
}

TEST(Versions, ADeletionIsTakenWhereTheTableAllowsIt) {
  RunningIntake gateway;
  const auto id = gateway.accepted_order("A3");
  gateway.receive(id, "2", picture(State::settled, "2", "lodged"));
  auto posted = order("A3");
  head(posted)["appType"] = "3";
  EXPECT_EQ(gateway.post(as_text(posted)).status, 202u);
  EXPECT_EQ(gateway.ledger().newest_by_id(id)->app_type, "3");
}

TEST(Versions, ACustomsDecisionTakesNoFurtherVersionAndSaysWhy) {
  RunningIntake gateway;
  const Told posted = gateway.post(as_text(inventory("I1")));
  ASSERT_EQ(posted.status, 202u) << posted.body;
  const std::string id(posted.json().at(0).at("id").as_string());
  gateway.receive(id, "800", picture(State::settled, "800", "released"));
  auto changed = inventory("I1");
  head(changed)["grossWeight"] = "1.3";
  const Told told = gateway.post(as_text(changed));
  EXPECT_EQ(told.status, 409u);
  EXPECT_TRUE(told.says("CEB623"));
}

TEST(Versions, AChangedInventoryCarriesWhatTheReceiptsTaught) {
  RunningIntake gateway;
  const Told posted = gateway.post(as_text(inventory("I1")));
  const std::string id(posted.json().at(0).at("id").as_string());
  auto changed = inventory("I1");
  head(changed)["grossWeight"] = "1.3";
  gateway.receive(id, "120", picture(State::sent, "120", ""), {{"preNo", "B20260000000000001"}});
  const Told missing = gateway.post(as_text(changed));
  EXPECT_EQ(missing.status, 422u);
  EXPECT_THAT(missing.faults(), testing::HasSubstr("intake.carry /document/InventoryHead/invtNo\n"));
  gateway.receive(id, "120", picture(State::sent, "120", ""), {{"invtNo", "640920261000000001"}});
  const Told told = gateway.post(as_text(changed));
  ASSERT_EQ(told.status, 202u) << told.body;
  const auto standing = gateway.ledger().newest_by_id(id);
  EXPECT_EQ(standing->app_type, "2");
  EXPECT_THAT(standing->body, testing::HasSubstr("B20260000000000001"));
  EXPECT_THAT(standing->body, testing::HasSubstr("640920261000000001"));
  EXPECT_EQ(gateway.post(as_text(changed)).status, 200u);  // still without the numbers
}

TEST(Versions, AnAppTimeThatIsNotLaterIsTakenWithAWarning) {
  RunningIntake gateway;
  const auto id = gateway.accepted_order("A3");
  gateway.put(id, picture(State::withdrawn));
  auto posted = corrected_order("A3");
  head(posted)["appTime"] = "20260131093000";
  const Told told = gateway.post(as_text(posted));
  ASSERT_EQ(told.status, 202u) << told.body;
  EXPECT_EQ(told.json().at(0).at("warnings").at(0).at("code"), "intake.app_time");
}

TEST(Versions, AKeyPostedForAnotherEnterpriseIsAConflictThatTellsNothingOfIt) {
  RunningIntake gateway;
  const auto id = gateway.accepted_order("A3");
  tests::Asked asked;
  asked.method = "POST";
  asked.path = "/v1/documents";
  asked.token = "second";
  asked.body = as_text(order("A3", "4601960002"));
  const Told told = gateway.ask(asked);
  EXPECT_EQ(told.status, 409u);
  EXPECT_FALSE(told.says(id));
  EXPECT_FALSE(told.says("accepted"));
}

}  // namespace
