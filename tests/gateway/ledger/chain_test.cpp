// The chain of what happened to a document.
#include "gateway/ledger/chain.h"

#include <gtest/gtest.h>
#include <set>

#include "base/digest.h"

namespace tests {
namespace {

using namespace gateway::ledger;
using gateway::lifecycle::State;

MoveRow entry() {
  MoveRow row;
  row.at = base::Time(std::chrono::milliseconds(1'795'544'009'128));
  row.from = State::sent;
  row.to = State::refused;
  row.stage = "100";
  row.outcome = "rejected";
  row.reason = "海关退单";
  row.by = "receipts";
  row.evidence = "inbound 0df7";
  return row;
}

// By `openssl dgst -sm3` over the bytes that docs/formats/evidence.md describes.
TEST(Chain, the_first_entry_is_sm3_over_its_fields_each_with_its_length) {
  const std::string bytes =
      "15:cebgate-chain-1,0:,4:GUID,13:1795544009128,4:sent,7:refused,3:100,8:rejected,12:海关退单,8:receipts,"
      "12:inbound 0df7,";
  EXPECT_EQ(link("", "GUID", entry()), base::sm3(bytes));
  EXPECT_EQ(base::hex(base::sm3("abc")), "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
}

TEST(Chain, every_field_and_what_went_before_count) {
  std::set<std::string> links{link("", "GUID", entry()), link("", "GUIE", entry()),
                              link(link("", "GUID", entry()), "GUID", entry())};
  const auto with = [&links](auto change) {
    MoveRow row = entry();
    change(row);
    links.insert(link("", "GUID", row));
  };
  with([](MoveRow& row) { row.at += std::chrono::milliseconds(1); });
  with([](MoveRow& row) { row.from = State::settled; });
  with([](MoveRow& row) { row.to = State::held; });
  with([](MoveRow& row) { row.stage = ""; });
  with([](MoveRow& row) { row.outcome = ""; });
  with([](MoveRow& row) { row.reason = ""; });
  with([](MoveRow& row) { row.by = "operator"; });
  with([](MoveRow& row) { row.evidence = ""; });
  with([](MoveRow& row) { std::swap(row.stage, row.outcome); });
  EXPECT_EQ(links.size(), 12U);
}

// `count` entries; the first follows `previous`.
ChainedVersion chained(const std::string& guid, std::size_t count, std::string previous) {
  ChainedVersion version{guid, {}};
  for (std::size_t i = 0; i < count; ++i) {
    MoveRow move = entry();
    move.at += std::chrono::milliseconds(i);
    previous = link(previous, guid, move);
    version.entries.push_back({move, previous});
  }
  return version;
}

std::string told(const std::vector<ChainedVersion>& versions) {
  std::string text;
  for (const ChainBreak& found : breaks(versions)) {
    text += std::to_string(found.version) + "/" + std::to_string(found.entry) +
            (found.kind == Break::not_chained ? " not chained; " : "; ");
  }
  return text;
}

std::vector<ChainedVersion> two_versions() {
  const ChainedVersion first = chained("G1", 4, "");
  return {first, chained("G2", 3, first.entries.back().digest)};
}

TEST(Chain, a_whole_chain_has_no_break) {
  EXPECT_EQ(told(two_versions()), "");
  EXPECT_EQ(told({}), "");
}

TEST(Chain, what_is_changed_taken_out_slipped_in_or_swapped_breaks_it_at_that_place) {
  auto changed = two_versions();
  changed[0].entries[1].move.reason = "another";
  EXPECT_EQ(told(changed), "0/1; ");
  auto taken_out = two_versions();
  taken_out[0].entries.erase(taken_out[0].entries.begin() + 2);
  EXPECT_EQ(told(taken_out), "0/2; ");
  auto slipped_in = two_versions();
  MoveRow extra = entry();
  extra.by = "nobody";
  slipped_in[0].entries.insert(slipped_in[0].entries.begin() + 1,
                               {extra, link(slipped_in[0].entries[0].digest, "G1", extra)});
  EXPECT_EQ(told(slipped_in), "0/2; ");
  auto swapped = two_versions();
  std::swap(swapped[1].entries[1], swapped[1].entries[2]);
  EXPECT_EQ(told(swapped), "1/1; 1/2; ");
  auto another_guid = two_versions();
  another_guid[1].guid = "G3";
  EXPECT_EQ(told(another_guid), "1/0; 1/1; 1/2; ");
}

TEST(Chain, a_version_follows_an_entry_of_the_one_before_which_may_still_go_on) {
  const ChainedVersion first = chained("G1", 4, "");
  EXPECT_EQ(told({first, chained("G2", 2, first.entries[2].digest)}), "");
  EXPECT_EQ(told({first, chained("G2", 2, "")}), "1/0; ");
  EXPECT_EQ(told({first, chained("G2", 2, base::sm3("elsewhere"))}), "1/0; ");
}

TEST(Chain, entries_older_than_the_chain_stand_before_it_only) {
  ChainedVersion old{"G1", {{entry(), ""}, {entry(), ""}}};
  EXPECT_EQ(told({old}), "");
  EXPECT_EQ(told({old, chained("G2", 2, "")}), "");
  ChainedVersion begun = old;
  begun.entries.push_back(chained("G1", 1, "").entries[0]);
  EXPECT_EQ(told({begun}), "");
  begun.entries.push_back({entry(), ""});
  EXPECT_EQ(told({begun}), "0/3 not chained; ");
  EXPECT_EQ(told({chained("G1", 2, ""), {"G2", {{entry(), ""}}}}), "1/0 not chained; ");
}

}  // namespace
}  // namespace tests
