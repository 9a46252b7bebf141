// What becomes of a message that the port refuses as such.
#include <gmock/gmock.h>

#include "codecs/ceb/xml_codec.h"
#include "codecs/hainan/envelope.h"
#include "tests/gateway/dispatch/running_dispatch.h"

namespace {

using namespace testing;
using gateway::channels::Outcome;
using gateway::ledger::DocumentRef;
using gateway::lifecycle::State;

class TakingApart : public tests::RunningDispatch {
 protected:
  std::vector<DocumentRef> three_in_one_message() {
    bench.settings.ports[0].batch_limit = 10;
    std::vector<DocumentRef> orders{bench.accept_order("A1"), bench.accept_order("A2"), bench.accept_order("A3")};
    bench.clock.advance(std::chrono::seconds(1));  // past the linger
    return orders;
  }
  std::size_t documents_sent(std::size_t n) {
    const auto envelope = codecs::hainan::read_envelope(bench.channel->sent.at(n));
    return codecs::ceb::read_xml(bench.catalog, envelope->xml)->documents.size();
  }
};

TEST_F(TakingApart, documents_of_a_refused_message_go_alone_and_only_the_bad_one_is_held) {
  const auto orders = three_in_one_message();
  bench.channel->answers = {{Outcome::refused, "HTTP 400 bad"}, {Outcome::refused, "HTTP 400 bad"}};
  start();
  int held = 0;
  EXPECT_TRUE(bench.run_until([&] {
    held = 0;
    int sent = 0;
    for (const auto& order : orders) {
      held += state(order) == State::held ? 1 : 0;
      sent += state(order) == State::sent ? 1 : 0;
    }
    return held == 1 && sent == 2;
  }));
  ASSERT_EQ(bench.channel->sent.size(), 4U) << "one whole, three alone, none again";
  EXPECT_EQ(documents_sent(0), 3U);
  for (std::size_t n = 1; n < 4; ++n) EXPECT_EQ(documents_sent(n), 1U);
  for (const auto& order : orders) {
    const auto standing = bench.standing(order);
    EXPECT_EQ(standing.refused_together, 1);
    const bool is_held = standing.summary.picture.state == State::held;
    EXPECT_EQ(standing.deliveries_begun, is_held ? 0 : 1) << "refused ones do not count";
  }
}

TEST_F(TakingApart, bytes_that_may_have_arrived_before_still_count) {
  const auto orders = three_in_one_message();
  bench.channel->answers = {{Outcome::unknown, "lost"}, {Outcome::refused, "HTTP 400 bad"}};
  start();
  for (const auto& order : orders) EXPECT_TRUE(becomes(order, State::unconfirmed));
  bench.clock.advance(std::chrono::minutes(2));
  dispatch->wake();
  for (const auto& order : orders) EXPECT_TRUE(becomes(order, State::sent));
  EXPECT_EQ(bench.standing(orders[0]).deliveries_begun, 2) << "the lost one, and the one that went alone";
}

TEST_F(TakingApart, a_document_that_was_refused_alone_is_held_with_the_ports_words) {
  const auto order = bench.accept_order("A1");
  bench.channel->answers = {{Outcome::refused, "HTTP 400 bad"}};
  start();
  EXPECT_TRUE(becomes(order, State::held));
  EXPECT_THAT(bench.standing(order).summary.picture.reason, HasSubstr("HTTP 400 bad"));
  EXPECT_EQ(bench.standing(order).refused_together, 0);
}

}  // namespace
