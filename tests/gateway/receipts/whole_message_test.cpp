// Messages that E-Port or the exchange platform refuses as a whole, and records that say several things.
#include <gmock/gmock.h>

#include "base/base64.h"
#include "tests/gateway/receipts/receipts_bench.h"
#include "tests/gateway/receipts/xml.h"
#include "tests/support/documents.h"

namespace {

using namespace testing;
using tests::DocumentRef;
using tests::InboundState;
using tests::State;

class WholeMessage : public tests::ReceiptsBench {
 protected:
  std::vector<DocumentRef> two_sent_together() {
    std::vector<DocumentRef> orders{bench.accept_order("A1"), bench.accept_order("A2")};
    sent_together(orders, root);
    return orders;
  }
  const std::string root = "4CDE1CFD-EDED-46B1-946C-B8022E42FCAA";
};

TEST_F(WholeMessage, refused_by_its_format_goes_on_alone_and_no_delivery_of_it_counts) {
  const auto orders = two_sent_together();
  arrives_raw(tests::ceb900(root, time(1)));
  apply();
  for (const auto& order : orders) {
    const auto standing = bench.standing(order);
    EXPECT_EQ(standing.summary.picture.state, State::accepted);
    EXPECT_THAT(standing.summary.picture.reason, HasSubstr("-10 XSD"));
    EXPECT_EQ(standing.deliveries_begun, 0);
    EXPECT_TRUE(bench.ledger->first_sends(order.id).empty());
    EXPECT_FALSE(bench.ledger->message_of(order.id, {}));
    EXPECT_EQ(bench.ledger->document(order.id, {})->notices.front().type, "CEB900Message");
  }
  const auto due = bench.ledger->due_documents("hainan", bench.clock.now(), 10, {});
  ASSERT_EQ(due.size(), 2U);
  EXPECT_TRUE(due[0].goes_alone && due[1].goes_alone);
  EXPECT_EQ(inbound(InboundState::applied), 1U);
}

TEST_F(WholeMessage, refused_alone_as_well_the_document_is_refused_and_a_repetition_changes_nothing) {
  const auto orders = two_sent_together();
  arrives_raw(tests::ceb900(root, time(1)));
  apply();
  sent_together({orders[0]}, "4CDE1CFD-EDED-46B1-946C-B8022E42FCBB");
  arrives_raw(tests::ceb900("4CDE1CFD-EDED-46B1-946C-B8022E42FCBB", time(5)));
  arrives_raw(tests::ceb900(root, time(6)));  // the first one again: its documents have left that message
  apply();
  EXPECT_EQ(state(orders[0]), State::refused);
  EXPECT_THAT(picture(orders[0]).reason, HasSubstr("CEB900 -10 XSD"));
  EXPECT_EQ(state(orders[1]), State::accepted);
  EXPECT_EQ(bench.standing(orders[1]).refused_together, 1);
  EXPECT_EQ(inbound(InboundState::applied), 3U);
}

TEST_F(WholeMessage, an_answer_of_the_exchange_platform_does_the_same_and_noughts_mean_taken) {
  const auto orders = two_sent_together();
  arrives_raw(tests::dxp_rep(root, "0000"));
  apply();
  EXPECT_EQ(state(orders[0]), State::sent);
  arrives_raw(tests::dxp_rep(root, "1001"));
  apply();
  EXPECT_EQ(state(orders[0]), State::accepted);
  EXPECT_THAT(picture(orders[1]).reason, HasSubstr("DxpRep 1001 签名无效"));
  EXPECT_EQ(inbound(InboundState::applied), 2U);
}

TEST_F(WholeMessage, what_the_exchange_platform_could_not_pass_on_goes_again_as_it_is) {
  const auto orders = two_sent_together();
  bench.clock.advance(std::chrono::seconds(40));
  arrives_raw(tests::dxp_rep(root, "3003"));
  apply();
  for (const auto& order : orders) {
    EXPECT_EQ(state(order), State::deferred);
    EXPECT_THAT(picture(order).reason, HasSubstr("DxpRep 3003"));
    EXPECT_EQ(bench.ledger->document(order.id, {})->notices.size(), 1U);
    EXPECT_EQ(bench.standing(order).deliveries_begun, 1) << "after a timeout it may have arrived";
  }
  const auto now = bench.clock.now();
  const auto due_by = [&](std::chrono::seconds later) {
    return bench.ledger->due_messages("hainan", now + later, 10, {}).size();
  };
  EXPECT_EQ(due_by(std::chrono::seconds(39)), 0U) << "as long as it was tried so far";
  EXPECT_EQ(due_by(std::chrono::seconds(40)), 1U);
}

TEST_F(WholeMessage, a_failure_of_the_exchange_platform_moves_nothing_that_is_held_or_has_heard_of_itself) {
  const auto orders = two_sent_together();
  gateway::ledger::Move hold{
      orders[0], bench.standing(orders[0]).revision, State::sent, {State::held, "", "", "wait"}, {}, "operator"};
  ASSERT_TRUE(bench.ledger->move(hold, bench.clock.now()));
  order_receipt("A2", "2", {}, 1);
  apply();
  arrives_raw(tests::dxp_rep(root, "3999"));
  arrives_raw(tests::dxp_rep(root, "3998"));  // a code of the range that is not listed
  apply();
  EXPECT_EQ(picture(orders[0]).reason, "wait");
  EXPECT_EQ(state(orders[0]), State::held);
  EXPECT_EQ(state(orders[1]), State::settled);
  EXPECT_EQ(bench.ledger->document(orders[1].id, {})->notices.size(), 2U);
  EXPECT_EQ(inbound(InboundState::applied), 3U);
}

TEST_F(WholeMessage, codes_beyond_the_failures_of_the_exchange_platform_refuse) {
  for (const std::string code : {"2999", "4000", "300", "03001"}) {
    const auto order = bench.accept_order("A" + code);
    const std::string guid = "ROOT-" + bench.standing(order).guid;
    sent_together({order}, guid);
    arrives_raw(tests::dxp_rep(guid, code));
    apply();
    EXPECT_EQ(state(order), State::refused) << code;
  }
}

TEST_F(WholeMessage, an_already_there_answer_to_the_lone_message_is_no_proof_of_arrival) {
  const auto orders = two_sent_together();
  arrives_raw(tests::ceb900(root, time(1)));
  apply();
  sent(orders[0]);
  order_receipt("A1", "-301010", {}, 5);
  apply();
  EXPECT_EQ(state(orders[0]), State::refused) << "only one delivery of it may have arrived";
}

TEST_F(WholeMessage, what_a_person_holds_stays_held_and_can_then_be_released) {
  const auto orders = two_sent_together();
  gateway::ledger::Move hold{
      orders[0], bench.standing(orders[0]).revision, State::sent, {State::held, "", "", "wait"}, {}, "operator"};
  ASSERT_TRUE(bench.ledger->move(hold, bench.clock.now()));
  arrives_raw(tests::ceb900(root, time(1)));
  apply();
  EXPECT_EQ(picture(orders[0]).state, State::held);
  EXPECT_EQ(picture(orders[0]).reason, "wait");
  EXPECT_FALSE(bench.ledger->message_of(orders[0].id, {}));
}

TEST_F(WholeMessage, a_document_that_has_heard_of_itself_is_not_moved) {
  const auto orders = two_sent_together();
  order_receipt("A1", "2", {}, 1);
  apply();
  arrives_raw(tests::ceb900(root, time(2)));
  apply();
  EXPECT_EQ(state(orders[0]), State::settled);
  EXPECT_EQ(bench.ledger->document(orders[0].id, {})->notices.size(), 1U);
  EXPECT_EQ(state(orders[1]), State::accepted);
}

TEST_F(WholeMessage, one_that_names_another_type_or_no_message_of_ours_moves_nothing) {
  const auto orders = two_sent_together();
  arrives_raw(tests::ceb900(root, time(1), "CEB411Message"));
  arrives_raw(tests::ceb900("4CDE1CFD-EDED-46B1-946C-B8022E42FCFF", time(1)));
  apply();
  EXPECT_EQ(state(orders[0]), State::sent);
  EXPECT_EQ(inbound(InboundState::unmatched), 1U);
  EXPECT_EQ(inbound(InboundState::foreign), 1U);
}

TEST_F(WholeMessage, a_receipt_with_a_guid_of_ours_and_anothers_key_moves_nothing) {
  const auto orders = two_sent_together();
  const std::string guid = bench.standing(orders[0]).guid;
  const tests::OrderReturn others{
      .number = "A1", .status = "100", .time = time(1), .guid = guid, .ebp_code = "4601969999"};
  arrives_raw(tests::ceb("CEB312Message", tests::order_return(others)));
  apply();
  EXPECT_EQ(state(orders[0]), State::sent);
  EXPECT_TRUE(bench.standing(orders[0]).receipts.empty());
  EXPECT_EQ(inbound(InboundState::unmatched), 1U);
}

TEST_F(WholeMessage, a_record_with_several_receipts_is_applied_to_each_once_whatever_comes_between) {
  const auto first = sent(bench.accept("CEB621Message", tests::inventory_document({.number = "A1"})));
  const auto second = sent(bench.accept("CEB621Message", tests::inventory_document({.number = "A2"})));
  const auto said = [&](const std::string& guid, const std::string& pre_no, const std::string& status, int seconds) {
    return tests::element("InventoryReturn", tests::element("guid", guid) + tests::element("preNo", pre_no) +
                                                 tests::element("returnStatus", status) +
                                                 tests::element("returnTime", time(seconds)) +
                                                 tests::element("returnInfo", "info"));
  };
  const std::string guid = bench.standing(first).guid;
  arrives_raw(tests::ceb("CEB622Message",
                         said(guid, "P1", "2", 1) + said("EPORT", "P1", "120", 2) + said("EPORT", "P2", "120", 3)));
  apply();
  EXPECT_EQ(bench.standing(first).receipts.size(), 2U) << "the second by the number that the first has taught";
  EXPECT_EQ(inbound(InboundState::unmatched), 1U) << "one of them fits nothing yet";
  bench.reopen_ledger();
  arrives("CEB622Message", {{"guid", bench.standing(second).guid}, {"preNo", "P2"}, {"returnStatus", "2"}}, 1);
  apply();
  EXPECT_EQ(inbound(InboundState::applied), 2U);
  EXPECT_EQ(bench.standing(first).receipts.size(), 2U) << "not again";
  EXPECT_EQ(bench.standing(second).receipts.size(), 2U);
  EXPECT_EQ(picture(second).stage, "120");
}

TEST_F(WholeMessage, one_receipt_that_cannot_be_read_does_not_hold_back_those_beside_it) {
  const auto order = sent_order("A1");
  arrives_raw(tests::ceb("CEB312Message",
                         tests::order_return({"A1", "2", "garbled"}) + tests::order_return({"A1", "120", time(3)})));
  apply();
  EXPECT_EQ(state(order), State::settled);
  EXPECT_EQ(inbound(InboundState::unreadable), 1U);
}

TEST_F(WholeMessage, a_receipt_in_an_envelope_is_for_its_receiver_and_a_declaration_is_unreadable) {
  const auto order = sent_order("A1");
  const std::string data = base::base64(tests::ceb("CEB312Message", tests::order_return({"A1", "2", time(1)})));
  const auto envelope = [&](const std::string& receiver) {
    return R"(<DxpMsg ver="1.0" xmlns="http://www.chinaport.gov.cn/dxp"><TransInfo><CopMsgId>M</CopMsgId><SenderId>)"
           "DXPEDCCEB0000001</SenderId><ReceiverIds><ReceiverId>" +
           receiver +
           "</ReceiverId></ReceiverIds><CreatTime>2026-01-31T09:30:00</CreatTime><MsgType>CEB312Message</MsgType>"
           "</TransInfo><Data>" +
           data + "</Data></DxpMsg>";
  };
  arrives_raw(envelope("DXPENT0000000002"));
  apply();
  EXPECT_EQ(state(order), State::sent);
  arrives_raw(envelope("DXPENT0000000001"));
  arrives_raw(tests::ceb("CEB311Message", tests::element("Order", "")));
  apply();
  EXPECT_EQ(state(order), State::settled);
  EXPECT_EQ(inbound(InboundState::unreadable), 1U);
}

}  // namespace
