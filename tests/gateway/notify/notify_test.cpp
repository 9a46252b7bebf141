// Notices over real sockets, from a real ledger.
#include "gateway/notify/notify.h"

#include <algorithm>
#include <gmock/gmock.h>
#include <map>
#include <set>

#include "gateway/lifecycle/notices.h"
#include "gateway/lifecycle/retry.h"
#include "tests/gateway/notify/running_notify.h"
#include "tests/support/postgres_server.h"

namespace tests {
namespace {

using namespace std::chrono_literals;
using gateway::lifecycle::State;
using testing::Each;
using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using testing::UnorderedElementsAre;

Reply answering(unsigned status) { return {.status = status}; }

class Notices : public RunningNotify {
 protected:
  // One document, told to one client that answers so.
  gateway::ledger::Notice after_one_attempt(const std::string& url) {
    add_client("erp", url);
    start();
    accept("A1");
    EXPECT_TRUE(run_until([&] { return has_notice() && newest_notice().tries == 1; }));
    return newest_notice();
  }
  bool has_notice() { return !ledger->notices({}).notices.empty(); }
};

TEST_F(Notices, AChangeIsToldAsTheFeedTellsItAndSignedForTheReceiver) {
  Receiver erp;
  add_client("erp", erp.url());
  start();
  const std::string id = accept("A1");
  ASSERT_TRUE(all_come_to(NoticeState::heard, 1));
  ASSERT_THAT(erp.heard(), SizeIs(1));
  const Heard heard = erp.heard().front();
  EXPECT_TRUE(heard.is_genuine) << heard.signature;
  EXPECT_EQ(heard.timestamp, 1'700'000'000);
  EXPECT_EQ(heard.webhook_id, newest_notice().webhook_id);
  EXPECT_EQ(heard.whole.at("type"), "document.changed");
  EXPECT_EQ(heard.whole.at("timestamp"), "2023-11-15T06:13:20.000+08:00");
  const auto& data = heard.whole.at("data").as_object();
  std::vector<std::string> members;
  for (const auto& member : data) members.emplace_back(member.key());
  EXPECT_THAT(members,
              ElementsAre("cursor", "at", "id", "key", "type", "version", "from", "to", "stage", "outcome", "reason"));
  EXPECT_EQ(data.at("id"), id.c_str());
  EXPECT_EQ(data.at("key"), "CEB311Message/P/A1");
  EXPECT_EQ(newest_notice().answer, "answered 204");
}

TEST_F(Notices, WhatChangedBeforeTheClientWasKnownIsNotTold) {
  accept("A1");
  Receiver erp;
  add_client("erp", erp.url());
  start();
  accept("A2");
  ASSERT_TRUE(all_come_to(NoticeState::heard, 1));
  EXPECT_THAT(erp.told(), ElementsAre("A2 accepted"));
}

TEST_F(Notices, EachClientIsToldOfItsOwnEnterprises) {
  Receiver one, other;
  add_client("one", one.url(), {"E1"});
  add_client("other", other.url(), {"E2", "E3"});
  start();
  accept("A1", "E1");
  accept("B1", "E2");
  ASSERT_TRUE(all_come_to(NoticeState::heard, 1, "one"));
  ASSERT_TRUE(all_come_to(NoticeState::heard, 1, "other"));
  EXPECT_THAT(one.told(), ElementsAre("A1 accepted"));
  EXPECT_THAT(other.told(), ElementsAre("B1 accepted"));
}

TEST_F(Notices, SeveralAreUnderWayAtOnceUpToTheLimitAndEachDocumentsComeInOrder) {
  constexpr int documents = 12;
  static_assert(documents > gateway::notify::most_under_way);
  Receiver erp([](const Heard&) { return Reply{.after = 50ms}; });
  add_client("erp", erp.url());
  start();
  for (int i = 0; i < documents; ++i) {
    const std::string id = accept("A" + std::to_string(i));
    move(id, State::held);
    move(id, State::withdrawn);
  }
  ASSERT_TRUE(all_come_to(NoticeState::heard, 3 * documents));
  EXPECT_EQ(erp.most_at_once(), static_cast<int>(gateway::notify::most_under_way));
  std::map<std::string, std::vector<std::string>> by_document;
  for (const Heard& heard : erp.heard()) by_document[heard.key].push_back(heard.to);
  EXPECT_THAT(by_document, SizeIs(documents));
  for (const auto& [key, states] : by_document) {
    EXPECT_THAT(states, ElementsAre("accepted", "held", "withdrawn")) << key;
  }
}

TEST_F(Notices, OneThatIsNotHeardIsTriedAgainUnderItsIdAndHoldsUpItsDocumentAlone) {
  Receiver erp([](const Heard& heard) { return answering(heard.key.ends_with("A1") ? 500 : 200); });
  add_client("erp", erp.url());
  start();
  const std::string id = accept("A1");
  move(id, State::held);
  accept("A2");
  ASSERT_TRUE(all_come_to(NoticeState::heard, 1));
  ASSERT_TRUE(run_until([&] { return erp.count() == 2; }));
  EXPECT_THAT(erp.told(), UnorderedElementsAre("A1 accepted", "A2 accepted"));
  erp.answer_by([](const Heard&) { return answering(200); });
  clock.advance(gateway::lifecycle::first_pause);
  notify->wake();
  ASSERT_TRUE(all_come_to(NoticeState::heard, 3));
  const auto heard = erp.heard();
  ASSERT_THAT(heard, SizeIs(4));
  EXPECT_THAT(heard, Each(Field("is_genuine", &Heard::is_genuine, true)));
  EXPECT_EQ(heard[2].to, "accepted");
  EXPECT_EQ(heard[3].to, "held");
  const Heard& first = heard[0].key.ends_with("A1") ? heard[0] : heard[1];
  EXPECT_EQ(heard[2].webhook_id, first.webhook_id);
  EXPECT_EQ(heard[2].body, first.body);
  EXPECT_EQ(heard[2].timestamp, first.timestamp + 5);
  EXPECT_NE(heard[2].signature, first.signature);
}

TEST_F(Notices, AClientThatWantsNoMoreIsNotAskedAgain) {
  Receiver erp([](const Heard&) { return answering(410); });
  const auto notice = after_one_attempt(erp.url());
  EXPECT_EQ(notice.state, NoticeState::unheard);
  EXPECT_EQ(notice.answer, "answered 410");
  clock.advance(24h);
  accept("A2");
  ASSERT_TRUE(all_come_to(NoticeState::unheard, 2));
  EXPECT_THAT(erp.told(), ElementsAre("A1 accepted", "A2 accepted"));
}

TEST_F(Notices, ARedirectionIsNoHearingAndLeadsNowhere) {
  Receiver elsewhere;
  Receiver erp([&](const Heard&) { return Reply{.status = 302, .location = elsewhere.url()}; });
  const auto notice = after_one_attempt(erp.url());
  EXPECT_EQ(notice.state, NoticeState::waiting);
  EXPECT_EQ(notice.answer, "answered 302");
  EXPECT_EQ(elsewhere.count(), 0U);
}

TEST_F(Notices, AClientThatIsSlowFailsAtTheDeadlineAndKeepsNobodyWaiting) {
  attempt_may_take = 200ms;
  Receiver slow([](const Heard&) { return Reply{.after = 3s}; });
  Receiver erp;
  add_client("slow", slow.url());
  add_client("erp", erp.url());
  start();
  for (int i = 0; i < 20; ++i) accept("A" + std::to_string(i));
  ASSERT_TRUE(all_come_to(NoticeState::heard, 20));
  EXPECT_EQ(count("slow", NoticeState::heard), 0U);
  gateway::ledger::NoticeQuery query;
  query.client = "slow";
  ASSERT_TRUE(run_until([&] {
    return std::ranges::any_of(ledger->notices(query).notices, [](const auto& notice) {
      return notice.tries == 1 && notice.answer.ends_with("no answer within the time allowed");
    });
  }));
}

TEST_F(Notices, AClientThatIsAwayIsAskedByOneAtATimeAndHearsAllWhenItIsBack) {
  Receiver erp([](const Heard&) { return answering(503); });
  add_client("erp", erp.url());
  start();
  for (int i = 0; i < 20; ++i) accept("A" + std::to_string(i));
  // Those that were begun before the trouble was known.
  const auto all_have_failed = [&] {
    const auto attempts = notify->attempts();
    return erp.count() >= 8 && !attempts.empty() && attempts[0].failed == erp.count();
  };
  ASSERT_TRUE(run_until(all_have_failed));
  const std::size_t before = erp.count();
  ASSERT_TRUE(run_until([&] { return erp.count() > before; }, 20s)) << "after a pause it is asked again";
  EXPECT_EQ(erp.count(), before + 1);
  erp.answer_by([](const Heard&) { return answering(200); });
  const auto all_are_heard = [&] {
    clock.advance(gateway::lifecycle::first_pause);
    return count("erp", NoticeState::heard) == 20;
  };
  EXPECT_TRUE(run_until(all_are_heard, 30s));
  const auto attempts = notify->attempts();
  ASSERT_THAT(attempts, SizeIs(1));
  EXPECT_EQ(attempts[0].heard, 20U);
  EXPECT_EQ(attempts[0].failed, erp.count() - 20);
  EXPECT_EQ(attempts[0].given_up, 0U);
}

TEST_F(Notices, OneThatNobodyHearsIsGivenUpAfterFiveDaysUntilAPersonWantsItSentAgain) {
  Receiver erp([](const Heard&) { return answering(500); });
  ASSERT_EQ(after_one_attempt(erp.url()).state, NoticeState::waiting);
  clock.advance(gateway::lifecycle::tries_end_after);
  notify->wake();
  ASSERT_TRUE(all_come_to(NoticeState::unheard, 1));
  EXPECT_EQ(notify->attempts()[0].given_up, 1U);
  erp.answer_by([](const Heard&) { return answering(200); });
  ASSERT_TRUE(ledger->resend_notice(newest_notice().number, {"operator", clock.now()}));
  notify->wake();
  ASSERT_TRUE(all_come_to(NoticeState::heard, 1));
  const auto heard = erp.heard();
  ASSERT_THAT(heard, SizeIs(3));
  EXPECT_EQ(heard[2].webhook_id, heard[0].webhook_id);
}

TEST_F(Notices, APrivateAddressIsNotCalledUnlessTheClientMayHaveOne) {
  Receiver erp;
  add_client("erp", erp.url(), {"*"}, config::Targets::public_alone);
  start();
  accept("A1");
  ASSERT_TRUE(run_until([&] { return has_notice() && newest_notice().tries == 1; }));
  EXPECT_EQ(newest_notice().state, NoticeState::waiting);
  EXPECT_THAT(newest_notice().answer, HasSubstr("127.0.0.1 is no address of the public Internet"));
  EXPECT_EQ(erp.count(), 0U);
}

TEST_F(Notices, TheNextStartGoesOnWhereTheLastOneStopped) {
  Receiver erp([](const Heard&) { return answering(500); });
  const auto before = after_one_attempt(erp.url());
  stop();
  notify.reset();
  const std::string id = accept("A2");
  move(id, State::held);
  open();
  erp.answer_by([](const Heard&) { return answering(200); });
  clock.advance(gateway::lifecycle::first_pause);
  start();
  ASSERT_TRUE(all_come_to(NoticeState::heard, 3));
  ASSERT_THAT(erp.heard(), SizeIs(4));
  const auto same = std::ranges::count(erp.heard(), before.webhook_id, &Heard::webhook_id);
  EXPECT_EQ(same, 2);
}

TEST_F(Notices, AStopLetsWhatIsUnderWayEnd) {
  Receiver erp([](const Heard&) { return Reply{.after = 300ms}; });
  add_client("erp", erp.url());
  start();
  accept("A1");
  ASSERT_TRUE(run_until([&] { return erp.count() == 1; }));
  stop();
  EXPECT_EQ(count("erp", NoticeState::heard), 1U);
}

TEST_F(Notices, AStopWaitsNoLongerThanItsDeadline) {
  Receiver erp([](const Heard&) { return Reply{.after = 4s}; });
  add_client("erp", erp.url());
  start();
  accept("A1");
  ASSERT_TRUE(run_until([&] { return erp.count() == 1; }));
  const auto begun = std::chrono::steady_clock::now();
  stop(100ms);
  EXPECT_LT(std::chrono::steady_clock::now() - begun, 3s);
  EXPECT_EQ(count("erp", NoticeState::waiting), 1U);
  ASSERT_TRUE(all_come_to(NoticeState::heard, 1)) << "the attempt ends before what it refers to goes";
}

TEST_F(Notices, MoreThanFitOneTransactionAreAllToldAndForgottenAfterAWeek) {
  constexpr std::size_t documents = gateway::notify::changes_at_a_time + 1;
  static_assert(documents > gateway::notify::pruned_at_a_time);
  Receiver erp;
  add_client("erp", erp.url());
  start();
  std::vector<gateway::ledger::NewVersion> versions;
  for (std::size_t i = 0; i < documents; ++i) {
    auto& version = versions.emplace_back();
    version.type = "CEB311Message";
    version.number = "A" + std::to_string(i);
    version.key = "CEB311Message/P/" + version.number;
    version.guid = "guid-" + version.number;
    version.enterprise = "E1";
    version.by = "erp";
  }
  ASSERT_TRUE(ledger->accept(versions, std::nullopt, clock.now()));
  notify->wake();
  ASSERT_TRUE(run_until([&] { return count("erp", NoticeState::heard) == documents; }, 60s));
  EXPECT_EQ(erp.count(), documents);
  stop();
  clock.advance(gateway::lifecycle::heard_is_kept_for + 1ms);
  start();
  EXPECT_TRUE(all_come_to(NoticeState::heard, 0));
}

// Of two gateways on one ledger one tells a client, whichever it is.
TEST_F(Notices, AreToldOnceHoweverManyGatewaysShareTheLedger) {
  if (PostgresServer::of_this_program() == nullptr) GTEST_SKIP() << "no PostgreSQL here";
  const std::string address = PostgresServer::of_this_program()->new_database();
  ledger = gateway::ledger::kinds::open_ledger(address);
  const auto second_ledger = gateway::ledger::kinds::open_ledger(address);
  Receiver erp;
  add_client("erp", erp.url());
  start();
  gateway::notify::Notify second(io.get_executor(), {settings, secrets, *second_ledger, store, clock});
  second.start();
  for (int i = 0; i < 30; ++i) {
    move(accept("A" + std::to_string(i)), State::held);
    second.wake();
  }
  EXPECT_TRUE(all_come_to(NoticeState::heard, 60));
  EXPECT_EQ(erp.count(), 60U);
  std::set<std::string> ids;
  for (const Heard& heard : erp.heard()) ids.insert(heard.webhook_id);
  EXPECT_THAT(ids, SizeIs(60));
  bool stopped = false;
  boost::asio::co_spawn(io, second.stop(5s), [&](std::exception_ptr) { stopped = true; });
  EXPECT_TRUE(run_until([&] { return stopped; }));
}

}  // namespace
}  // namespace tests
