#include "gateway/dispatch/dispatch.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "codecs/ceb/xml_codec.h"
#include "codecs/hainan/envelope.h"
#include "tests/gateway/dispatch/running_dispatch.h"

namespace {

using namespace testing;
using gateway::channels::Outcome;
using gateway::ledger::DocumentRef;
using gateway::lifecycle::State;

class DispatchTest : public tests::RunningDispatch {
 protected:
  // Documents in the message that was sent `n`th.
  std::size_t documents_sent(std::size_t n) {
    const auto envelope = codecs::hainan::read_envelope(bench.channel->sent.at(n));
    return codecs::ceb::read_xml(bench.catalog, envelope->xml)->documents.size();
  }
};

TEST_F(DispatchTest, an_accepted_document_is_sealed_and_sent) {
  const auto order = bench.accept_order("A1");
  start();
  EXPECT_TRUE(becomes(order, State::sent));
  ASSERT_EQ(bench.channel->sent.size(), 1U);
  const auto kept = bench.ledger->message_of(order.id, std::nullopt);
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->envelope, bench.channel->sent[0]);
}

TEST_F(DispatchTest, documents_of_one_type_share_a_message_up_to_the_ports_limit) {
  bench.settings.ports[0].batch_limit = 2;
  std::vector<DocumentRef> orders{bench.accept_order("A1"), bench.accept_order("A2"), bench.accept_order("A3")};
  bench.clock.advance(std::chrono::seconds(1));  // past the linger
  start();
  for (const auto& order : orders) EXPECT_TRUE(becomes(order, State::sent));
  ASSERT_EQ(bench.channel->sent.size(), 2U);
  EXPECT_EQ(documents_sent(0) + documents_sent(1), 3U);
}

TEST_F(DispatchTest, an_unreachable_port_defers_and_the_same_bytes_go_when_it_is_back) {
  const auto order = bench.accept_order("A1");
  bench.channel->answers = {{Outcome::unreachable, "connection refused"}};
  start();
  EXPECT_TRUE(becomes(order, State::deferred));
  EXPECT_THAT(bench.standing(order).summary.picture.reason, HasSubstr("connection refused"));
  bench.clock.advance(std::chrono::seconds(6));
  dispatch->wake();
  EXPECT_TRUE(becomes(order, State::sent));
  ASSERT_EQ(bench.channel->sent.size(), 2U);
  EXPECT_EQ(bench.channel->sent[0], bench.channel->sent[1]);
}

TEST_F(DispatchTest, a_lost_answer_leaves_the_document_unconfirmed_until_the_same_bytes_go_again) {
  const auto order = bench.accept_order("A1");
  bench.channel->answers = {{Outcome::unknown, "connection reset"}};
  start();
  EXPECT_TRUE(becomes(order, State::unconfirmed));
  EXPECT_EQ(bench.channel->sent.size(), 1U);
  bench.clock.advance(std::chrono::seconds(21));
  dispatch->wake();
  EXPECT_TRUE(becomes(order, State::sent));
  EXPECT_EQ(bench.channel->sent[0], bench.channel->sent.at(1));
}

TEST_F(DispatchTest, what_the_port_refuses_is_held_with_its_text) {
  const auto order = bench.accept_order("A1");
  bench.channel->answers = {{Outcome::refused, "400 bad envelope"}};
  start();
  EXPECT_TRUE(becomes(order, State::held));
  EXPECT_THAT(bench.standing(order).summary.picture.reason, HasSubstr("400 bad envelope"));
}

TEST_F(DispatchTest, tries_end_after_five_days) {
  const auto order = bench.accept_order("A1");
  bench.channel->answers = {{Outcome::unreachable, "away"}, {Outcome::unreachable, "away"}};
  start();
  EXPECT_TRUE(becomes(order, State::deferred));
  bench.clock.advance(std::chrono::hours(24 * 5) + std::chrono::seconds(1));
  dispatch->wake();
  EXPECT_TRUE(becomes(order, State::held));
  EXPECT_THAT(bench.standing(order).summary.picture.reason, HasSubstr("tries are spent"));
}

TEST_F(DispatchTest, one_document_that_cannot_be_sealed_does_not_hold_back_the_others) {
  bench.settings.ports[0].batch_limit = 10;
  const auto bad = bench.accept("CEB311Message", R"({"OrderHead":{"orderNo":"A0","ebpCode":"4601960001"}})");
  const auto good = bench.accept_order("A1");
  bench.clock.advance(std::chrono::seconds(1));
  start();
  EXPECT_TRUE(becomes(good, State::sent));
  EXPECT_TRUE(becomes(bad, State::held));
  EXPECT_THAT(bench.standing(bad).summary.picture.reason, HasSubstr("cannot be sealed"));
}

TEST_F(DispatchTest, a_delivery_that_a_crash_left_begun_is_unknown_at_the_next_start) {
  const auto order = bench.accept_order("A1");
  bench.channel->answers = {{Outcome::unreachable, "away"}};
  start();
  ASSERT_TRUE(becomes(order, State::deferred));
  const auto message = bench.ledger->message_of(order.id, std::nullopt);
  ASSERT_TRUE(bench.ledger->begin_delivery(message->guid, bench.clock.now()));
  TearDown();
  bench.reopen_ledger();
  bench.channel->answers = {{Outcome::unreachable, "away"}};
  start();
  EXPECT_EQ(state(order), State::unconfirmed);
}

}  // namespace
