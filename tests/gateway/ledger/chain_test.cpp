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

}  // namespace
}  // namespace tests
