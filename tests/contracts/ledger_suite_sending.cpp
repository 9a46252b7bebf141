// What every ledger promises to dispatch.
#include <utility>

#include "tests/contracts/ledger_suite.h"

namespace tests {

using namespace gateway::ledger;  // the suite speaks the ledger's own words
using enum gateway::lifecycle::State;

TEST_P(LedgerSuite, accepted_documents_are_due_at_once_oldest_first_and_only_for_their_port) {
  const NewVersion later = new_version("A2");
  ASSERT_TRUE(ledger().accept(std::span(&later, 1), std::nullopt, at(10)));
  accept("A1");
  NewVersion elsewhere = new_version("A3");
  elsewhere.port = "dxp";
  accept(elsewhere);
  const auto due = ledger().due_documents(port, at(10), 100, {});
  ASSERT_EQ(due.size(), 2U);
  EXPECT_EQ(due[0].key, new_version("A1").key);
  EXPECT_EQ(due[0].guid, "GUID-A1-1");
  EXPECT_EQ(due[0].revision, standing(due[0].ref.id).revision);
  EXPECT_EQ(ledger().due_documents(port, at(9), 100, {}).size(), 1U);
  EXPECT_EQ(ledger().due_documents(port, at(10), 1, {}).size(), 1U);
}

TEST_P(LedgerSuite, a_sealed_message_keeps_its_exact_bytes_and_is_due) {
  const std::string id = accept("A1").id;
  const std::string bytes("<a>\0\xff</a>", 9);
  const Move move = move_to(id, sealed);
  ASSERT_TRUE(ledger().seal({"M1", "CEB311Message", "4601960001", port, "sm2-sm3", bytes, "env" + bytes, {move.ref}},
                            std::span(&move, 1), at(1)));
  reopen();
  EXPECT_TRUE(ledger().due_documents(port, at(9), 100, {}).empty());
  const auto due = ledger().due_messages(port, at(1), 100, {});
  ASSERT_EQ(due.size(), 1U);
  EXPECT_EQ(due[0].guid, "M1");
  EXPECT_EQ(ledger().envelope_of("M1"), "env" + bytes);
  EXPECT_EQ(due[0].tries, 0);
  EXPECT_EQ(due[0].tried_since, at(1)) << "when it was sealed";
  ASSERT_EQ(due[0].documents.size(), 1U);
  EXPECT_EQ(due[0].documents[0], (std::pair<DocumentRef, State>({id, 1}, sealed)));
  const auto kept = ledger().message_of(id, {});
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->signed_xml, bytes);
  EXPECT_EQ(kept->dialect, "sm2-sm3");
}

TEST_P(LedgerSuite, sealing_writes_nothing_if_one_of_the_documents_has_moved) {
  const std::string first = accept("A1").id;
  const std::string second = accept("A2").id;
  const std::vector<Move> moves{move_to(first, sealed), move_to(second, sealed)};
  ASSERT_TRUE(ledger().move(move_to(second, held), at(1)));
  const SealedMessage message{"M1", "CEB311Message", "4601960001", port, "", "", "", {moves[0].ref, moves[1].ref}};
  EXPECT_FALSE(ledger().seal(message, moves, at(1)));
  EXPECT_EQ(standing(first).summary.picture.state, accepted);
  EXPECT_TRUE(ledger().due_messages(port, at(9), 100, {}).empty());
  EXPECT_FALSE(ledger().message_of(first, {}));
}

TEST_P(LedgerSuite, a_delivery_is_counted_and_told) {
  const std::string id = accept("A1").id;
  seal("M1", {id});
  const auto delivery = ledger().begin_delivery("M1", at(2));
  ASSERT_TRUE(delivery);
  EXPECT_FALSE(ledger().begin_delivery("M1", at(2))) << "its bytes are leaving";
  EXPECT_TRUE(ledger().due_messages(port, at(9), 100, {}).empty()) << "its bytes are leaving";
  ledger().finish_delivery(*delivery, {DeliveryOutcome::unreachable, "connection refused"}, at(3),
                           [](const Standing& now) {
                             EXPECT_EQ(now.deliveries_begun, 1);
                             EXPECT_EQ(now.summary.picture.state, sealed);
                             return std::optional(Ledger::Next{{deferred, "", "", ""}, at(8)});
                           });
  EXPECT_TRUE(ledger().abandoned_deliveries().empty());
  EXPECT_TRUE(ledger().due_messages(port, at(7), 100, {}).empty());
  const auto due = ledger().due_messages(port, at(8), 100, {});
  ASSERT_EQ(due.size(), 1U);
  EXPECT_EQ(due[0].tries, 1);
  EXPECT_EQ(due[0].tried_since, at(2));
  const auto whole = ledger().document(id, {});
  ASSERT_EQ(whole->deliveries.size(), 1U);
  EXPECT_EQ(whole->deliveries[0].outcome, DeliveryOutcome::unreachable);
  EXPECT_EQ(whole->deliveries[0].answer, "connection refused");
  EXPECT_EQ(whole->deliveries[0].at, at(2));
}

