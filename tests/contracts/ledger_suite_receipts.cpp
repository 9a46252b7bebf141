// What every ledger promises to the receipts loop.
#include <map>

#include "tests/contracts/ledger_suite.h"

namespace tests {

using namespace gateway::ledger;  // the suite speaks the ledger's own words
using enum gateway::lifecycle::State;

TEST_P(LedgerSuite, a_record_is_stored_once_and_the_window_with_it) {
  EXPECT_FALSE(ledger().window(orders));
  const std::string bytes("[\0\xfe]", 4);
  const std::vector<InboundRecord> records{{"d1", port, "/ceb312msg", dxp_id, bytes, at(4)},
                                           {"d2", port, "/ceb312msg", dxp_id, "b", at(4)},
                                           {"d1", port, "/ceb312msg", dxp_id, bytes, at(4)}};
  EXPECT_EQ(ledger().store_inbound(records, orders, at(50)), 2U);
  EXPECT_EQ(ledger().store_inbound(records, orders, at(60)), 0U);
  reopen();
  EXPECT_EQ(ledger().window(orders), at(60));
  EXPECT_FALSE(ledger().window({port, "/ceb622msg", dxp_id}));
  const auto fresh = ledger().fresh_inbound(100);
  ASSERT_EQ(fresh.size(), 2U);
  EXPECT_EQ(fresh[0].digest, "d1");
  EXPECT_EQ(fresh[0].bytes, bytes);
  EXPECT_EQ(fresh[0].source, "/ceb312msg");
  EXPECT_EQ(ledger().fresh_inbound(1).size(), 1U);
}

TEST_P(LedgerSuite, an_applied_receipt_is_written_with_its_picture_and_numbers) {
  const std::string id = accept("A1").id;
  ASSERT_TRUE(receive(id, "120", {sent, "120", "", ""}, {{"preNo", "B1"}, {"invtNo", "I1"}, {"customsGuid", "C1"}}));
  EXPECT_TRUE(ledger().fresh_inbound(100).empty());
  const Standing now = standing(id);
  EXPECT_EQ(now.summary.picture, (Picture{sent, "120", "", ""}));
  ASSERT_EQ(now.receipts.size(), 1U);
  EXPECT_EQ(now.receipts[0].status, "120");
  EXPECT_EQ(now.receipts[0].returned_at, at(5));
  EXPECT_EQ(now.receipts[0].info, "info 120");
  EXPECT_EQ(now.learnt, (std::map<std::string, std::string>{{"invtNo", "I1"}, {"preNo", "B1"}}));
  EXPECT_EQ(ledger().by_number("customsGuid", "C1", dxp_id).size(), 1U);
  const auto whole = ledger().document(id, {});
  ASSERT_EQ(whole->receipts.size(), 1U);
  EXPECT_EQ(whole->receipts[0].return_time, "20231115061325000");
  EXPECT_EQ(whole->receipts[0].effect, "settled");
}

TEST_P(LedgerSuite, a_receipt_is_not_applied_to_a_document_that_has_moved_on) {
  const std::string id = accept("A1").id;
  store("d1");
  Ledger::Applied applied{"d1", {"2", "", "", at(5), at(6), "settled"}, {{"preNo", "B1"}}, move_to(id, settled)};
  ASSERT_TRUE(ledger().move(move_to(id, held), at(1)));
  EXPECT_FALSE(ledger().apply_receipt(applied));
  EXPECT_EQ(ledger().fresh_inbound(100).size(), 1U);
  EXPECT_TRUE(ledger().by_number("preNo", "B1", dxp_id).empty());
  EXPECT_TRUE(standing(id).receipts.empty());
}

TEST_P(LedgerSuite, codes_that_nobody_explains_are_counted_with_the_receipt) {
  const std::string id = accept("A1").id;
  const auto receive_unknown = [&](const std::string& digest, const std::string& code, int second) {
    store(digest);
    Ledger::Applied applied{digest, {code, "", "", at(5), at(second), "sent"}, {}, move_to(id, sent)};
    applied.unexplained = UnexplainedCode{"CEB311Message", code, "text " + digest, 0, {}, {}};
    return ledger().apply_receipt(applied);
  };
  ASSERT_TRUE(receive_unknown("d1", "-1", 10));
  ASSERT_TRUE(receive_unknown("d2", "-2", 11));
  ASSERT_TRUE(receive_unknown("d3", "-2", 12));
  ASSERT_TRUE(receive_unknown("d3", "-2", 13)) << "applied already";
  reopen();
  const auto codes = ledger().unexplained_codes();
  ASSERT_EQ(codes.size(), 2U);
  EXPECT_EQ(codes[0].code, "-2");
  EXPECT_EQ(codes[0].times, 2);
  EXPECT_EQ(codes[0].first_seen, at(11));
  EXPECT_EQ(codes[0].last_seen, at(12));
  EXPECT_EQ(codes[0].example, "text d3");
  EXPECT_EQ(codes[1].times, 1);
  EXPECT_EQ(ledger().backlog().unexplained_codes, 2U);
}

TEST_P(LedgerSuite, only_so_many_different_codes_are_counted) {
  const std::string id = accept("A1").id;
  for (std::size_t i = 0; i <= Ledger::most_unexplained_codes; ++i) {
    const std::string code = "-" + std::to_string(i);
    store(code);
    Ledger::Applied applied{code, {code, "", "", at(5), at(6), "sent"}, {}, move_to(id, sent)};
    applied.unexplained = UnexplainedCode{"CEB311Message", code, "", 0, {}, {}};
    ASSERT_TRUE(ledger().apply_receipt(applied));
  }
  EXPECT_EQ(ledger().unexplained_codes().size(), Ledger::most_unexplained_codes);
  EXPECT_EQ(standing(id).receipts.size(), Ledger::most_unexplained_codes + 1);
}

TEST_P(LedgerSuite, arrivals_are_counted_in_their_order) {
  const std::string id = accept("A1").id;
  ASSERT_TRUE(receive(id, "2", {sent, "2", "", ""}));
  ASSERT_TRUE(receive(id, "120", {sent, "120", "", ""}));
  const auto receipts = standing(id).receipts;
  ASSERT_EQ(receipts.size(), 2U);
  EXPECT_LT(receipts[0].arrival, receipts[1].arrival);
}

TEST_P(LedgerSuite, documents_are_found_by_both_guids_and_by_their_own_numbers) {
  const std::string id = accept("A1").id;
  seal("ROOT-1", {id});
  const std::vector<DocumentRef> expected{{id, 1}};
  EXPECT_EQ(ledger().by_number("guid", "GUID-A1-1", dxp_id), expected);
  EXPECT_EQ(ledger().by_number("guid", "ROOT-1", dxp_id), expected);
  EXPECT_EQ(ledger().by_number("orderNo", "A1", dxp_id), expected);
  EXPECT_TRUE(ledger().by_number("orderNo", "GUID-A1-1", dxp_id).empty());
  EXPECT_TRUE(ledger().by_number("guid", "GUID-A1-1", "DXPENT0000000002").empty());
}

TEST_P(LedgerSuite, several_matches_of_a_number_are_all_given) {
  const std::string first = accept("A1").id;
  const std::string second = accept("A2").id;
  seal("ROOT-1", {first, second});
  EXPECT_EQ(ledger().by_number("guid", "ROOT-1", dxp_id).size(), 2U);
}

TEST_P(LedgerSuite, key_parts_match_with_any_of_them_left_out) {
  const std::string id = accept("A1").id;
  NewVersion strange = new_version("B/1%");
  strange.key = "CEB311Message/4601960001/B%2F1%25";
  const std::string strange_id = accept(strange).id;
  using Parts = std::vector<std::optional<std::string>>;
  const auto found = [this](const Parts& parts) { return ledger().by_key_parts("CEB311Message", parts, dxp_id); };
  EXPECT_EQ(found({"4601960001", "A1"}), (std::vector<DocumentRef>{{id, 1}}));
  EXPECT_EQ(found({std::nullopt, "A1"}), (std::vector<DocumentRef>{{id, 1}}));
  EXPECT_EQ(found({"4601960001", "B/1%"}), (std::vector<DocumentRef>{{strange_id, 1}}));
  EXPECT_EQ(found({"4601960001", std::nullopt}).size(), 2U);
  EXPECT_TRUE(found({"4601960002", "A1"}).empty());
  EXPECT_TRUE(found({"A1"}).empty());
  EXPECT_TRUE(found({}).empty());
  EXPECT_TRUE(ledger().by_key_parts("CEB411Message", Parts{"4601960001", "A1"}, dxp_id).empty());
  EXPECT_TRUE(ledger().by_key_parts("CEB311Message", Parts{"4601960001", "A1"}, "DXPENT0000000002").empty());
}

TEST_P(LedgerSuite, what_matches_nothing_is_kept_and_tried_again) {
  store("d1");
  ledger().set_inbound("d1", InboundState::unmatched, "no document", {});
  EXPECT_TRUE(ledger().fresh_inbound(100).empty());
  EXPECT_EQ(ledger().backlog().inbound, (std::map<InboundState, std::size_t>{{InboundState::unmatched, 1}}));
  ledger().retry_unmatched();
  EXPECT_EQ(ledger().fresh_inbound(100).size(), 1U);
}

TEST_P(LedgerSuite, numbers_of_a_foreign_record_are_foreign_for_its_sender_only) {
  store("d1");
  const std::vector<Number> numbers{{"preNo", "F1"}};
  ledger().set_inbound("d1", InboundState::foreign, "another system's", numbers);
  EXPECT_TRUE(ledger().is_foreign_number(numbers[0], dxp_id));
  EXPECT_FALSE(ledger().is_foreign_number(numbers[0], "DXPENT0000000002"));
  EXPECT_FALSE(ledger().is_foreign_number({"invtNo", "F1"}, dxp_id));
  store("d2");
  ledger().set_inbound("d2", InboundState::unreadable, "garbled", std::vector<Number>{{"preNo", "F2"}});
  EXPECT_FALSE(ledger().is_foreign_number({"preNo", "F2"}, dxp_id));
  ledger().retry_unmatched();
  EXPECT_TRUE(ledger().fresh_inbound(100).empty());
}

TEST_P(LedgerSuite, first_sends_and_the_earliest_that_is_not_settled_are_known) {
  const std::string id = accept("A1").id;
  EXPECT_TRUE(ledger().first_sends(id).empty());
  EXPECT_FALSE(ledger().earliest_unsettled_send(port));
  seal("M1", {id});
  deliver("M1", unconfirmed, at(20));
  deliver("M1", sent);
  EXPECT_EQ(ledger().first_sends(id), (std::vector<std::pair<int, base::Time>>{{1, at(2)}}));
  EXPECT_EQ(standing(id).deliveries_begun, 2);
  EXPECT_EQ(ledger().earliest_unsettled_send(port), at(2));
  EXPECT_FALSE(ledger().earliest_unsettled_send("dxp"));
  ASSERT_TRUE(receive(id, "2", {settled, "2", "lodged", ""}));
  EXPECT_FALSE(ledger().earliest_unsettled_send(port));
}

}  // namespace tests
