// Receipts of documents that have left the ledger for the archive: none is lost, and each is applied after the return.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/gateway/receipts/receipts_bench.h"

namespace tests {
namespace {

using testing::HasSubstr;

class ReceiptsOfArchived : public ReceiptsBench {
 protected:
  // What the archive would do with it.
  gateway::ledger::LeavingDocument archive(const DocumentRef& ref) {
    bench.accept_order("newest of the feed");
    const gateway::ledger::Retention all{bench.clock.now() + std::chrono::hours(1), {}, bench.clock.now()};
    for (auto& document : bench.ledger->finished_documents(all, {}, 100).documents) {
      if (document.id != ref.id) continue;
      message_ = bench.ledger->kept_message(document.messages.at(0))->line;
      const gateway::ledger::WrittenDocument written{document.id, document.mark, {}};
      EXPECT_EQ(bench.ledger->take_out({"FILE", "", {}, {}, 0, false}, {&written, 1}, all), 1U);
      return std::move(document);
    }
    throw std::logic_error("it may not leave");
  }
  void restore(const gateway::ledger::LeavingDocument& document) {
    EXPECT_TRUE(
        bench.ledger->restore({document.id, document.line, {message_}, "operator", "asked for", bench.clock.now()}));
    bench.ledger->retry_unmatched();
  }
  std::string reason() {
    gateway::ledger::InboundQuery query;
    query.state = InboundState::unmatched;
    const auto records = bench.ledger->inbound(query);
    return records.size() == 1 ? records.front().reason : std::to_string(records.size()) + " records";
  }

  std::string message_;
};

TEST_F(ReceiptsOfArchived, a_late_receipt_waits_and_says_for_what_and_is_applied_after_the_return) {
  const auto order = sent_order("A1");
  const std::string guid = bench.standing(order).guid;
  order_receipt("A1", "2", guid);
  apply();
  const auto document = archive(order);
  order_receipt("A1", "120", guid, 2);
  apply();
  EXPECT_THAT(reason(), HasSubstr("archived in FILE"));
  EXPECT_THAT(reason(), HasSubstr(order.id));
  bench.ledger->retry_unmatched();
  apply();
  EXPECT_EQ(inbound(InboundState::unmatched), 1U) << "it is still away";
  restore(document);
  apply();
  EXPECT_EQ(picture(order).stage, "120");
  EXPECT_EQ(bench.standing(order).receipts.size(), 2U);
  EXPECT_EQ(inbound(InboundState::unmatched), 0U);
}

TEST_F(ReceiptsOfArchived, one_that_names_the_key_alone_waits_too_and_is_not_taken_for_another_systems) {
  const auto order = sent_order("A1");
  order_receipt("A1", "2", bench.standing(order).guid);
  apply();
  archive(order);
  order_receipt("A1", "120", "", 2);
  apply();
  EXPECT_THAT(reason(), HasSubstr("archived in FILE"));
  EXPECT_EQ(inbound(InboundState::foreign), 0U);
  order_receipt("B1", "120", "", 3);
  apply();
  EXPECT_EQ(inbound(InboundState::foreign), 1U) << "nobody here knows of it";
}

}  // namespace
}  // namespace tests
