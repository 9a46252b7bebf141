// Every declaration of the catalog becomes a signed message that is valid by its schema and verifies.
#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>

#include "base/xml.h"
#include "codecs/ceb/identity.h"
#include "codecs/ceb/json_codec.h"
#include "gateway/sealing/sealing.h"
#include "signing/verify.h"
#include "tests/gateway/support/bench.h"
#include "tests/support/documents.h"

namespace {

class SealedDeclarations : public testing::TestWithParam<std::string> {
 protected:
  std::string body(const std::string& number) const {
    const schemas::MessageType& type = *bench_.catalog.find(GetParam());
    const auto json = codecs::ceb::read_json(tests::declaration(GetParam(), {.number = number}));
    auto document = codecs::ceb::read_document(type, *json, "");
    codecs::ceb::fill_in(type, document->body, {.app_type = "1", .now = bench_.clock.now(), .later_than = {}});
    return boost::json::serialize(codecs::ceb::write_document(type, document->body));
  }
  base::Result<gateway::sealing::Sealed> seal(const std::vector<std::string>& bodies) const {
    return bench_.sealer->seal(bench_.settings.enterprises[0], bench_.settings.ports[0], GetParam(), bodies,
                               bench_.clock.now());
  }

  tests::Bench bench_;
};

TEST_P(SealedDeclarations, AreValidAndVerify) {
  const auto sealed = seal({body("N1")});
  ASSERT_TRUE(sealed) << sealed.faults().front().path << " " << sealed.faults().front().en;
  const auto xml = base::XmlDocument::read(sealed->signed_xml);
  ASSERT_TRUE(xml);
  const auto verdict = bench_.judge.judge(*xml, schemas::Level::schema, schemas::SignatureDemand::as_schema_says);
  EXPECT_TRUE(verdict.faults.empty()) << verdict.faults.front().en;
  EXPECT_TRUE(signing::verify(sealed->signed_xml, {.now = bench_.clock.now()}).valid);
}

TEST_P(SealedDeclarations, HoldAsManyDocumentsAsTheTypeAllowsAndNotOneMore) {
  const std::size_t most = bench_.sealer->most_documents(GetParam());
  EXPECT_EQ(most, GetParam() == "CEB711Message" ? 1U : 100U);
  std::vector<std::string> bodies;
  for (std::size_t i = 0; i < most; ++i) bodies.push_back(body("N" + std::to_string(i)));
  EXPECT_TRUE(seal(bodies));
  bodies.push_back(body("N" + std::to_string(most)));
  EXPECT_FALSE(seal(bodies));
}

INSTANTIATE_TEST_SUITE_P(Types, SealedDeclarations, testing::ValuesIn(tests::declaration_types()),
                         [](const auto& instance) { return instance.param; });

}  // namespace
