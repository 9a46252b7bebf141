// What every ledger promises to intake.
#include <stdexcept>

#include "tests/contracts/ledger_suite.h"

namespace tests {

using namespace gateway::ledger;  // the suite speaks the ledger's own words
using enum gateway::lifecycle::State;

TEST_P(LedgerSuite, what_was_accepted_is_there_after_reopening) {
  const Summary summary = accept("A1");
  reopen();
  const Standing found = standing(summary.id);
  EXPECT_EQ(found.summary.key, "CEB311Message/4601960001/A1");
  EXPECT_EQ(found.summary.number, "A1");
  EXPECT_EQ(found.summary.port, port);
  EXPECT_EQ(found.summary.picture, Picture{});
  EXPECT_EQ(found.summary.created_at, at(0));
  EXPECT_EQ(found.guid, "GUID-A1-1");
  EXPECT_EQ(found.app_time, "20260131093000");
  EXPECT_EQ(found.content_digest, "digest-A1");
  EXPECT_EQ(found.body, new_version("A1").body);
  EXPECT_EQ(found.dxp_id, dxp_id);
  EXPECT_EQ(found.deliveries_begun, 0);
}

TEST_P(LedgerSuite, newest_gives_a_place_for_each_key_asked_for) {
  accept("A1");
  accept("A3");
  const auto keys = keys_of({"A3", "A2", "A1"});
  const auto found = ledger().newest(keys);
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[0]->summary.number, "A3");
  EXPECT_FALSE(found[1]);
  EXPECT_EQ(found[2]->summary.number, "A1");
  EXPECT_FALSE(ledger().newest_by_id("unknown"));
}

TEST_P(LedgerSuite, ids_are_different_and_fit_into_an_address) {
  const std::string first = accept("A1").id;
  const std::string second = accept("A2").id;
  EXPECT_NE(first, second);
  EXPECT_EQ(first.find_first_not_of("0123456789abcdef-"), std::string::npos);
}

TEST_P(LedgerSuite, a_thousand_documents_are_accepted_in_one_call) {
  std::vector<NewVersion> versions;
  for (int i = 0; i < 1000; ++i) versions.push_back(new_version("N" + std::to_string(i)));
  const auto summaries = ledger().accept(versions, std::nullopt, at(0));
  ASSERT_TRUE(summaries);
  ASSERT_EQ(summaries->size(), 1000U);
  EXPECT_EQ(summaries->back().number, "N999");
  EXPECT_EQ(ledger().waiting(), 1000U);
}

TEST_P(LedgerSuite, accepting_is_all_or_nothing) {
  accept("A2");
  const std::vector<NewVersion> versions{new_version("A1"), new_version("A2"), new_version("A3")};
  EXPECT_FALSE(ledger().accept(versions, std::nullopt, at(0)));
  for (const auto& found : ledger().newest(keys_of({"A1", "A3"}))) EXPECT_FALSE(found);
  EXPECT_EQ(ledger().waiting(), 1U);
  EXPECT_EQ(ledger().changes(0, {}, 100).size(), 1U);
}

TEST_P(LedgerSuite, a_version_that_leaves_one_out_is_not_accepted) {
  const NewVersion third = new_version("A1", 3);
  EXPECT_FALSE(ledger().accept(std::span(&third, 1), std::nullopt, at(0)));
  accept("A1");
  EXPECT_FALSE(ledger().accept(std::span(&third, 1), std::nullopt, at(0)));
}

TEST_P(LedgerSuite, versions_share_the_id_and_each_stays_readable) {
  const Summary first = accept("A1");
  seal("M1", {first.id});
  deliver("M1", sent);
  ASSERT_TRUE(receive(first.id, "100", {refused, "100", "rejected", "100 no"}));
  const Summary second = accept(new_version("A1", 2));
  EXPECT_EQ(second.id, first.id);
  EXPECT_EQ(standing(first.id).summary.version, 2);
  EXPECT_EQ(ledger().document(first.id, {})->guid, "GUID-A1-2");
  const auto old = ledger().document(first.id, 1);
  ASSERT_TRUE(old);
  EXPECT_EQ(old->summary.picture.state, refused);
  EXPECT_EQ(old->receipts.size(), 1U);
  ASSERT_EQ(old->versions.size(), 2U);
  EXPECT_EQ(old->versions[1].version, 2);
  EXPECT_FALSE(ledger().document(first.id, 3));
  EXPECT_EQ(ledger().list({}).documents.size(), 1U);
}

