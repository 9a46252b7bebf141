// What every ledger promises to those who have to prove what happened.
#include <algorithm>

#include "gateway/ledger/chain.h"
#include "tests/contracts/ledger_suite.h"

namespace tests {

using namespace gateway::ledger;  // the suite speaks the ledger's own words
using enum gateway::lifecycle::State;

namespace {

constexpr std::size_t enough_bytes = std::size_t{1} << 20;

std::vector<ChainedVersion> chains_of(const Evidence& evidence) {
  std::vector<ChainedVersion> chains;
  for (const KeptVersion& version : evidence.versions) chains.push_back({version.guid, version.entries});
  return chains;
}

std::vector<std::string> grounds_of(const KeptVersion& version) {
  std::vector<std::string> grounds;
  for (const ChainEntry& entry : version.entries) grounds.push_back(entry.move.evidence);
  return grounds;
}

}  // namespace

TEST_P(LedgerSuite, the_evidence_of_a_document_holds_all_that_its_entries_rest_on) {
  const std::string id = accept("A1").id;
  seal("M1", {id});
  deliver("M1", sent);
  ASSERT_TRUE(receive(id, "2", {sent, "2", "", ""}));
  ASSERT_TRUE(receive(id, "120", {settled, "120", "lodged", ""}));
  const Evidence evidence = ledger().evidence(id, enough_bytes).value();
  EXPECT_TRUE(evidence.is_whole);
  ASSERT_EQ(evidence.versions.size(), 1U);
  const KeptVersion& version = evidence.versions[0];
  EXPECT_EQ(version.guid, new_version("A1").guid);
  EXPECT_EQ(version.body, new_version("A1").body);
  EXPECT_EQ(version.content_digest, new_version("A1").content_digest);
  EXPECT_EQ(version.app_time, "20260131093000");
  EXPECT_EQ(version.summary.picture, (Picture{settled, "120", "lodged", ""}));
  EXPECT_EQ(version.message, "M1");
  ASSERT_EQ(evidence.messages.size(), 1U);
  EXPECT_EQ(evidence.messages[0].message.signed_xml, "<signed/>");
  EXPECT_EQ(evidence.messages[0].message.envelope, "{envelope}");
  EXPECT_EQ(evidence.messages[0].sealed_at, at(1));
  ASSERT_EQ(evidence.deliveries.size(), 1U);
  EXPECT_EQ(evidence.deliveries[0].message, "M1");
  EXPECT_EQ(evidence.deliveries[0].row.outcome, DeliveryOutcome::confirmed);
  EXPECT_EQ(evidence.deliveries[0].finished_at, at(3));
  EXPECT_EQ(evidence.deliveries[0].proof, proof);
  ASSERT_EQ(evidence.inbound.size(), 2U);
  EXPECT_EQ(evidence.inbound[0].record.bytes, "[" + id + "2]");
  EXPECT_EQ(evidence.inbound[1].record.received_at, at(4));
  ASSERT_EQ(version.receipts.size(), 2U);
  EXPECT_EQ(version.receipts[1].row.status, "120");
  EXPECT_EQ(version.receipts[1].inbound, id + "120");
  const auto grounds = grounds_of(version);
  ASSERT_EQ(grounds.size(), 5U);
  EXPECT_EQ(grounds[0], "content digest-A1");
  EXPECT_TRUE(grounds[1].starts_with("message M1 ")) << grounds[1];
  EXPECT_EQ(grounds[2], "delivery " + std::to_string(evidence.deliveries[0].number) + " confirmed OK");
  EXPECT_EQ(grounds[4], "inbound " + id + "120");
}

TEST_P(LedgerSuite, the_evidence_has_the_entries_that_the_feed_does_not_show_and_they_are_one_chain) {
  const std::string id = accept("A1").id;
  seal("M1", {id});
  deliver("M1", sent);
  ASSERT_TRUE(receive(id, "120", {settled, "120", "lodged", ""}));
  ASSERT_TRUE(receive(id, "121", {settled, "120", "lodged", ""}));  // tells nothing new
  EXPECT_EQ(ledger().changes(0, {}, 100).size(), 4U);
  const Evidence evidence = ledger().evidence(id, enough_bytes).value();
  EXPECT_EQ(evidence.versions.at(0).entries.size(), 5U);
  EXPECT_TRUE(breaks(chains_of(evidence)).empty());
  EXPECT_EQ(ledger().document(id, {})->chain, evidence.versions[0].entries.back().digest);
}

TEST_P(LedgerSuite, the_evidence_of_several_versions_is_one_chain_although_the_first_still_goes_on) {
  const std::string id = accept("A1").id;
  seal("M1", {id});
  deliver("M1", sent);
  ASSERT_TRUE(receive(id, "100", {refused, "100", "rejected", "because"}));
  NewVersion corrected = new_version("A1", 2);
  corrected.body = R"({"OrderHead":{"orderNo":"A1","note":"corrected"}})";
  accept(corrected);
  Move late = move_to(id, held);
  const Standing first = *ledger().standing({id, 1});
  late.ref.version = 1;
  late.revision = first.revision;
  late.from = refused;
  ASSERT_TRUE(ledger().move(late, at(9)));
  const Evidence evidence = ledger().evidence(id, enough_bytes).value();
  ASSERT_EQ(evidence.versions.size(), 2U);
  EXPECT_EQ(evidence.versions[1].body, corrected.body);
  EXPECT_EQ(evidence.versions[0].entries.back().move.to, held);
  EXPECT_TRUE(breaks(chains_of(evidence)).empty());
}

TEST_P(LedgerSuite, the_evidence_keeps_to_its_document) {
  const std::string first = accept("A1").id;
  const std::string second = accept("A2").id;
  seal("M1", {first, second});
  deliver("M1", sent);
  ASSERT_TRUE(receive(first, "120", {settled, "120", "lodged", ""}));
  const Evidence evidence = ledger().evidence(second, enough_bytes).value();
  EXPECT_EQ(evidence.versions.size(), 1U);
  EXPECT_EQ(evidence.messages.size(), 1U) << "the message is that of both";
  EXPECT_EQ(evidence.deliveries.size(), 1U);
  EXPECT_TRUE(evidence.inbound.empty());
  EXPECT_FALSE(ledger().evidence("unknown", enough_bytes));
}

TEST_P(LedgerSuite, the_evidence_has_who_had_a_record_matched_anew) {
  const std::string id = accept("A1").id;
  seal("M1", {id});
  deliver("M1", sent);
  const std::string digest = id + "120";
  store(digest);
  ledger().set_inbound(digest, InboundState::unmatched, "matches nothing", {});
  ASSERT_TRUE(ledger().match_again(digest, {at(5), "operator", "the order was late"}));
  ASSERT_TRUE(receive(id, "120", {settled, "120", "lodged", ""}));
  const Evidence evidence = ledger().evidence(id, enough_bytes).value();
  ASSERT_EQ(evidence.inbound.size(), 1U);
  ASSERT_EQ(evidence.inbound[0].acts.size(), 1U);
  EXPECT_EQ(evidence.inbound[0].acts[0].by, "operator");
  EXPECT_EQ(evidence.inbound[0].acts[0].reason, "the order was late");
}

TEST_P(LedgerSuite, evidence_of_more_bytes_than_asked_for_is_not_read_to_its_end) {
  const std::string id = accept("A1").id;
  seal("M1", {id});
  const std::size_t bytes = [&] {
    std::size_t least = 1;
    while (!ledger().evidence(id, least)->is_whole) ++least;
    return least;
  }();
  EXPECT_GT(bytes, new_version("A1").body.size() + std::string("<signed/>{envelope}").size());
  EXPECT_TRUE(ledger().evidence(id, bytes)->is_whole);
  EXPECT_FALSE(ledger().evidence(id, bytes - 1)->is_whole);
  EXPECT_FALSE(ledger().evidence(id, 0)->is_whole);
}

}  // namespace tests
