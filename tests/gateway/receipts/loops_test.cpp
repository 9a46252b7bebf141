// The loops: what silence does, and the windows of what is polled.
#include <boost/asio/co_spawn.hpp>
#include <gmock/gmock.h>

#include "gateway/receipts/receipts.h"
#include "tests/gateway/receipts/receipts_bench.h"

namespace {

using namespace testing;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using tests::Fields;
using tests::InboundState;
using tests::State;

class Loops : public tests::ReceiptsBench {
 protected:
  void start() {
    receipts = std::make_unique<gateway::receipts::Receipts>(
        bench.io.get_executor(), gateway::receipts::Parts{bench.settings, bench.catalog, bench.knowledge, *bench.sealer,
                                                          *bench.ledger, bench.store, bench.clock, bench.channels});
    receipts->start();
  }
  void stop() {
    bool stopped = false;
    boost::asio::co_spawn(bench.io, receipts->stop(seconds(5)), [&](std::exception_ptr) { stopped = true; });
    EXPECT_TRUE(bench.run_until([&] { return stopped; }));
    receipts.reset();
  }
  void TearDown() override {
    if (receipts) stop();
  }
  void listed(const std::string& number, base::Time marked, const std::string& status = "2") {
    const Fields fields{{"orderNo", number},
                        {"ebpCode", "4601960001"},
                        {"returnStatus", status},
                        {"returnedAt", std::to_string(marked.time_since_epoch().count())},
                        {"dxpId", "DXPENT0000000001"}};
    bench.channel->listings["/ceb312msg"].push_back(
        {codecs::hainan::write_record(tests::form("CEB312Message"), fields), marked});
  }
  bool asked_since(base::Time since) {
    return bench.run_until([&] {
      return std::ranges::any_of(bench.channel->asked, [&](const auto& window) {
        return window.source == "/ceb312msg" && window.since == since;
      });
    });
  }
  base::Time overlap_before(base::Time time) { return time - bench.settings.ports[0].overlap; }

  std::unique_ptr<gateway::receipts::Receipts> receipts;
};

TEST_F(Loops, a_document_that_hears_nothing_in_its_time_is_held_and_a_late_receipt_still_moves_it) {
  const auto silent = sent_order("A1");
  bench.clock.advance(hours(23));
  const auto recent = sent_order("A2");
  bench.clock.advance(hours(1));
  start();
  EXPECT_TRUE(bench.run_until([&] { return state(silent) == State::held; }));
  EXPECT_THAT(picture(silent).reason, HasSubstr("no receipt within its time"));
  EXPECT_EQ(state(recent), State::sent);
  order_receipt("A1", "2");
  apply();
  EXPECT_EQ(state(silent), State::settled);
}

TEST_F(Loops, one_that_has_heard_but_not_the_end_has_longer) {
  const auto passing = sent_order("A1");
  order_receipt("A1", "300");
  apply();
  ASSERT_EQ(state(passing), State::sent);
  bench.clock.advance(hours(48));
  start();
  EXPECT_TRUE(bench.run_until([&] { return bench.channel->asked.size() > 3; }));
  EXPECT_EQ(state(passing), State::sent);
  stop();
  bench.clock.advance(hours(24 * 30));
  start();
  EXPECT_TRUE(bench.run_until([&] { return state(passing) == State::held; }));
  EXPECT_THAT(picture(passing).reason, HasSubstr("no final receipt"));
}

TEST_F(Loops, the_window_survives_a_restart_and_what_overlaps_is_applied_once) {
  const auto order = sent_order("A1");
  const auto marked = bench.clock.now() + seconds(1);
  bench.clock.advance(minutes(1));
  listed("A1", marked);
  start();
  EXPECT_TRUE(asked_since(overlap_before(marked)));
  stop();
  bench.reopen_ledger();
  bench.channel->asked.clear();
  listed("A1", marked + seconds(2), "120");
  start();
  EXPECT_TRUE(asked_since(overlap_before(marked)));
  EXPECT_TRUE(asked_since(overlap_before(marked + seconds(2))));
  EXPECT_TRUE(bench.run_until([&] { return bench.standing(order).receipts.size() == 2; }));
  EXPECT_EQ(inbound(InboundState::applied), 2U);
}

TEST_F(Loops, a_mark_from_the_future_moves_the_window_to_now_at_most) {
  sent_order("A1");
  listed("A1", bench.clock.now() + hours(24 * 365));
  start();
  EXPECT_TRUE(asked_since(overlap_before(bench.clock.now())));
  stop();
  const gateway::ledger::WindowKey key{"hainan", "/ceb312msg", "DXPENT0000000001"};
  EXPECT_EQ(bench.ledger->window(key), bench.clock.now());
}

TEST_F(Loops, a_window_that_is_ahead_of_the_clock_is_asked_from_now) {
  sent_order("A1");
  bench.ledger->store_inbound({}, {"hainan", "/ceb312msg", "DXPENT0000000001"}, bench.clock.now() + hours(5));
  start();
  EXPECT_TRUE(asked_since(overlap_before(bench.clock.now())));
}

TEST_F(Loops, a_port_whose_clock_is_behind_is_asked_from_before_the_first_send) {
  sent_order("A1");
  start();
  EXPECT_TRUE(asked_since(bench.clock.now() - minutes(10)));
  const auto marked = bench.clock.now() - minutes(9);
  listed("A1", marked);
  EXPECT_TRUE(asked_since(overlap_before(marked)));
}

}  // namespace
