// Late, repeated and reordered receipts, through the ledger.
#include <algorithm>
#include <gmock/gmock.h>
#include <random>

#include "tests/gateway/receipts/receipts_bench.h"
#include "tests/support/documents.h"

namespace {

using namespace testing;
using tests::DocumentRef;
using tests::InboundState;
using tests::State;

class OrderOfArrival : public tests::ReceiptsBench {};

struct Said {
  std::string status;
  int seconds;
};

TEST_F(OrderOfArrival, every_order_and_repetition_gives_the_same_picture) {
  std::mt19937 random(20260131);
  const std::vector<Said> all{{"2", 1}, {"120", 2}, {"100", 3}, {"-301010", 3}, {"399", 4}, {"700", 5}, {"300", 6}};
  std::vector<DocumentRef> orders;
  for (int round = 0; round < 12; ++round) {
    orders.push_back(sent_order("R" + std::to_string(round)));
    std::vector<Said> come = all;
    for (const Said& one : all) {
      if (random() % 2 == 0) come.push_back(one);
    }
    std::ranges::shuffle(come, random);
    for (const Said& one : come) {
      order_receipt("R" + std::to_string(round), one.status, {}, one.seconds);
      if (random() % 3 == 0) apply();  // several in one transaction, or each in its own
    }
  }
  apply();
  // -301010 and 100 are of one moment: both refuse, whichever came first.
  for (const DocumentRef& order : orders) EXPECT_EQ(picture(order), picture(orders.front())) << order.id;
  EXPECT_EQ(state(orders.front()), State::sent) << "300 came last";
  EXPECT_EQ(inbound(InboundState::applied), static_cast<std::size_t>(arrived));
}

TEST_F(OrderOfArrival, a_receipt_for_an_earlier_version_is_recorded_there_and_leaves_the_newer_one) {
  const auto first = sent_order("A1");
  const std::string guid = bench.standing(first).guid;
  order_receipt("A1", "100", guid, 1);
  apply();
  bench.clock.advance(std::chrono::minutes(1));
  const auto second = sent(bench.accept("CEB311Message", tests::order_document({.number = "A1"}), 2));
  order_receipt("A1", "120", guid, 30);  // names the first, although the second is on its way
  apply();
  EXPECT_EQ(picture({first.id, 1}).stage, "120");
  EXPECT_EQ(picture(second), (gateway::ledger::Picture{State::sent, "", "", ""}));
}

TEST_F(OrderOfArrival, more_than_a_wave_holds_is_applied_all_the_same) {
  const auto order = sent_order("A1");
  for (int second = 0; second < 30; ++second) order_receipt("A1", "120", {}, second);
  EXPECT_EQ(gateway::receipts::apply_fresh(tools(), 30), gateway::receipts::Rest::more) << "there may be others";
  EXPECT_EQ(gateway::receipts::apply_fresh(tools(), 30), gateway::receipts::Rest::none);
  EXPECT_EQ(bench.standing(order).receipts.size(), 30U);
}

}  // namespace
