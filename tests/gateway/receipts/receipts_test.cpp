#include "gateway/receipts/receipts.h"

#include <boost/asio/co_spawn.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/gateway/receipts/receipts_bench.h"
#include "tests/support/documents.h"

namespace {

using namespace testing;
using gateway::ledger::DocumentRef;
using gateway::ledger::InboundState;
using gateway::lifecycle::State;

using tests::Fields;
using tests::form;
class ReceiptsTest : public tests::ReceiptsBench {};

TEST_F(ReceiptsTest, an_order_is_settled_by_its_guid) {
  const auto order = sent_order("A1");
  order_receipt("A1", "2", bench.standing(order).guid);
  apply();
  EXPECT_EQ(picture(order).state, State::settled);
  EXPECT_EQ(picture(order).stage, "2");
  EXPECT_EQ(picture(order).outcome, "lodged");
}

TEST_F(ReceiptsTest, a_code_that_nobody_knows_is_counted_with_its_text_masked) {
  const auto order = sent_order("A1");
  const auto arrives_with = [&](const std::string& status, const std::string& info, int second) {
    arrives("CEB312Message",
            {{"orderNo", "A1"},
             {"ebpCode", "4601960001"},
             {"ebcCode", "4601960001"},
             {"returnStatus", status},
             {"returnInfo", info}},
            second);
  };
  arrives_with("-301099", "订购人测试甲(990000199001010017)不符", 1);
  arrives_with("-301099", "电话10000000000不符", 2);
  arrives_with("100", "[Code:4711;Desc:测试甲原因不明]", 3);
  arrives_with("-301013", "系统异常", 4);
  apply();
  const auto codes = bench.ledger->unexplained_codes();
  ASSERT_EQ(codes.size(), 2U);
  EXPECT_EQ(codes[0].type, "CEB311Message");
  EXPECT_EQ(codes[0].code, "-301099");
  EXPECT_EQ(codes[0].times, 2);
  EXPECT_EQ(codes[0].example, "电话***不符");
  EXPECT_EQ(codes[1].code, "4711");
  EXPECT_EQ(codes[1].example, "[Code:4711;Desc:***原因不明]");
  EXPECT_EQ(bench.standing(order).receipts.size(), 4U);
}

TEST_F(ReceiptsTest, the_root_guid_and_the_business_key_serve_as_well) {
  const auto first = sent_order("A1");
  const auto second = sent_order("A2");
  order_receipt("A1", "120", "ROOT-" + bench.standing(first).guid);
  order_receipt("A2", "120");
  apply();
  EXPECT_EQ(picture(first).state, State::settled);
  EXPECT_EQ(picture(second).state, State::settled);
}

TEST_F(ReceiptsTest, a_refusal_after_2_reopens_the_settled_order_whatever_came_first) {
  const auto order = sent_order("A1");
  order_receipt("A1", "100", {}, 2);
  order_receipt("A1", "2", {}, 1);
  apply();
  EXPECT_EQ(picture(order).state, State::refused);
  EXPECT_EQ(picture(order).stage, "100");
  EXPECT_THAT(picture(order).reason, HasSubstr("说明"));
}

TEST_F(ReceiptsTest, a_guid_of_ours_with_anothers_key_is_unmatched) {
  const auto order = sent_order("A1");
  order_receipt("A9", "100", bench.standing(order).guid);
  apply();
  EXPECT_EQ(picture(order).state, State::sent);
  EXPECT_EQ(inbound(InboundState::unmatched), 1U);
}

TEST_F(ReceiptsTest, a_guid_of_ours_for_another_sender_or_type_is_unmatched_and_not_foreign) {
  const auto order = sent_order("A1");
  const std::string guid = bench.standing(order).guid;
  arrives("CEB312Message", {{"orderNo", "A1"},
                            {"ebpCode", "4601960001"},
                            {"returnStatus", "100"},
                            {"guid", guid},
                            {"dxpId", "DXPENT0000000002"}});
  arrives("CEB412Message",
          {{"payCode", "4601960001"}, {"payTransactionId", "P9"}, {"returnStatus", "100"}, {"guid", guid}});
  apply();
  EXPECT_EQ(state(order), State::sent);
  EXPECT_EQ(inbound(InboundState::unmatched), 2U);
  EXPECT_EQ(inbound(InboundState::foreign), 0U);
}

TEST_F(ReceiptsTest, another_systems_document_is_foreign_and_what_cannot_be_read_unreadable) {
  sent_order("A1");
  order_receipt("B7", "2");
  arrives("CEB312Message", {{"orderNo", "A1"}});  // no status
  apply();
  EXPECT_EQ(inbound(InboundState::foreign), 1U);
  EXPECT_EQ(inbound(InboundState::unreadable), 1U);
}

TEST_F(ReceiptsTest, a_document_that_was_never_sent_hears_nothing_that_is_said_under_its_key_to_another_system) {
  const auto order = bench.accept_order("A1");
  order_receipt("A1", "2");
  apply();
  EXPECT_EQ(picture(order).state, State::accepted);
  EXPECT_EQ(inbound(InboundState::foreign), 1U);
  sent(order);
  order_receipt("A1", "-301010");
  apply();
  EXPECT_EQ(picture(order).state, State::refused);
}

TEST_F(ReceiptsTest, what_was_taken_for_anothers_finds_its_document_when_it_is_matched_again) {
  order_receipt("B7", "2");
  apply();
  ASSERT_EQ(inbound(InboundState::foreign), 1U);
  const auto order = sent_order("B7");
  ASSERT_TRUE(bench.ledger->match_again(std::to_string(arrived), {bench.clock.now(), "operator", "补录"}));
  apply();
  EXPECT_EQ(inbound(InboundState::foreign), 0U);
  EXPECT_EQ(picture(order).state, State::settled);
}

TEST_F(ReceiptsTest, an_inventory_is_followed_by_the_numbers_it_learns_even_out_of_order) {
  const auto inventory = sent(bench.accept("CEB621Message", tests::inventory_document({.number = "A1"})));
  arrives("CEB622Message", {{"guid", "EPORT-1"}, {"preNo", "P1"}, {"invtNo", "I1"}, {"returnStatus", "800"}}, 3);
  apply();
  EXPECT_EQ(inbound(InboundState::unmatched), 1U);
  arrives("CEB622Message", {{"guid", bench.standing(inventory).guid}, {"preNo", "P1"}, {"returnStatus", "2"}}, 1);
  apply();
  apply();
  EXPECT_EQ(inbound(InboundState::unmatched), 0U);
  EXPECT_EQ(picture(inventory).state, State::settled);
  EXPECT_EQ(picture(inventory).outcome, "released");
  EXPECT_EQ(bench.standing(inventory).learnt.at("invtNo"), "I1");
}

TEST_F(ReceiptsTest, later_records_of_a_foreign_inventory_are_foreign_too) {
  arrives("CEB622Message", {{"guid", "NOT-OURS"}, {"preNo", "P9"}, {"returnStatus", "2"}});
  apply();
  arrives("CEB622Message", {{"guid", "EPORT-9"}, {"preNo", "P9"}, {"returnStatus", "120"}}, 2);
  apply();
  EXPECT_EQ(inbound(InboundState::foreign), 2U);
}

TEST_F(ReceiptsTest, an_already_there_answer_to_the_first_delivery_is_a_refusal) {
  const auto order = sent_order("A1");
  order_receipt("A1", "-301010");
  apply();
  EXPECT_EQ(picture(order).state, State::refused);
}

TEST_F(ReceiptsTest, receipts_without_a_guid_go_to_the_version_that_had_been_sent) {
  const auto first = sent_order("A1");
  order_receipt("A1", "100", {}, 1);
  apply();
  ASSERT_EQ(picture(first).state, State::refused);
  bench.clock.advance(std::chrono::minutes(1));
  const auto second = sent(bench.accept("CEB311Message", tests::order_document({.number = "A1"}), 2));
  order_receipt("A1", "120", {}, -30);  // of the first version, late
  order_receipt("A1", "2", {}, 5);
  apply();
  EXPECT_EQ(picture(second).stage, "2");
  EXPECT_EQ(picture({second.id, 1}).stage, "120");
}

TEST_F(ReceiptsTest, the_loop_keeps_the_window_and_asks_with_the_overlap) {
  const auto order = sent_order("A1");
  const auto marked = bench.clock.now() + std::chrono::seconds(1);
  const Fields fields{{"orderNo", "A1"},
                      {"ebpCode", "4601960001"},
                      {"returnStatus", "2"},
                      {"returnedAt", std::to_string(marked.time_since_epoch().count())},
                      {"dxpId", "DXPENT0000000001"}};
  bench.clock.advance(std::chrono::seconds(2));
  bench.channel->listings["/ceb312msg"] = {{codecs::hainan::write_record(form("CEB312Message"), fields), marked}};
  gateway::receipts::Receipts receipts(bench.io.get_executor(),
                                       {bench.settings, bench.catalog, bench.knowledge, *bench.sealer, *bench.ledger,
                                        bench.store, bench.clock, bench.channels});
  receipts.start();
  const auto asked_since = [&](base::Time since) {
    return std::any_of(bench.channel->asked.begin(), bench.channel->asked.end(),
                       [&](const auto& window) { return window.source == "/ceb312msg" && window.since == since; });
  };
  EXPECT_TRUE(bench.run_until([&] { return asked_since(marked - bench.settings.ports[0].overlap); }));
  EXPECT_TRUE(bench.run_until([&] { return picture(order).state == State::settled; }));
  bool stopped = false;
  boost::asio::co_spawn(bench.io, receipts.stop(std::chrono::seconds(5)), [&](std::exception_ptr) { stopped = true; });
  EXPECT_TRUE(bench.run_until([&] { return stopped; }));
}

}  // namespace
