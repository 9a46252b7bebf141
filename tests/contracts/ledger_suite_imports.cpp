// What every ledger promises to those who take documents over from another system.
#include "tests/contracts/ledger_suite.h"

namespace tests {

using namespace gateway::ledger;  // the suite speaks the ledger's own words
using enum gateway::lifecycle::State;

namespace {

Import imported(const std::string& number) {
  Import import;
  import.row = {"row-" + number, port, "import", dxp_id, "{}", at(100)};
  import.version = new_version(number);
  import.version->reason = "imported";
  import.sent_at = at(-300);
  import.move.to.state = sent;
  import.move.due = at(500);
  import.move.by = "erp";
  return import;
}

Import with_stage(Import import, const std::string& status, Picture to, int returned_at) {
  import.heard = ReceiptRow{status, "20231115061325000", "told", at(returned_at), at(100), "settled"};
  import.move.to = std::move(to);
  if (import.move.to.state != sent) import.move.due.reset();
  return import;
}

}  // namespace

TEST_P(LedgerSuite, a_document_that_another_system_sent_stands_as_sent_and_has_no_bytes) {
  const Import import = imported("A1");
  const auto ids = ledger().take_over({&import, 1}, at(100));
  ASSERT_TRUE(ids);
  reopen();
  const Standing now = standing(ids->front());
  EXPECT_TRUE(now.sent_elsewhere);
  EXPECT_EQ(now.summary.picture, (Picture{sent, "", "", ""}));
  EXPECT_EQ(now.summary.created_at, at(100));
  EXPECT_EQ(now.deliveries_begun, 1);
  EXPECT_EQ(ledger().first_sends(ids->front()), (std::vector<std::pair<int, base::Time>>{{1, at(-300)}}));
  EXPECT_EQ(ledger().earliest_unsettled_send(port), at(-300));
  EXPECT_FALSE(ledger().message_of(ids->front(), {}));
  EXPECT_FALSE(ledger().bearings(ids->front())->has_bytes);
  EXPECT_TRUE(ledger().due_documents(port, at(1000), 10, {}).empty());
  EXPECT_TRUE(ledger().document(ids->front(), {})->sent_elsewhere);
  EXPECT_EQ(ledger().by_number("guid", "GUID-A1-1", dxp_id).size(), 1U);
  EXPECT_EQ(ledger().by_number("orderNo", "A1", dxp_id).size(), 1U);
}

TEST_P(LedgerSuite, what_customs_had_said_of_it_is_a_receipt_with_the_row_as_its_record) {
  Import import = with_stage(imported("A1"), "120", {settled, "120", "lodged", ""}, -200);
  import.learnt = {{"preNo", "B1"}, { "invtNo", "I1" }};
  const auto ids = ledger().take_over({&import, 1}, at(100));
  ASSERT_TRUE(ids);
  const Standing now = standing(ids->front());
  EXPECT_EQ(now.summary.picture, (Picture{settled, "120", "lodged", ""}));
  ASSERT_EQ(now.receipts.size(), 1U);
  EXPECT_EQ(now.receipts[0].status, "120");
  EXPECT_EQ(now.receipts[0].returned_at, at(-200));
  EXPECT_EQ(now.learnt, (std::map<std::string, std::string>{{"invtNo", "I1"}, {"preNo", "B1"}}));
  const auto record = ledger().inbound_record("row-A1");
  ASSERT_TRUE(record);
  EXPECT_EQ(record->state, InboundState::applied);
  const auto changes = ledger().changes(0, {}, 10);
  ASSERT_EQ(changes.size(), 2U);
  EXPECT_EQ(changes[0].from, sent);
  EXPECT_EQ(changes[0].to, sent);
  EXPECT_EQ(changes[0].reason, "imported");
  EXPECT_EQ(changes[0].evidence, "import row-A1");
  EXPECT_EQ(changes[1].to, settled);
  EXPECT_EQ(changes[1].evidence, "import row-A1");
}

TEST_P(LedgerSuite, an_import_is_taken_whole_or_not_at_all) {
  accept("A2");
  const std::vector<Import> imports{imported("A1"), imported("A2")};
  EXPECT_FALSE(ledger().take_over(imports, at(100)));
  EXPECT_FALSE(ledger().newest(keys_of({"A1"})).front());
  EXPECT_FALSE(ledger().inbound_record("row-A1"));
}

TEST_P(LedgerSuite, a_later_row_tells_more_of_an_imported_document_unless_it_has_moved_on) {
  const Import first = imported("A1");
  const std::string id = ledger().take_over({&first, 1}, at(100))->front();
  Import later = with_stage(imported("A1"), "120", {settled, "120", "lodged", ""}, -200);
  later.version.reset();
  later.row.digest = "row-A1-later";
  later.learnt = {{"preNo", "B1"}};
  later.move = move_to(id, settled);
  later.move.to = {settled, "120", "lodged", ""};
  ASSERT_TRUE(ledger().take_over({&later, 1}, at(101)));
  EXPECT_EQ(standing(id).summary.picture.state, settled);
  EXPECT_EQ(standing(id).learnt.at("preNo"), "B1");
  EXPECT_FALSE(ledger().take_over({&later, 1}, at(102))) << "the document has moved on";
  EXPECT_EQ(standing(id).receipts.size(), 1U);
}

TEST_P(LedgerSuite, the_next_version_follows_the_imported_one_in_its_chain) {
  Import import = with_stage(imported("A1"), "100", {refused, "100", "rejected", "100 told"}, -200);
  import.version->version = 3;
  const std::string id = ledger().take_over({&import, 1}, at(100))->front();
  EXPECT_EQ(accept(new_version("A1", 4)).id, id);
  const auto whole = ledger().document(id, {});
  ASSERT_EQ(whole->versions.size(), 2U);
  EXPECT_EQ(whole->versions.front().version, 3);
  EXPECT_FALSE(whole->sent_elsewhere);
  EXPECT_TRUE(ledger().document(id, 3)->sent_elsewhere);
}

TEST_P(LedgerSuite, what_matched_nothing_or_was_foreign_is_matched_again_after_an_import) {
  for (const char* digest : {"d1", "d2"}) store(digest);
  store("d3", "DXPENT0000000002");
  ledger().set_inbound("d1", InboundState::unmatched, "nothing", {});
  ledger().set_inbound("d2", InboundState::foreign, "another system's", {});
  ledger().set_inbound("d3", InboundState::foreign, "another system's", {});
  EXPECT_TRUE(ledger().fresh_inbound(10).empty());
  const Import import = imported("A1");
  ASSERT_TRUE(ledger().take_over({&import, 1}, at(100)));
  const auto fresh = ledger().fresh_inbound(10);
  ASSERT_EQ(fresh.size(), 2U);
  EXPECT_EQ(fresh[0].digest, "d1");
  EXPECT_EQ(fresh[1].digest, "d2");
}

TEST_P(LedgerSuite, a_source_that_was_read_beyond_an_imported_document_is_to_be_caught_up_once) {
  store("d1");  // the window of the orders' receipts is at 4 now
  const WindowKey inventories{port, "/ceb622msg", dxp_id};
  EXPECT_FALSE(ledger().catch_up(orders));
  const std::vector<Import> imports{imported("A1"), with_stage(imported("A2"), "2", {sent, "2", "", ""}, -400),
                                    with_stage(imported("A3"), "120", {settled, "120", "lodged", ""}, -900)};
  ASSERT_TRUE(ledger().take_over(imports, at(100)));
  EXPECT_EQ(ledger().catch_up(orders), at(-300)) << "nothing before they were sent, nothing for what is settled";
  EXPECT_FALSE(ledger().catch_up(inventories)) << "it has no window yet, and begins with the earliest send";
  Import earlier = imported("A4");
  earlier.sent_at = at(-500);
  ASSERT_TRUE(ledger().take_over({&earlier, 1}, at(101)));
  EXPECT_EQ(ledger().catch_up(orders), at(-500));
  ledger().caught_up(orders, at(-300));  // asked before the earlier one came
  EXPECT_EQ(ledger().catch_up(orders), at(-500));
  ledger().caught_up(orders, at(-500));
  EXPECT_FALSE(ledger().catch_up(orders));
}

TEST_P(LedgerSuite, the_refusal_of_a_message_finds_the_imported_documents_that_were_in_it) {
  std::vector<Import> imports{imported("A1"), imported("A2")};
  for (Import& import : imports) import.version->numbers.push_back({"guid", "ROOT-1"});
  const auto ids = ledger().take_over(imports, at(100));
  ASSERT_TRUE(ids);
  const auto message = ledger().sent_message("ROOT-1", dxp_id);
  ASSERT_TRUE(message);
  EXPECT_EQ(message->type, "CEB311Message");
  EXPECT_EQ(message->still_in_it, (std::vector<DocumentRef>{{ids->at(0), 1}, {ids->at(1), 1}}));
  EXPECT_FALSE(ledger().sent_message("ROOT-1", "DXPENT0000000002"));
}

TEST_P(LedgerSuite, an_imported_document_that_stays_silent_is_found_when_its_time_has_come) {
  const Import import = imported("A1");
  const std::string id = ledger().take_over({&import, 1}, at(100))->front();
  const auto hold = [](const Standing& silent) {
    Picture picture = silent.summary.picture;
    picture.state = held;
    return picture;
  };
  EXPECT_EQ(ledger().move_silent(at(499), 10, hold), 0U);
  EXPECT_EQ(ledger().move_silent(at(500), 10, hold), 1U);
  EXPECT_EQ(standing(id).summary.picture.state, held);
}

}  // namespace tests
