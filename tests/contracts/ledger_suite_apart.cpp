// What every ledger promises of messages that were refused as a whole, records that say several things, notices, and
// documents that fall silent.
#include "tests/contracts/ledger_suite.h"

namespace tests {

using namespace gateway::ledger;  // the suite speaks the ledger's own words
using enum gateway::lifecycle::State;
using Applied = Ledger::Applied;

namespace {

Ledger::Decide apart() {
  return [](const Standing& document) {
    Ledger::Next next{document.summary.picture, at(3), Ledger::Message::is_left};
    next.picture.state = accepted;
    return std::optional(next);
  };
}

}  // namespace

TEST_P(LedgerSuite, documents_of_a_message_that_the_port_refused_go_alone_and_its_deliveries_do_not_count) {
  const std::string first = accept("A1").id, second = accept("A2").id, third = accept("A3").id;
  seal("M1", {first, second});
  const auto lost = ledger().begin_delivery("M1", at(2));
  ledger().finish_delivery(*lost, {DeliveryOutcome::unreachable, ""}, at(3), [](const Standing& document) {
    Picture picture = document.summary.picture;
    picture.state = deferred;
    return std::optional(Ledger::Next{picture, at(4)});
  });
  const auto refused_one = ledger().begin_delivery("M1", at(4));
  ledger().finish_delivery(*refused_one, {DeliveryOutcome::refused, "HTTP 400"}, at(5), apart());
  EXPECT_EQ(standing(first).summary.picture.state, accepted);
  EXPECT_EQ(standing(first).deliveries_begun, 0);
  EXPECT_EQ(standing(first).refused_together, 1);
  EXPECT_TRUE(ledger().first_sends(first).empty());
  EXPECT_FALSE(ledger().message_of(first, {}));
  EXPECT_TRUE(ledger().due_messages(port, at(100), 10, {}).empty());
  reopen();
  const auto due = ledger().due_documents(port, at(100), 10, {});
  ASSERT_EQ(due.size(), 3U);
  for (const DueDocument& document : due) EXPECT_EQ(document.goes_alone, document.ref.id != third);
}

TEST_P(LedgerSuite, a_refused_delivery_of_a_lone_document_does_not_count_but_earlier_ones_do) {
  const std::string id = accept("A1").id;
  seal("M1", {id});
  deliver("M1", unconfirmed, at(20));
  const auto again = ledger().begin_delivery("M1", at(30));
  ledger().finish_delivery(*again, {DeliveryOutcome::refused, "HTTP 400"}, at(31), [](const Standing& document) {
    Picture picture = document.summary.picture;
    picture.state = held;
    return std::optional(Ledger::Next{picture, std::nullopt});
  });
  EXPECT_EQ(standing(id).deliveries_begun, 1);
  EXPECT_EQ(ledger().first_sends(id).size(), 1U);
  EXPECT_EQ(standing(id).refused_together, 0);
}

TEST_P(LedgerSuite, a_message_is_found_by_its_guid_with_what_is_still_in_it) {
  const std::string first = accept("A1").id, second = accept("A2").id;
  seal("M1", {first, second});
  deliver("M1", sent);
  EXPECT_FALSE(ledger().sent_message("M2", dxp_id));
  EXPECT_FALSE(ledger().sent_message("M1", "DXPENT0000000002"));
  auto message = ledger().sent_message("M1", dxp_id);
  ASSERT_TRUE(message);
  EXPECT_EQ(message->type, "CEB311Message");
  EXPECT_EQ(message->documents, 2U);
  EXPECT_EQ(message->still_in_it, (std::vector<DocumentRef>{{first, 1}, {second, 1}}));
  store("d1");
  Applied applied{"d1",
                  {"CEB900", "", "-1", at(5), at(6), "accepted", Said::notice, "CEB900Message"},
                  {},
                  move_to(first, accepted)};
  applied.part = "0/" + first;
  applied.move.due = at(6);
  applied.message = Applied::Message::is_left;
  ASSERT_TRUE(ledger().apply_receipt(applied));
  message = ledger().sent_message("M1", dxp_id);
  EXPECT_EQ(message->documents, 2U);
  EXPECT_EQ(message->still_in_it, (std::vector<DocumentRef>{{second, 1}}));
  EXPECT_EQ(standing(first).deliveries_begun, 0);
  EXPECT_TRUE(standing(first).receipts.empty()) << "of the message, not of the document";
  EXPECT_EQ(ledger().document(first, {})->notices.size(), 1U);
  EXPECT_EQ(standing(second).deliveries_begun, 1);
}

TEST_P(LedgerSuite, each_part_of_a_record_is_applied_once_and_the_record_when_it_is_marked) {
  const std::string first = accept("A1").id, second = accept("A2").id;
  store("d1");
  const auto part = [&](const std::string& id, const std::string& name) {
    Applied applied{"d1", {"2", "", "", at(5), at(6), "sent"}, {{"preNo", "B-" + name}}, move_to(id, sent)};
    applied.part = name;
    return applied;
  };
  EXPECT_EQ(ledger().apply_receipts(std::vector{part(first, "0")}), std::vector{Ledger::Written::and_learnt});
  reopen();
  EXPECT_EQ(ledger().fresh_inbound(10).size(), 1U) << "as a kill leaves it";
  EXPECT_EQ(ledger().apply_receipts(std::vector{part(first, "0"), part(second, "1")}),
            (std::vector{Ledger::Written::yes, Ledger::Written::and_learnt}));
  EXPECT_EQ(standing(first).receipts.size(), 1U);
  EXPECT_EQ(standing(second).receipts.size(), 1U);
  ledger().set_inbound("d1", InboundState::applied, {}, {});
  EXPECT_TRUE(ledger().fresh_inbound(10).empty());
  ASSERT_TRUE(ledger().apply_receipt(part(second, "2"))) << "applied as a whole";
  EXPECT_EQ(standing(second).receipts.size(), 1U);
}

TEST_P(LedgerSuite, of_several_receipts_those_are_written_whose_documents_have_not_moved) {
  const std::string first = accept("A1").id, second = accept("A2").id;
  store("d1");
  store("d2");
  const std::vector<Applied> both{{"d1", {"2", "", "", at(5), at(6), "sent"}, {}, move_to(first, sent)},
                                  {"d2", {"2", "", "", at(5), at(6), "sent"}, {}, move_to(second, sent)}};
  ASSERT_TRUE(ledger().move(move_to(first, held), at(1)));
  EXPECT_EQ(ledger().apply_receipts(both), (std::vector{Ledger::Written::moved_on, Ledger::Written::yes}));
  EXPECT_EQ(ledger().fresh_inbound(10).size(), 1U);
  EXPECT_EQ(standing(second).summary.picture.state, sent);
}

TEST_P(LedgerSuite, a_notice_is_told_once_without_moving_and_shown_in_the_timeline) {
  const std::string id = accept("A1").id;
  ASSERT_TRUE(receive(id, "800", {settled, "800", "released", ""}));
  const auto notice = [&](const std::string& digest) {
    store(digest);
    Applied applied{digest,
                    {"1", "", "taxNo=T1", at(7), at(8), "recorded", Said::notice, "CEB816Message"},
                    {},
                    move_to(id, settled)};
    applied.told = "a tax sheet";
    return applied;
  };
  const auto before = ledger().changes(0, {}, 100).size();
  ASSERT_TRUE(ledger().apply_receipt(notice("n1")));
  ASSERT_TRUE(ledger().apply_receipt(notice("n2")));
  EXPECT_EQ(standing(id).summary.picture, (Picture{settled, "800", "released", ""}));
  const auto changes = ledger().changes(0, {}, 100);
  ASSERT_EQ(changes.size(), before + 1);
  EXPECT_EQ(changes.back().reason, "a tax sheet");
  EXPECT_EQ(changes.back().from, settled);
  EXPECT_EQ(changes.back().outcome, "released");
  const auto whole = ledger().document(id, {});
  EXPECT_EQ(whole->notices.size(), 2U);
  EXPECT_EQ(whole->receipts.size(), 1U);
  EXPECT_EQ(whole->timeline.back().reason, "a tax sheet");
  EXPECT_EQ(standing(id).receipts.size(), 1U);
}

TEST_P(LedgerSuite, a_notice_that_decides_counts_as_a_receipt_and_is_listed_as_a_notice) {
  const std::string id = accept("A1").id;
  store("n1");
  Applied applied{"n1",
                  {"CEB792", "", "", at(7), at(8), "settled", Said::deciding_notice, "CEB792Message"},
                  {},
                  move_to(id, settled)};
  applied.told = "the result";
  ASSERT_TRUE(ledger().apply_receipt(applied));
  EXPECT_EQ(standing(id).receipts.size(), 1U);
  EXPECT_EQ(ledger().document(id, {})->notices.size(), 1U);
  EXPECT_TRUE(ledger().document(id, {})->receipts.empty());
}

TEST_P(LedgerSuite, numbers_of_every_sender_are_found_where_none_is_named) {
  const std::string id = accept("A1").id;
  EXPECT_EQ(ledger().by_number("guid", "GUID-A1-1", ""), (std::vector<DocumentRef>{{id, 1}}));
}

TEST_P(LedgerSuite, silent_documents_are_moved_a_few_at_a_time_and_no_others) {
  std::vector<std::string> ids;
  for (const std::string number : {"A1", "A2", "A3", "A4"}) {
    ids.push_back(accept(number).id);
    seal("M-" + number, {ids.back()});
    deliver("M-" + number, sent, number == "A4" ? at(1000) : at(50));
  }
  ASSERT_TRUE(receive(ids[2], "2", {settled, "2", "lodged", ""}));
  const auto hold = [](const Standing& document) {
    Picture picture = document.summary.picture;
    picture.state = held;
    picture.reason = "silent";
    return picture;
  };
  EXPECT_EQ(ledger().move_silent(at(49), 10, hold), 0U);
  EXPECT_EQ(ledger().move_silent(at(50), 1, hold), 1U);
  EXPECT_EQ(ledger().move_silent(at(50), 10, hold), 1U);
  EXPECT_EQ(ledger().move_silent(at(50), 10, hold), 0U);
  EXPECT_EQ(standing(ids[0]).summary.picture.reason, "silent");
  EXPECT_EQ(standing(ids[1]).summary.picture.state, held);
  EXPECT_EQ(standing(ids[2]).summary.picture.state, settled);
  EXPECT_EQ(standing(ids[3]).summary.picture.state, sent);
  EXPECT_EQ(ledger().changes(0, {}, 100).back().by, "receipts");
}

}  // namespace tests
