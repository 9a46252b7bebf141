#include "gateway/lifecycle/receipts.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <random>
#include <vector>

namespace gateway::lifecycle {
namespace {

using schemas::Effect;
using schemas::Standing;

schemas::Answer answer(Effect effect, std::string outcome = {}) {
  schemas::Answer made;
  made.effect = effect;
  made.outcome = std::move(outcome);
  return made;
}

// second: of returnTime; receipts that are made later arrive later.
ReceiptFact receipt(int second, std::string status, schemas::Answer answer, std::string info = {}) {
  static std::int64_t arrivals = 0;
  return {std::move(status), base::Time(std::chrono::seconds(1'700'000'000 + second)), ++arrivals, std::move(answer),
          std::move(info)};
}

ReceiptFact lodged(int second) { return receipt(second, "2", answer(Effect::settle, "lodged"), "新增申报成功"); }
ReceiptFact passing(int second, std::string status) { return receipt(second, std::move(status), answer(Effect::pass)); }
ReceiptFact rejected(int second) {
  return receipt(second, "100", answer(Effect::refuse, "rejected"), "[Code:1322;Desc:不一致]");
}
ReceiptFact released(int second) { return receipt(second, "800", answer(Effect::settle, "released"), "放行"); }
ReceiptFact returned(int second) { return receipt(second, "700", answer(Effect::hold, "returned"), "退运"); }
ReceiptFact there_already(int second) {
  return receipt(second, "-301014", answer(Effect::already_there, "rejected"), "订单报文处理失败");
}

const Picture on_its_way{State::sent, "", "", ""};
using Facts = std::vector<ReceiptFact>;

TEST(Fold, without_receipts_the_picture_stays) {
  const Picture before{State::deferred, "", "", "等待"};
  EXPECT_EQ(fold(before, {}, {}), before);
}

TEST(Fold, a_lodged_order_is_settled) {
  EXPECT_EQ(fold({State::unconfirmed, "", "", ""}, Facts{lodged(1)}, {1, false}),
            (Picture{State::settled, "2", "lodged", ""}));
}

TEST(Fold, a_later_refusal_reopens_a_settled_order) {
  EXPECT_EQ(fold({State::settled, "2", "lodged", ""}, Facts{lodged(1), rejected(2)}, {1, false}),
            (Picture{State::refused, "100", "rejected", "100 [Code:1322;Desc:不一致]"}));
}

TEST(Fold, a_refusal_that_arrives_after_a_later_settlement_is_only_recorded) {
  EXPECT_EQ(fold({State::settled, "2", "lodged", ""}, Facts{lodged(5), rejected(2)}, {1, false}),
            (Picture{State::settled, "2", "lodged", ""}));
}

TEST(Fold, a_passing_receipt_after_a_refusal_takes_it_up_again) {
  EXPECT_EQ(fold(on_its_way, Facts{rejected(1), passing(2, "300")}, {1, false}), (Picture{State::sent, "300", "", ""}));
}

TEST(Fold, a_passing_receipt_does_not_unsettle) {
  EXPECT_EQ(fold(on_its_way, Facts{released(1), passing(2, "300")}, {1, false}),
            (Picture{State::settled, "300", "released", ""}));
}

TEST(Fold, receipts_of_one_moment_count_by_arrival) {
  const ReceiptFact first = lodged(1);
  const ReceiptFact second = rejected(1);
  EXPECT_EQ(fold(on_its_way, Facts{second, first}, {1, false}).state, State::refused);
}

TEST(Fold, a_customs_decision_is_held_and_a_later_release_settles_it) {
  EXPECT_EQ(fold(on_its_way, Facts{returned(1)}, {1, false}), (Picture{State::held, "700", "returned", "700 退运"}));
  EXPECT_EQ(fold(on_its_way, Facts{returned(1), released(2)}, {1, false}),
            (Picture{State::settled, "800", "released", ""}));
}

TEST(Fold, already_there_after_a_second_delivery_proves_arrival) {
  EXPECT_EQ(fold({State::unconfirmed, "", "", ""}, Facts{there_already(1)}, {2, false}),
            (Picture{State::sent, "-301014", "", ""}));
}

TEST(Fold, already_there_after_one_delivery_refuses) {
  EXPECT_EQ(fold(on_its_way, Facts{there_already(1)}, {1, false}),
            (Picture{State::refused, "-301014", "rejected", "-301014 订单报文处理失败"}));
}

TEST(Fold, already_there_refuses_where_an_earlier_version_reached_the_port) {
  EXPECT_EQ(fold(on_its_way, Facts{there_already(1)}, {3, true}).state, State::refused);
}

TEST(Fold, already_there_never_moves_what_is_settled) {
  EXPECT_EQ(fold(on_its_way, Facts{lodged(1), there_already(2)}, {1, false}).state, State::settled);
  EXPECT_EQ(fold(on_its_way, Facts{lodged(1), there_already(2)}, {2, false}).state, State::settled);
  EXPECT_EQ(fold(on_its_way, Facts{lodged(2), there_already(1)}, {1, false}).state, State::settled);
}

TEST(Fold, already_there_does_not_reopen_a_refusal) {
  EXPECT_EQ(fold(on_its_way, Facts{rejected(1), there_already(2)}, {2, false}),
            (Picture{State::refused, "-301014", "rejected", "100 [Code:1322;Desc:不一致]"}));
}

TEST(Fold, withdrawn_stays_and_still_shows_what_customs_did) {
  EXPECT_EQ(fold({State::withdrawn, "", "", "重复下单"}, Facts{passing(1, "2"), rejected(2)}, {1, false}),
            (Picture{State::withdrawn, "100", "rejected", "重复下单"}));
}

TEST(Fold, a_refusal_without_a_text_gives_its_code) {
  EXPECT_EQ(fold(on_its_way, Facts{receipt(1, "-301020", answer(Effect::refuse, "rejected"))}, {1, false}).reason,
            "-301020");
}

TEST(Fold, every_order_and_every_repetition_of_the_same_receipts_gives_the_same_picture) {
  std::mt19937 random(20260131);
  for (int round = 0; round < 500; ++round) {
    Facts pool{lodged(1),        passing(1, "3"), rejected(2),       released(3),
               there_already(3), returned(4),     passing(5, "300"), rejected(6)};
    std::ranges::shuffle(pool, random);
    pool.resize(1 + random() % pool.size());
    const Deliveries deliveries{static_cast<int>(random() % 3), random() % 2 == 0};
    const Picture expected = fold(on_its_way, pool, deliveries);
    Facts repeated = pool;
    for (const ReceiptFact& fact : pool) {
      if (random() % 2 == 0) continue;
      repeated.push_back(fact);
      repeated.back().arrival = 1'000'000 + static_cast<std::int64_t>(random() % 1000);
    }
    std::ranges::shuffle(repeated, random);
    EXPECT_EQ(fold(on_its_way, repeated, deliveries), expected) << "round " << round;
    EXPECT_EQ(fold(expected, repeated, deliveries), expected) << "round " << round;
  }
}

Standing standing_after(const Facts& facts, std::string_view app_type = "1") {
  return standing_of(fold(on_its_way, facts, {1, false}), facts, app_type);
}

TEST(StandingOf, follows_what_customs_has_said) {
  const ReceiptFact negative = receipt(1, "-621049", answer(Effect::refuse, "rejected"));
  EXPECT_EQ(standing_after({}), Standing::nothing_stored);
  EXPECT_EQ(standing_after({negative}), Standing::nothing_stored);
  EXPECT_EQ(standing_after({lodged(1)}), Standing::stored);
  EXPECT_EQ(standing_after({lodged(1), rejected(2)}), Standing::rejected_stored);
  EXPECT_EQ(standing_after({passing(1, "2")}), Standing::declared);
  EXPECT_EQ(standing_after({passing(1, "2"), passing(2, "120"), released(3)}), Standing::released);
  EXPECT_EQ(standing_after({released(1), receipt(2, "899", answer(Effect::settle, "closed"))}), Standing::closed);
  EXPECT_EQ(standing_after({returned(1)}), Standing::decided);
}

TEST(StandingOf, a_settled_deletion_is_cancelled) {
  EXPECT_EQ(standing_after({lodged(1)}, "3"), Standing::cancelled);
  EXPECT_EQ(standing_after({receipt(1, "2", answer(Effect::settle, "cancelled"))}, "3"), Standing::cancelled);
}

TEST(StandingOf, a_cancellation_or_refund_that_was_granted_is_done) {
  EXPECT_EQ(standing_after({receipt(1, "399", answer(Effect::settle, "cancelled"))}), Standing::done);
  EXPECT_EQ(standing_after({receipt(1, "399", answer(Effect::settle, "refunded"))}), Standing::done);
}

TEST(StandingOf, what_eport_only_keeps_is_a_draft_until_it_is_declared) {
  const ReceiptFact draft = receipt(1, "1", answer(Effect::settle, "lodged"));
  EXPECT_EQ(standing_after({draft}), Standing::draft);
  EXPECT_EQ(standing_after({draft, passing(2, "2")}), Standing::stored);
  EXPECT_EQ(standing_after({receipt(1, "1", answer(Effect::pass, "")), passing(2, "120")}), Standing::declared);
}

TEST(StandingOf, a_refused_change_leaves_the_earlier_version_stored) {
  EXPECT_EQ(standing_after({receipt(1, "-301020", answer(Effect::refuse, "rejected"))}, "2"), Standing::stored);
}

TEST(StandingOf, already_there_answers_do_not_hide_an_earlier_verdict) {
  EXPECT_EQ(standing_after({rejected(1), there_already(2)}), Standing::rejected_stored);
}

}  // namespace
}  // namespace gateway::lifecycle
