// The feed of changes as server-sent events.
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <gmock/gmock.h>
#include <memory>

#include "tests/gateway/intake/running_intake.h"
#include "tests/support/event_reader.h"
#include "tests/support/eventually.h"
#include "tests/support/postgres_server.h"

namespace tests {
namespace {

namespace json = boost::json;
using gateway::intake::EventPace;
using gateway::ledger::State;
using std::chrono::hours;
using std::chrono::milliseconds;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::SizeIs;
using ::testing::StartsWith;

// Looks that nobody has asked for do not come while a test lasts.
EventPace woken_alone() {
  EventPace pace;
  pace.longest_rest = hours(1);
  pace.shortest_rest = milliseconds(1);
  return pace;
}

EventReader reader_of(const RunningIntake& gateway, const std::string& target = "/v1/events",
                      const std::string& token = "erp", const std::string& fields = {}) {
  return EventReader(gateway.url(), target, "token-" + token, fields);
}

TEST(Events, SayWhatTheFeedOfChangesSays) {
  RunningIntake gateway;
  const auto id = gateway.accepted_order("A1");
  gateway.put(id, {State::held, "", "", "first line\nsecond line"});
  auto reader = reader_of(gateway);
  EXPECT_THAT(reader.head(), AllOf(StartsWith("HTTP/1.0 200 "), HasSubstr("Content-Type: text/event-stream\r\n"),
                                   HasSubstr("Cache-Control: no-store\r\n"), HasSubstr("X-Accel-Buffering: no\r\n")));
  EXPECT_EQ(reader.block(), "retry: 2000");
  const json::array changes = gateway.get("/v1/changes").json().at("changes").as_array();
  ASSERT_THAT(changes, SizeIs(2));
  for (const json::value& change : changes) {
    const auto event = reader.event();
    ASSERT_TRUE(event);
    EXPECT_EQ(event->type, "change");
    EXPECT_EQ(json::parse(event->data), change);
    EXPECT_EQ(json::string(event->id), change.at("cursor").as_string());
  }
}

TEST(Events, BeginAfterTheLastOneHeardOrAfterTheCursorAskedFor) {
  RunningIntake gateway;
  for (const char* number : {"A1", "A2", "A3"}) gateway.accepted_order(number);
  const auto all = reader_of(gateway).events(3);
  const std::string last = "Last-Event-ID: " + all[1].id + "\r\n";
  EXPECT_EQ(reader_of(gateway, "/v1/events?after=" + all[0].id).event()->id, all[1].id);
  EXPECT_EQ(reader_of(gateway, "/v1/events", "erp", last).event()->id, all[2].id);
  EXPECT_EQ(reader_of(gateway, "/v1/events?after=" + all[0].id, "erp", last).event()->id, all[2].id);
  EXPECT_EQ(reader_of(gateway, "/v1/events?after=", "erp", "Last-Event-ID:\r\n").event()->id, all[0].id);
}

TEST(Events, BeginWithWhatComesFromNowOnAndSayWhereThatIs) {
  RunningIntake gateway;
  auto before_anything = reader_of(gateway, "/v1/events?after=newest");
  EXPECT_EQ(before_anything.block(), "retry: 2000\nid: 0");
  gateway.accepted_order("A1");
  const auto first = before_anything.event();
  ASSERT_TRUE(first);
  auto reader = reader_of(gateway, "/v1/events?after=newest");
  EXPECT_EQ(reader.block(), "retry: 2000\nid: " + first->id);
  gateway.accepted_order("A2");
  EXPECT_THAT(reader.event()->data, HasSubstr("/A2"));
  auto resumed = reader_of(gateway, "/v1/events?after=newest", "erp", "Last-Event-ID: " + first->id + "\r\n");
  EXPECT_THAT(resumed.event()->data, HasSubstr("/A2"));
}

TEST(Events, ACursorThatIsNoneIsRefusedAsTheFeedRefusesIt) {
  RunningIntake gateway;
  Asked asked;
  asked.path = "/v1/events?after=x&limit=5";
  const Told told = gateway.ask(asked);
  EXPECT_EQ(told.status, 400U);
  EXPECT_THAT(told.faults(), AllOf(HasSubstr("api.parameter ?after\n"), HasSubstr("api.parameter ?limit\n")));
  auto wrong = reader_of(gateway, "/v1/events?after=-1", "erp", "Last-Event-ID: 12a\r\n");
  EXPECT_THAT(wrong.head(), StartsWith("HTTP/1.0 400 "));
  EXPECT_THAT(wrong.block(), AllOf(HasSubstr("?after"), HasSubstr("header Last-Event-ID")));
}

TEST(Events, NeedAToken) {
  RunningIntake gateway;
  EXPECT_EQ(gateway.get("/v1/events", "").status, 401U);
  EXPECT_EQ(gateway.get("/v1/events", "stranger").status, 401U);
}

TEST(Events, AreThoseOfTheClientsEnterprisesAlone) {
  EventPace pace;
  pace.heartbeat = milliseconds(20);
  RunningIntake gateway(intake_settings(), pace);
  gateway.accepted_order("A1");
  Asked asked;
  asked.method = "POST";
  asked.path = "/v1/documents";
  asked.body = json::serialize(order("B1", "4601960002"));
  asked.token = "second";
  ASSERT_EQ(gateway.ask(asked).status, 202U);
  EXPECT_THAT(reader_of(gateway).event()->data, HasSubstr("/A1"));
  EXPECT_THAT(reader_of(gateway, "/v1/events", "second").event()->data, HasSubstr("/B1"));
  EXPECT_THAT(reader_of(gateway, "/v1/events", "watcher").events(2), SizeIs(2));
  auto nobody = reader_of(gateway, "/v1/events", "nobody");
  nobody.block();
  for (int i = 0; i < 3; ++i) EXPECT_EQ(nobody.block(), ": heartbeat");
}

TEST(Events, AHeartbeatComesWhereNothingChanges) {
  EventPace pace;
  pace.heartbeat = milliseconds(30);
  RunningIntake gateway(intake_settings(), pace);
  auto reader = reader_of(gateway);
  reader.block();
  const auto begin = std::chrono::steady_clock::now();
  for (int i = 0; i < 4; ++i) EXPECT_EQ(reader.block(), ": heartbeat");
  EXPECT_GE(std::chrono::steady_clock::now() - begin, milliseconds(100));
}

TEST(Events, APostWakesThem) {
  RunningIntake gateway(intake_settings(), woken_alone());
  auto reader = reader_of(gateway);
  reader.block();
  std::this_thread::sleep_for(milliseconds(50));  // it has looked once and rests
  for (const char* number : {"A1", "A2"}) {
    gateway.accepted_order(number);
    EXPECT_THAT(reader.event()->data, HasSubstr(std::string("/") + number));
  }
}

TEST(Events, WhatNobodyWakesThemForIsFoundSoon) {
  EventPace pace;
  pace.longest_rest = milliseconds(100);
  RunningIntake gateway(intake_settings(), pace);
  const auto id = gateway.accepted_order("A1");
  auto reader = reader_of(gateway);
  reader.event();
  std::this_thread::sleep_for(milliseconds(50));
  gateway.receive(id, "120", {State::settled, "120", "lodged", ""});
  EXPECT_THAT(reader.event()->data, HasSubstr("\"to\":\"settled\""));
}

TEST(Events, WhatAnotherGatewayOnTheLedgerWritesWakesThem) {
  if (PostgresServer::of_this_program() == nullptr) GTEST_SKIP() << "no PostgreSQL here";
  const std::string address = PostgresServer::of_this_program()->new_database();
  RunningIntake first(intake_settings(), woken_alone(), address), second(intake_settings(), woken_alone(), address);
  auto here = reader_of(first), there = reader_of(second);
  here.block();
  there.block();
  std::this_thread::sleep_for(milliseconds(200));  // both have looked and listen
  for (const char* number : {"A1", "A2"}) {
    first.accepted_order(number);
    const auto seen = here.event(), also = there.event();
    EXPECT_EQ(seen->id, also->id);
    EXPECT_THAT(also->data, HasSubstr(std::string("/") + number));
  }
}

TEST(Events, ALongFeedComesWholeAndInOrder) {
  RunningIntake gateway(intake_settings(), woken_alone());
  json::array orders;
  for (int i = 0; i < 450; ++i) orders.push_back(order("L" + std::to_string(i)));
  ASSERT_EQ(gateway.post(json::serialize(orders)).status, 202U);
  auto reader = reader_of(gateway);
  const auto all = reader.events(450);
  ASSERT_THAT(all, SizeIs(450));
  for (std::size_t i = 1; i < all.size(); ++i) EXPECT_LT(std::stoll(all[i - 1].id), std::stoll(all[i].id));
}

TEST(Events, TwoReadersHearTheSame) {
  RunningIntake gateway(intake_settings(), woken_alone());
  auto first = reader_of(gateway), second = reader_of(gateway, "/v1/events", "watcher");
  for (int i = 0; i < 20; ++i) gateway.accepted_order("T" + std::to_string(i));
  const auto heard = first.events(20), also = second.events(20);
  for (std::size_t i = 0; i < heard.size(); ++i) EXPECT_EQ(heard[i].data, also[i].data);
  EXPECT_THAT(also, SizeIs(20));
}

// The client reads a part of what it was sent, and then its gateway goes.
void hear_over_restarts(const std::string& ledger) {
  std::vector<std::string> heard;
  std::string last;
  int posted = 0;
  for (int start = 0; start < 4; ++start) {
    RunningIntake gateway(intake_settings(), woken_alone(), ledger);
    auto reader = reader_of(gateway, "/v1/events", "erp", last);
    for (int i = 0; i < 10; ++i) gateway.accepted_order("R" + std::to_string(posted++));
    for (const ReadEvent& event : reader.events(7)) heard.push_back(event.data);
    last = "Last-Event-ID: " + std::string(json::parse(heard.back()).at("cursor").as_string()) + "\r\n";
  }
  RunningIntake gateway(intake_settings(), woken_alone(), ledger);
  auto reader = reader_of(gateway, "/v1/events", "erp", last);
  for (const ReadEvent& event : reader.events(40 - heard.size())) heard.push_back(event.data);
  const json::array changes = gateway.get("/v1/changes").json().at("changes").as_array();
  ASSERT_THAT(changes, SizeIs(40));
  ASSERT_THAT(heard, SizeIs(40));
  for (std::size_t i = 0; i < heard.size(); ++i) EXPECT_EQ(json::parse(heard[i]), changes[i]);
}

TEST(Events, GoOnAfterARestartWithNothingLostAndNothingTwice) {
  const ScratchDirectory scratch;
  hear_over_restarts("sqlite:" + (scratch.path() / "ledger.db").string());
}

TEST(Events, GoOnAfterARestartOnASharedLedgerToo) {
  if (PostgresServer::of_this_program() == nullptr) GTEST_SKIP() << "no PostgreSQL here";
  hear_over_restarts(PostgresServer::of_this_program()->new_database());
}

TEST(Events, OneStreamMoreThanTheLimitIsRefusedUntilOneEnds) {
  EventPace pace;
  pace.most_streams = 2;
  RunningIntake gateway(intake_settings(), pace);
  auto first = std::make_unique<EventReader>(reader_of(gateway));
  auto second = reader_of(gateway);
  auto third = reader_of(gateway);
  EXPECT_THAT(third.head(), AllOf(StartsWith("HTTP/1.0 503 "), HasSubstr("Retry-After: 5\r\n")));
  EXPECT_THAT(third.block(), AllOf(HasSubstr("api.busy"), HasSubstr("2 event streams")));
  EXPECT_EQ(gateway.get("/v1/changes").status, 200U);
  first.reset();
  EXPECT_TRUE(eventually([&] { return reader_of(gateway).head().starts_with("HTTP/1.0 200 "); }));
}

TEST(Events, TheStopOfTheGatewayEndsThem) {
  auto gateway = std::make_unique<RunningIntake>(intake_settings(), woken_alone());
  auto reader = reader_of(*gateway);
  const auto begin = std::chrono::steady_clock::now();
  gateway.reset();
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(3));
  EXPECT_FALSE(reader.event());
}

}  // namespace
}  // namespace tests
