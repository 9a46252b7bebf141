// How the bytes of messages are kept.
#include "gateway/ledger/sql/packing.h"

#include <gtest/gtest.h>

#include "base/base64.h"
#include "gateway/ledger/ledger_error.h"

namespace tests {
namespace {

using namespace gateway::ledger::sql;

void expect_back(const std::string& signed_xml, const std::string& envelope) {
  const MessageBytes kept = packed(signed_xml, envelope);
  const MessageBytes whole = unpacked(Packing::zstd, kept);
  EXPECT_EQ(whole.signed_xml, signed_xml);
  EXPECT_EQ(whole.envelope, envelope);
}

TEST(Packing, every_byte_comes_back) {
  const std::string xml = "<ceb:CEB311Message>\xE6\xB5\xB7</ceb:CEB311Message>";
  const std::string repeated = base::base64(xml);
  const std::string all_bytes("\0\x01w:c12:\xFF\n", 10);
  expect_back("", "");
  expect_back(xml, "{\"data\":\"" + repeated + "\"}");
  expect_back(xml, repeated);
  expect_back(xml, repeated + repeated);
  expect_back(xml, "7:" + repeated + all_bytes);
  expect_back(xml, all_bytes);
  expect_back(all_bytes, all_bytes);
  expect_back(xml, "nothing of it");
}

TEST(Packing, an_envelope_adds_next_to_nothing) {
  std::string xml;
  for (int i = 0; i < 20'000; ++i) xml += "<No>" + std::to_string(i * 7919) + "</No>";
  const MessageBytes kept = packed(xml, "{\"data\":\"" + base::base64(xml) + "\"}");
  EXPECT_LT(kept.envelope.size(), 100U);
  EXPECT_LT(kept.signed_xml.size(), xml.size() / 3);
}

TEST(Packing, what_is_damaged_is_told) {
  MessageBytes kept = packed("<a/>", "{}");
  kept.signed_xml[kept.signed_xml.size() / 2] ^= 0x55;
  kept.signed_xml.resize(kept.signed_xml.size() - 1);
  EXPECT_THROW(unpacked(Packing::zstd, kept), gateway::ledger::LedgerError);
  EXPECT_THROW(unpacked(Packing::zstd, {"", ""}), gateway::ledger::LedgerError);
}

TEST(Packing, what_older_ledgers_kept_is_as_it_is) {
  EXPECT_EQ(unpacked(Packing::none, {"<a/>", "{}"}).signed_xml, "<a/>");
}

}  // namespace
}  // namespace tests
