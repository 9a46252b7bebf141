#include "gateway/dispatch/batches.h"

#include <gtest/gtest.h>

namespace {

using gateway::dispatch::group;
using gateway::ledger::DueDocument;
using std::chrono::milliseconds;

const base::Time noon{std::chrono::sys_days{std::chrono::year{2026} / 1 / 31} + std::chrono::hours{12}};

DueDocument due(const std::string& enterprise, const std::string& type, milliseconds age) {
  DueDocument document;
  document.enterprise = enterprise;
  document.type = type;
  document.created_at = noon - age;
  return document;
}

TEST(Batches, one_enterprise_and_one_type_share_a_message) {
  const auto [batches, again] = group({due("E1", "T1", milliseconds(5)), due("E2", "T1", milliseconds(4)),
                                       due("E1", "T1", milliseconds(3)), due("E1", "T2", milliseconds(2))},
                                      {.documents = 10, .of_type = {}, .linger = milliseconds(0)}, noon);
  ASSERT_EQ(batches.size(), 3U);
  EXPECT_EQ(batches[0].documents.size(), 2U);
}

TEST(Batches, what_goes_alone_shares_no_message_and_does_not_linger) {
  std::vector<DueDocument> documents(3, due("E1", "T1", milliseconds(5)));
  documents[1].goes_alone = true;
  const auto batches = group(documents, {.documents = 10, .of_type = {}, .linger = milliseconds(0)}, noon).batches;
  ASSERT_EQ(batches.size(), 2U);
  EXPECT_EQ(batches[0].documents.size(), 2U);
  ASSERT_EQ(batches[1].documents.size(), 1U);
  EXPECT_TRUE(batches[1].documents[0].goes_alone);
  const auto lingering = group(documents, {.documents = 10, .of_type = {}, .linger = milliseconds(50)}, noon).batches;
  ASSERT_EQ(lingering.size(), 1U);
  EXPECT_TRUE(lingering[0].documents[0].goes_alone);
}

TEST(Batches, the_limit_is_kept_and_one_over_begins_another) {
  std::vector<DueDocument> many(101, due("E1", "T1", milliseconds(5)));
  const auto [batches, again] = group(many, {.documents = 100, .of_type = {}, .linger = milliseconds(0)}, noon);
  ASSERT_EQ(batches.size(), 2U);
  EXPECT_EQ(batches[0].documents.size(), 100U);
  EXPECT_EQ(batches[1].documents.size(), 1U);
}

TEST(Batches, a_type_that_allows_fewer_documents_than_the_port_is_held_to_that) {
  const auto one_of_t1 = [](const std::string& type) { return type == "T1" ? std::size_t{1} : std::size_t{100}; };
  const gateway::dispatch::BatchLimits limits{.documents = 10, .of_type = one_of_t1, .linger = milliseconds(20)};
  const auto [batches, again] = group({due("E1", "T1", milliseconds(5)), due("E1", "T1", milliseconds(4)),
                                       due("E1", "T2", milliseconds(30)), due("E1", "T2", milliseconds(3))},
                                      limits, noon);
  ASSERT_EQ(batches.size(), 3U);  // the full ones do not linger
  for (const auto& batch : batches) EXPECT_EQ(batch.documents.size(), batch.type == "T1" ? 1U : 2U);
}

TEST(Batches, a_batch_that_is_not_full_lingers_until_its_oldest_document_has_waited) {
  const gateway::dispatch::BatchLimits limits{.documents = 2, .of_type = {}, .linger = milliseconds(20)};
  EXPECT_TRUE(group({due("E1", "T1", milliseconds(19))}, limits, noon).batches.empty());
  EXPECT_EQ(group({due("E1", "T1", milliseconds(20))}, limits, noon).batches.size(), 1U);
  const auto full = group({due("E1", "T1", milliseconds(1)), due("E1", "T1", milliseconds(1))}, limits, noon);
  EXPECT_EQ(full.batches.size(), 1U);
  EXPECT_FALSE(full.lingers_until);
}

TEST(Batches, the_end_of_the_first_linger_is_told) {
  const gateway::dispatch::BatchLimits limits{.documents = 2, .of_type = {}, .linger = milliseconds(20)};
  const auto grouped =
      group({due("E1", "T1", milliseconds(3)), due("E2", "T1", milliseconds(15)), due("E3", "T1", milliseconds(20))},
            limits, noon);
  EXPECT_EQ(grouped.batches.size(), 1U);
  EXPECT_EQ(grouped.lingers_until, noon + milliseconds(5));
}

}  // namespace
