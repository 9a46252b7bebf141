// What every ledger promises to those who work on documents.
#include "tests/contracts/ledger_suite.h"

namespace tests {

using namespace gateway::ledger;  // the suite speaks the ledger's own words
using enum gateway::lifecycle::State;

class CaseworkSuite : public LedgerSuite {
 protected:
  std::string accept_with(const std::string& number, const std::vector<Number>& numbers) {
    NewVersion version = new_version(number);
    version.numbers = numbers;
    return accept(version).id;
  }
  static Act act(ActKind kind, const std::string& subject) {
    Act made;
    made.at = at(9);
    made.by = "li";
    made.kind = kind;
    made.subject = subject;
    return made;
  }
  std::size_t acts(ActKind kind) {
    ActQuery query;
    query.kind = kind;
    return ledger().acts(query).acts.size();
  }
};

TEST_P(CaseworkSuite, the_documents_of_a_sale_are_found_over_the_one_that_names_both) {
  const std::string order = accept_with("O1", {{"orderNo", "O1"}, {"guid", "G1"}});
  const std::string waybill = accept_with("W1", {{"logisticsNo", "W1"}});
  const std::string inventory = accept_with("I1", {{"orderNo", "O1"}, {"logisticsNo", "W1"}, {"copNo", "I1"}});
  accept_with("O2", {{"orderNo", "O2"}, {"guid", "G1"}});
  const auto sale = ledger().sale_of(order, 50);
  EXPECT_EQ(sale, (std::vector<std::string>{order, inventory, waybill}));
  EXPECT_EQ(ledger().sale_of(order, 2).size(), 2U) << "no more than asked for";
  EXPECT_EQ(ledger().sale_of("nobody", 50), std::vector<std::string>{"nobody"});
}

TEST_P(CaseworkSuite, notes_stay_with_the_document_in_their_order_and_are_acts) {
  const std::string id = accept("A1").id;
  const Note first = ledger().add_note(id, {0, at(1), "li", "已联系平台"}, act(ActKind::note, "documents/" + id));
  ledger().add_note(id, {0, at(2), "wang", "<script>"}, act(ActKind::note, "documents/" + id));
  reopen();
  const auto notes = ledger().notes_of(id);
  ASSERT_EQ(notes.size(), 2U);
  EXPECT_EQ(notes[0].number, first.number);
  EXPECT_EQ(notes[0].text, "已联系平台");
  EXPECT_EQ(notes[1].by, "wang");
  EXPECT_EQ(acts(ActKind::note), 2U);
  EXPECT_TRUE(ledger().notes_of("another").empty());
}

TEST_P(CaseworkSuite, a_note_on_a_code_takes_the_place_of_the_one_before_and_an_empty_one_deletes) {
  const Act noted = act(ActKind::note, "code-notes/1313");
  EXPECT_TRUE(ledger().put_code_note({"1313", "问关务", "li", at(1)}, noted));
  EXPECT_TRUE(ledger().put_code_note({"1313", "改单价", "wang", at(2)}, noted));
  EXPECT_TRUE(ledger().put_code_note({"100", "见附件", "wang", at(2)}, noted));
  auto notes = ledger().code_notes();
  ASSERT_EQ(notes.size(), 2U);
  EXPECT_EQ(notes[1].text, "改单价");
  EXPECT_EQ(notes[1].by, "wang");
  EXPECT_TRUE(ledger().put_code_note({"1313", "", "li", at(3)}, noted));
  notes = ledger().code_notes();
  ASSERT_EQ(notes.size(), 1U);
  EXPECT_EQ(notes[0].code, "100");
}

TEST_P(CaseworkSuite, no_more_codes_have_notes_than_are_allowed) {
  const Act noted = act(ActKind::note, "code-notes");
  for (std::size_t i = 0; i < Ledger::most_code_notes; ++i) {
    ASSERT_TRUE(ledger().put_code_note({std::to_string(i), "text", "li", at(1)}, noted));
  }
  EXPECT_FALSE(ledger().put_code_note({"one over", "text", "li", at(1)}, noted));
  EXPECT_TRUE(ledger().put_code_note({"7", "another", "li", at(1)}, noted)) << "one that is there is changed";
  EXPECT_EQ(ledger().code_notes().size(), Ledger::most_code_notes);
}

TEST_P(CaseworkSuite, documents_are_found_by_who_looks_after_them) {
  const std::string id = accept("A1").id;
  accept("A2");
  ledger().assign(id, {"wang", "li", "请核对", at(1)}, "", act(ActKind::assignment, "documents/" + id));
  Query query;
  query.assigned_to = "wang";
  EXPECT_EQ(numbers_of(ledger().list(query)), std::vector<std::string>{"A1"});
  EXPECT_EQ(ledger().assignment_of(id)->reason, "请核对");
  const std::size_t told = ledger().changes(0, {}, 100).size();
  ledger().assign(id, {"", "li", "已处理", at(2)}, "", act(ActKind::assignment, "documents/" + id));
  EXPECT_FALSE(ledger().assignment_of(id));
  EXPECT_TRUE(ledger().list(query).documents.empty());
  EXPECT_EQ(ledger().changes(0, {}, 100).size(), told) << "persons are no business of the ERP's";
  EXPECT_EQ(acts(ActKind::assignment), 2U);
}

TEST_P(CaseworkSuite, what_is_given_back_to_the_erp_is_told_in_the_feed_and_moves_nothing) {
  const std::string id = accept("A1").id;
  const auto revision = standing(id).revision;
  ledger().assign(id, {std::string(to_erp), "li", "地址不全", at(3)}, "交还 ERP：地址不全",
                  act(ActKind::assignment, "documents/" + id));
  const auto changes = ledger().changes(0, {}, 100);
  ASSERT_EQ(changes.size(), 2U);
  EXPECT_EQ(changes[1].reason, "交还 ERP：地址不全");
  EXPECT_EQ(changes[1].from, changes[1].to);
  EXPECT_EQ(ledger().document(id, {})->timeline.back().reason, "交还 ERP：地址不全");
  EXPECT_EQ(standing(id).revision, revision) << "whoever works on it meanwhile goes on";
  EXPECT_EQ(standing(id).summary.picture.reason, "");
}

TEST_P(CaseworkSuite, a_days_documents_are_counted_as_they_stand) {
  const std::string first = accept("A1").id;
  accept("A2");
  NewVersion other = new_version("B1");
  other.enterprise = "4601960002";
  accept(other);
  ASSERT_TRUE(receive(first, "800", {settled, "800", "released", ""}));
  StandQuery query{at(0), at(10), {}, {}, {}};
  auto stands = ledger().stands(query);
  ASSERT_EQ(stands.size(), 3U);
  EXPECT_EQ(stands[1].outcome, "released");
  EXPECT_EQ(stands[1].documents, 1);
  query.enterprises = {"4601960002"};
  EXPECT_EQ(ledger().stands(query).size(), 1U);
  query.enterprise = "4601960001";
  EXPECT_TRUE(ledger().stands(query).empty()) << "it may not be seen";
  query = {at(1), at(10), {}, {}, {}};
  EXPECT_TRUE(ledger().stands(query).empty()) << "made before";
}

}  // namespace tests