TEST_P(LedgerSuite, a_receipt_for_an_older_version_leaves_the_newest_alone) {
  const Summary first = accept("A1");
  ASSERT_TRUE(ledger().move(move_to(first.id, withdrawn), at(1)));
  accept(new_version("A1", 2));
  const auto old = ledger().standing({first.id, 1});
  ASSERT_TRUE(old);
  store("late");
  Ledger::Applied applied{"late", {"2", "20231115061325000", "", at(5), at(6), "recorded"}, {}, {}};
  applied.move = {{first.id, 1}, old->revision, withdrawn, {withdrawn, "2", "lodged", ""}, {}, "receipts"};
  ASSERT_TRUE(ledger().apply_receipt(applied));
  EXPECT_EQ(ledger().document(first.id, 1)->summary.picture.stage, "2");
  EXPECT_EQ(standing(first.id).summary.picture, Picture{});
  EXPECT_EQ(ledger().changes(0, {}, 100).back().version, 1);
}

TEST_P(LedgerSuite, an_idempotent_answer_is_kept_with_the_documents) {
  const NewVersion version = new_version("A1");
  const Ledger::IdempotencyKey key{"erp", "k-1", "request", [](std::span<const Summary> summaries) {
                                     return Idempotent{"erp", "k-1", "request", 202, summaries[0].number};
                                   }};
  ASSERT_TRUE(ledger().accept(std::span(&version, 1), key, at(0)));
  reopen();
  const auto found = ledger().idempotent("erp", "k-1");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->answer, "A1");
  EXPECT_EQ(found->status, 202U);
  EXPECT_EQ(found->request_digest, "request");
  EXPECT_FALSE(ledger().idempotent("another", "k-1"));
}

TEST_P(LedgerSuite, a_key_that_was_answered_meanwhile_accepts_nothing) {
  const Ledger::IdempotencyKey key{"erp", "k-1", "request", [](std::span<const Summary>) {
                                     return Idempotent{"erp", "k-1", "request", 202, "first"};
                                   }};
  ASSERT_TRUE(ledger().accept({}, key, at(0)));
  const NewVersion version = new_version("A1");
  EXPECT_FALSE(ledger().accept(std::span(&version, 1), key, at(0)));
  EXPECT_EQ(ledger().waiting(), 0U);
}

TEST_P(LedgerSuite, an_idempotent_answer_is_forgotten_after_a_day) {
  const auto keep = [this](const std::string& name, base::Time now) {
    const Ledger::IdempotencyKey key{"erp", name, "request", [&name](std::span<const Summary>) {
                                       return Idempotent{"erp", name, "request", 202, ""};
                                     }};
    return ledger().accept({}, key, now).has_value();
  };
  ASSERT_TRUE(keep("old", at(0)));
  ASSERT_TRUE(keep("new", at(0) + std::chrono::hours(24)));
  EXPECT_TRUE(ledger().idempotent("erp", "old"));
  ASSERT_TRUE(keep("newer", at(1) + std::chrono::hours(24)));
  EXPECT_FALSE(ledger().idempotent("erp", "old"));
  EXPECT_TRUE(ledger().idempotent("erp", "new"));
}

TEST_P(LedgerSuite, an_exception_from_the_caller_leaves_nothing_behind) {
  const NewVersion version = new_version("A1");
  const Ledger::IdempotencyKey key{
      "erp", "k", "r", [](std::span<const Summary>) -> Idempotent { throw std::runtime_error("no answer"); }};
  EXPECT_THROW(ledger().accept(std::span(&version, 1), key, at(0)), std::runtime_error);
  EXPECT_EQ(ledger().waiting(), 0U);
  EXPECT_NO_THROW(accept("A1"));
}

}  // namespace tests
