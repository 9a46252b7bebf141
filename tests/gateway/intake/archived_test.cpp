// Posts and questions about documents that have left the ledger for the archive.
#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>

#include "tests/gateway/intake/running_intake.h"

namespace tests {
namespace {

using gateway::lifecycle::State;
using ItsFile = RunningIntake::ItsFile;

std::string archived_order(RunningIntake& gateway, ItsFile its_file) {
  const std::string id = gateway.accepted_order("A1");
  gateway.receive(id, "120", {State::settled, "120", "lodged", ""});
  gateway.archive(id, its_file);
  return id;
}

TEST(ArchivedDocuments, AreNotFoundButToldOf) {
  RunningIntake gateway;
  const std::string id = archived_order(gateway, ItsFile::is_good);
  for (const std::string path : {"", "/message", "/offers"}) {
    const Told told = gateway.get("/v1/documents/" + id + path);
    EXPECT_EQ(told.status, 404U) << path;
    EXPECT_EQ(told.faults(), "api.archived \n") << path;
    EXPECT_TRUE(told.says("FILE")) << told.body;
    EXPECT_TRUE(told.says("cebgate archive restore " + id)) << told.body;
    EXPECT_EQ(gateway.get("/v1/documents/" + id + path, "second").faults(), "api.unknown_document \n") << path;
  }
}

TEST(ArchivedDocuments, ComeBackWithTheSamePost) {
  RunningIntake gateway;
  const std::string id = archived_order(gateway, ItsFile::is_good);
  const Told again = gateway.post(boost::json::serialize(order("A1")));
  ASSERT_EQ(again.status, 200U) << again.body;
  EXPECT_EQ(again.json().at(0).at("id").as_string(), id);
  EXPECT_EQ(gateway.ledger().newest_by_id(id)->summary.picture.state, State::settled);
}

TEST(ArchivedDocuments, ComeBackWithACorrection) {
  RunningIntake gateway;
  const std::string id = archived_order(gateway, ItsFile::is_good);
  auto corrected = order("A1");
  head(corrected)["buyerName"] = "测试乙";
  const Told told = gateway.post(boost::json::serialize(corrected));
  EXPECT_NE(told.status, 500U) << told.body;
  EXPECT_FALSE(told.says("intake.archived")) << told.body;
  EXPECT_TRUE(gateway.ledger().newest_by_id(id)) << "and the corrections table has judged it";
}

TEST(ArchivedDocuments, AreNotTakenForNewOnesWhereTheirFileIsMissing) {
  RunningIntake gateway;
  const std::string id = archived_order(gateway, ItsFile::is_missing);
  const Told told =
      gateway.post("[" + boost::json::serialize(order("B1")) + "," + boost::json::serialize(order("A1")) + "]");
  EXPECT_EQ(told.status, 409U) << told.body;
  EXPECT_EQ(told.faults(), "intake.archived /1/document\n");
  EXPECT_TRUE(told.says(id));
  EXPECT_TRUE(gateway.ledger().archived("B1").empty());
}

TEST(ArchivedDocuments, AreNotBroughtBackByAValidation) {
  RunningIntake gateway;
  const std::string id = archived_order(gateway, ItsFile::is_good);
  Asked asked;
  asked.method = "POST";
  asked.path = "/v1/validate";
  asked.body = boost::json::serialize(order("A1"));
  EXPECT_EQ(gateway.ask(asked).status, 200U);
  EXPECT_FALSE(gateway.ledger().newest_by_id(id));
}

}  // namespace
}  // namespace tests
