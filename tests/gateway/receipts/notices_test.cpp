// What customs tells unasked: tax sheets and results of summaries.
#include <gmock/gmock.h>

#include "gateway/views/document_json.h"
#include "tests/gateway/receipts/receipts_bench.h"
#include "tests/gateway/receipts/xml.h"
#include "tests/support/documents.h"

namespace {

using namespace testing;
using tests::DocumentRef;
using tests::InboundState;
using tests::State;

class Notices : public tests::ReceiptsBench {
 protected:
  DocumentRef released_inventory(const std::string& number, const std::string& invt_no) {
    const auto inventory = sent(bench.accept("CEB621Message", tests::inventory_document({.number = number})));
    arrives("CEB622Message", {{"guid", bench.standing(inventory).guid},
                              {"preNo", "P-" + number},
                              {"invtNo", invt_no},
                              {"returnStatus", "800"}});
    apply();
    EXPECT_EQ(state(inventory), State::settled);
    return inventory;
  }
  DocumentRef summary() {
    const auto made = sent(bench.accept("CEB701Message", tests::declaration("CEB701Message", {.number = "A1"})));
    arrives("CEB702Message", {{"guid", bench.standing(made).guid}, {"sumNo", "S1"}, {"returnStatus", "399"}});
    apply();
    return made;
  }
  std::vector<gateway::ledger::MoveRow> told(const DocumentRef& ref) {
    std::vector<gateway::ledger::MoveRow> found;
    for (auto& move : bench.ledger->changes(0, {}, 100)) {
      if (move.id == ref.id && move.reason.find("Tax sheet") != std::string::npos) {
        found.push_back(std::move(move));
      }
    }
    return found;
  }
};

TEST_F(Notices, a_tax_sheet_is_kept_with_its_inventory_and_told_with_its_figures_and_moves_nothing) {
  const auto inventory = released_inventory("A1", "I1");
  const auto before = picture(inventory);
  arrives_raw(tests::tax_sheet("I1", time(60)));
  apply();
  EXPECT_EQ(picture(inventory), before);
  const auto whole = *bench.ledger->document(inventory.id, {});
  ASSERT_EQ(whole.notices.size(), 1U);
  EXPECT_EQ(whole.notices[0].type, "CEB816Message");
  EXPECT_EQ(whole.receipts.size(), 1U);
  EXPECT_EQ(bench.standing(inventory).receipts.size(), 1U) << "no receipt for those who fold";
  EXPECT_THAT(whole.timeline.back().reason, AllOf(HasSubstr("电子税单"), HasSubstr("Tax sheet"), HasSubstr("taxNo=T1"),
                                                  HasSubstr("valueAddedTax=12.30")));
  const auto changes = told(inventory);
  ASSERT_EQ(changes.size(), 1U);
  EXPECT_EQ(changes[0].to, State::settled);
  EXPECT_EQ(changes[0].stage, "800");
  EXPECT_THAT(changes[0].evidence, StartsWith("notice CEB816Message inbound "));
  EXPECT_EQ(gateway::views::whole_document(bench.knowledge, whole, gateway::views::Personal::clear)
                .at("notices")
                .as_array()
                .size(),
            1U);
}

TEST_F(Notices, a_repeated_notice_is_told_once) {
  const auto inventory = released_inventory("A1", "I1");
  const std::string sheet = tests::tax_sheet("I1", time(60));
  arrives_raw(sheet);
  arrives_raw(sheet + "\n");
  apply();
  EXPECT_EQ(told(inventory).size(), 1U);
  EXPECT_EQ(bench.ledger->document(inventory.id, {})->notices.size(), 2U);
}

TEST_F(Notices, one_that_comes_before_its_number_is_known_is_tried_again) {
  arrives_raw(tests::tax_sheet("I1", time(60)));
  apply();
  EXPECT_EQ(inbound(InboundState::unmatched), 1U);
  const auto inventory = released_inventory("A1", "I1");
  EXPECT_EQ(inbound(InboundState::unmatched), 0U);
  EXPECT_EQ(bench.ledger->document(inventory.id, {})->notices.size(), 1U);
}

TEST_F(Notices, a_summary_is_settled_by_its_result_and_not_before) {
  const auto made = summary();
  EXPECT_EQ(picture(made), (gateway::ledger::Picture{State::sent, "399", "lodged", ""}));
  const auto other = released_inventory("A2", "I2");
  arrives_raw(tests::summary_result("S1", time(60), tests::summary_row("I7") + tests::summary_row("I7")));
  apply();
  EXPECT_EQ(picture(made), (gateway::ledger::Picture{State::settled, "CEB792", "lodged", ""}));
  EXPECT_EQ(inbound(InboundState::unmatched), 0U) << "inventories that are not ours hold nothing back";
  EXPECT_THAT(bench.ledger->document(made.id, {})->notices[0].return_info, HasSubstr("entryId=E1"));
  EXPECT_TRUE(bench.ledger->document(other.id, {})->notices.empty());
  arrives("CEB702Message", {{"guid", bench.standing(made).guid}, {"sumNo", "S1"}, {"returnStatus", "399"}}, 2);
  apply();
  EXPECT_EQ(state(made), State::settled) << "a receipt that is late changes nothing";
}

TEST_F(Notices, a_notice_for_another_sender_is_unmatched) {
  released_inventory("A1", "I1");
  arrives_raw(tests::tax_sheet("I1", time(60)), "DXPENT0000000002");
  apply();
  EXPECT_EQ(inbound(InboundState::unmatched), 1U);
}

}  // namespace