TEST_P(LedgerSuite, a_delivery_that_was_never_finished_is_found_after_reopening) {
  seal("M1", {accept("A1").id});
  const auto delivery = ledger().begin_delivery("M1", at(2));
  reopen();
  ASSERT_EQ(ledger().abandoned_deliveries().size(), 1U);
  EXPECT_EQ(ledger().abandoned_deliveries()[0].first, delivery);
}

TEST_P(LedgerSuite, a_delivery_is_finished_once) {
  const std::string id = accept("A1").id;
  seal("M1", {id});
  const auto delivery = ledger().begin_delivery("M1", at(2));
  const auto to = [](State state) {
    return [state](const Standing&) { return std::optional(Ledger::Next{{state, "", "", ""}, {}}); };
  };
  ledger().finish_delivery(*delivery, {DeliveryOutcome::confirmed, "OK"}, at(3), to(sent));
  ledger().finish_delivery(*delivery, {DeliveryOutcome::unknown, ""}, at(4), to(unconfirmed));
  EXPECT_EQ(standing(id).summary.picture.state, sent);
}

TEST_P(LedgerSuite, a_message_whose_documents_are_all_done_is_not_sent_again) {
  const std::string id = accept("A1").id;
  seal("M1", {id});
  deliver("M1", unconfirmed, at(20));
  ASSERT_TRUE(receive(id, "2", {settled, "2", "lodged", ""}));
  EXPECT_FALSE(ledger().begin_delivery("M1", at(30)));
  EXPECT_FALSE(ledger().begin_delivery("unknown", at(30)));
  EXPECT_TRUE(ledger().due_messages(port, at(30), 100, {}).empty());
}

TEST_P(LedgerSuite, a_message_is_due_with_the_earliest_of_its_documents_that_wait) {
  const std::string first = accept("A1").id;
  const std::string second = accept("A2").id;
  seal("M1", {first, second});
  deliver("M1", unconfirmed, at(20));
  Move sooner = move_to(second, unconfirmed);
  sooner.due = at(10);
  ASSERT_TRUE(ledger().move(sooner, at(4)));
  EXPECT_TRUE(ledger().due_messages(port, at(9), 100, {}).empty());
  EXPECT_EQ(ledger().due_messages(port, at(10), 100, {}).size(), 1U);
  ASSERT_TRUE(receive(second, "2", {settled, "2", "lodged", ""}));
  EXPECT_TRUE(ledger().due_messages(port, at(19), 100, {}).empty());
  EXPECT_EQ(ledger().due_messages(port, at(20), 100, {}).size(), 1U);
}

TEST_P(LedgerSuite, a_delivery_is_abandoned_when_its_gateway_has_gone) {
  seal("M1", {accept("A1").id});
  const auto delivery = ledger().begin_delivery("M1", at(2));
  ASSERT_TRUE(delivery);
  EXPECT_TRUE(ledger().abandoned_deliveries().empty()) << "it is this gateway's";
  reopen();
  EXPECT_EQ(ledger().abandoned_deliveries(), (std::vector<std::pair<std::int64_t, std::string>>{{*delivery, "M1"}}));
}

TEST_P(LedgerSuite, no_decision_leaves_a_document_as_it_is) {
  const std::string id = accept("A1").id;
  seal("M1", {id});
  const auto delivery = ledger().begin_delivery("M1", at(2));
  const auto before = standing(id).revision;
  ledger().finish_delivery(*delivery, {DeliveryOutcome::confirmed, "OK"}, at(3),
                           [](const Standing&) { return std::optional<Ledger::Next>(); });
  EXPECT_EQ(standing(id).revision, before);
  EXPECT_EQ(standing(id).summary.picture.state, sealed);
}

}  // namespace tests
