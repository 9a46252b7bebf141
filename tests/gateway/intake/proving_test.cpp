// The evidence of a document as the API gives it.
#include <gtest/gtest.h>
#include <string>

#include "base/digest.h"
#include "gateway/evidence/check.h"
#include "tests/gateway/intake/running_intake.h"

namespace {

namespace evidence = gateway::evidence;
using gateway::lifecycle::State;
using tests::RunningIntake;
using tests::Told;

evidence::Checked checked(const Told& told) {
  const auto files = evidence::read_zip(told.body);
  return files ? evidence::check(*files, RunningIntake::catalog(), {}) : evidence::Checked{};
}

TEST(Proving, EvidenceOfWhatWasAcceptedHoldsAndEndsWhereTheDocumentSays) {
  RunningIntake gateway;
  const auto id = gateway.accepted_order("A3");
  gateway.put(id, {State::held, "", "", "a person looks"});
  const Told told = gateway.get("/v1/documents/" + id + "/evidence");
  ASSERT_EQ(told.status, 200u) << told.body;
  EXPECT_EQ(told.headers.get("Content-Type"), "application/zip");
  EXPECT_EQ(told.headers.get("Content-Disposition"), "attachment; filename=\"evidence-CEB311Message-A3.zip\"");
  const auto found = checked(told);
  EXPECT_TRUE(found.holds());
  EXPECT_TRUE(found.faults.empty());
  EXPECT_EQ(found.manifest.id, id);
  EXPECT_EQ(found.manifest.edition, "202205");
  ASSERT_EQ(found.versions.size(), 1u);
  EXPECT_EQ(found.versions[0].entries, 2u);
  const std::string chain(gateway.get("/v1/documents/" + id).json().at("chain").as_string());
  EXPECT_EQ(chain.size(), 64u);
  EXPECT_EQ(chain, found.versions[0].end);
}

TEST(Proving, EvidenceHasTheBytesOfMessageAndReceipts) {
  RunningIntake gateway;
  const auto id = gateway.accepted_order("A3");
  gateway.seal(id);
  gateway.receive(id, "2", {State::settled, "2", "lodged", ""});
  const auto files = evidence::read_zip(gateway.get("/v1/documents/" + id + "/evidence").body);
  ASSERT_TRUE(files);
  const auto package = evidence::read_package(*files);
  ASSERT_TRUE(package);
  EXPECT_EQ(package->evidence.messages.at(0).message.signed_xml, "<signed/>");
  EXPECT_EQ(package->evidence.messages.at(0).message.envelope, "{\"Message\":{}}");
  EXPECT_EQ(package->evidence.versions.at(0).receipts.at(0).row.status, "2");
  EXPECT_EQ(package->evidence.inbound.size(), 1u);
}

TEST(Proving, WhatIsAnothersDoesNotExistAndNothingIsAskedInVain) {
  RunningIntake gateway;
  const auto id = gateway.accepted_order("A3");
  const std::string path = "/v1/documents/" + id + "/evidence";
  EXPECT_EQ(gateway.get(path, "watcher").status, 200u);
  for (const std::string token : {"second", "nobody"}) EXPECT_EQ(gateway.get(path, token).status, 404u);
  EXPECT_EQ(gateway.get("/v1/documents/unknown/evidence").faults(), "api.unknown_document \n");
  EXPECT_EQ(gateway.get(path + "?version=1").faults(), "api.parameter ?version\n");
}

}  // namespace
