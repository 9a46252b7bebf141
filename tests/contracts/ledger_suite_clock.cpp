// What every ledger promises where a clock was wrong, or where it could not say whether it has kept something.
#include "tests/contracts/ledger_suite.h"

namespace tests {

using namespace gateway::ledger;  // the suite speaks the ledger's own words
using enum gateway::lifecycle::State;

TEST_P(LedgerSuite, what_a_clock_that_was_ahead_put_off_is_brought_back_and_nothing_else) {
  NewVersion from_the_future = new_version("A1");
  ASSERT_TRUE(ledger().accept(std::span(&from_the_future, 1), std::nullopt, at(90'000)));
  for (const std::string number : {"A2", "A3"}) {
    const std::string id = accept(number).id;
    seal("M-" + number, {id});
    deliver("M-" + number, deferred, number == "A2" ? at(90'000) : at(3'000));
  }
  EXPECT_TRUE(ledger().due_documents(port, at(100), 10, {}).empty());
  EXPECT_EQ(ledger().bring_back(at(4'000), at(100), 1), 2U) << "at most one of each kind at a time";
  EXPECT_EQ(ledger().bring_back(at(4'000), at(100), 1), 0U);
  EXPECT_EQ(ledger().due_documents(port, at(100), 10, {}).size(), 1U);
  const auto due = ledger().due_messages(port, at(100), 10, {});
  ASSERT_EQ(due.size(), 1U);
  EXPECT_EQ(due[0].guid, "M-A2");
  EXPECT_EQ(ledger().due_messages(port, at(3'000), 10, {}).size(), 2U);
}

TEST_P(LedgerSuite, a_delivery_under_way_is_not_brought_back) {
  const std::string id = accept("A1").id;
  seal("M1", {id});
  deliver("M1", deferred, at(90'000));
  ASSERT_EQ(ledger().bring_back(at(4'000), at(100), 10), 1U);
  ASSERT_TRUE(ledger().begin_delivery("M1", at(101)));
  EXPECT_EQ(ledger().bring_back(at(10), at(20), 10), 0U);
}

TEST_P(LedgerSuite, silence_is_put_off_when_the_clock_is_set_forward_and_ends_in_time_when_it_is_set_back) {
  const std::string first = accept("A1").id, second = accept("A2").id;
  seal("M1", {first});
  deliver("M1", sent, at(500));
  seal("M2", {second});
  deliver("M2", sent, at(90'000));
  const auto hold = [](const Standing& document) {
    Picture picture = document.summary.picture;
    picture.state = held;
    return picture;
  };
  ledger().put_off_silence(std::chrono::seconds(300));
  EXPECT_EQ(ledger().move_silent(at(799), 10, hold), 0U);
  EXPECT_EQ(ledger().end_silence(at(1'000), 10), 1U);
  EXPECT_EQ(ledger().end_silence(at(1'000), 10), 0U);
  EXPECT_EQ(ledger().move_silent(at(800), 10, hold), 1U);
  EXPECT_EQ(standing(second).summary.picture.state, sent);
  EXPECT_EQ(ledger().move_silent(at(1'000), 10, hold), 1U);
}

TEST_P(LedgerSuite, notices_that_a_clock_that_was_ahead_put_off_are_brought_back) {
  ledger().begin_notices("erp");
  accept("A1");
  ASSERT_EQ(ledger().make_notices("erp", {}, 10, at(90'000)), 1U);
  EXPECT_TRUE(ledger().due_notices("erp", at(100), 10).empty());
  EXPECT_EQ(ledger().bring_back_notices("another", at(4'000), at(100)), 0U);
  EXPECT_EQ(ledger().bring_back_notices("erp", at(4'000), at(100)), 1U);
  EXPECT_EQ(ledger().due_notices("erp", at(100), 10).size(), 1U);
  EXPECT_EQ(ledger().bring_back_notices("erp", at(4'000), at(100)), 0U);
}

TEST_P(LedgerSuite, the_open_delivery_of_a_message_is_found_by_who_began_it) {
  const std::string id = accept("A1").id;
  seal("M1", {id});
  EXPECT_FALSE(ledger().begun_delivery("M1"));
  const auto delivery = ledger().begin_delivery("M1", at(1));
  EXPECT_EQ(ledger().begun_delivery("M1"), delivery);
  EXPECT_FALSE(ledger().begun_delivery("M2"));
  ledger().finish_delivery(*delivery, {DeliveryOutcome::unreachable, ""}, at(2), [](const Standing&) {
    return std::optional(Ledger::Next{{deferred, "", "", ""}, at(3)});
  });
  EXPECT_FALSE(ledger().begun_delivery("M1"));
}

}  // namespace tests
