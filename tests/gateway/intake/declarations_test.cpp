// Every declaration of the catalog goes through intake: posted as JSON, accepted, filled in, known again.
#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>

#include "gateway/lifecycle/state.h"
#include "tests/gateway/intake/running_intake.h"
#include "tests/support/documents.h"

namespace {

namespace json = boost::json;
using tests::RunningIntake;
using tests::Told;

const tests::Sale declared_sale{
    .number = "N1", .ecommerce = "4601960001", .payment = "4601960001", .logistics = "4601960003"};

// Everybody may declare everything: roles are tested elsewhere.
config::Settings settings() {
  config::Settings all = tests::intake_settings();
  for (config::Enterprise& enterprise : all.enterprises) {
    enterprise.roles = {"ecommerce", "platform", "payment", "logistics", "agent", "operator"};
  }
  return all;
}

std::string posting(const std::string& type) {
  return tests::post(type, tests::declarant_of(type, declared_sale), tests::declaration(type, declared_sale));
}

class Declarations : public testing::TestWithParam<std::string> {};

TEST_P(Declarations, AreAcceptedAndFilledIn) {
  RunningIntake gateway(settings());
  const Told told = gateway.post(posting(GetParam()));
  ASSERT_EQ(told.status, 202U) << told.body;
  const std::string id(told.json().at(0).at("id").as_string());
  const schemas::MessageType& type = *RunningIntake::catalog().find(GetParam());
  const json::value shown = gateway.get("/v1/documents/" + id).json();
  const json::value& document = shown.at("document");
  const json::object& fields = (type.head.empty() ? document : document.at(type.head)).as_object();
  EXPECT_EQ(fields.at("guid").as_string().size(), 36U);
  EXPECT_EQ(fields.at("appTime"), "20260131093000");
  EXPECT_EQ(fields.at("appType"), "1");
  EXPECT_EQ(fields.at("appStatus"), "2");
  EXPECT_FALSE(fields.at(type.key_fields.back()).as_string().empty());
}

TEST_P(Declarations, PostedAgainAreKnown) {
  RunningIntake gateway(settings());
  const Told first = gateway.post(posting(GetParam()));
  const Told again = gateway.post(posting(GetParam()));
  EXPECT_EQ(again.status, 200U) << again.body;
  EXPECT_EQ(again.json(), first.json());
}

// Whatever the standing, a document that was refused before it was stored may be posted corrected.
TEST_P(Declarations, RefusedBeforeTheyWereStoredAreDeclaredAnew) {
  RunningIntake gateway(settings());
  const Told first = gateway.post(posting(GetParam()));
  const std::string id(first.json().at(0).at("id").as_string());
  gateway.receive(id, "-10101", {gateway::lifecycle::State::refused, "-10101", "rejected", "-10101"});
  json::value corrected = json::parse(posting(GetParam()));
  const schemas::MessageType& type = *RunningIntake::catalog().find(GetParam());
  json::value& document = corrected.at("document");
  json::object& head = (type.head.empty() ? document : document.at(type.head)).as_object();
  head["note"] = "更正";
  head[type.key_fields.back()] = first.json().at(0).at("number");  // a correction names what the gateway made
  const Told second = gateway.post(json::serialize(corrected));
  ASSERT_EQ(second.status, 202U) << second.body;
  EXPECT_EQ(second.json().at(0).at("version"), 2);
  EXPECT_EQ(gateway.ledger().newest_by_id(id)->app_type, "1");
}

INSTANTIATE_TEST_SUITE_P(Types, Declarations, testing::ValuesIn(tests::declaration_types()),
                         [](const auto& instance) { return instance.param; });

TEST(DeclarationTypes, AreThoseOfTheCatalog) {
  std::vector<std::string> names;
  for (const schemas::MessageType& type : RunningIntake::catalog().types()) {
    if (type.kind == schemas::MessageKind::declaration) names.push_back(type.name);
  }
  std::sort(names.begin(), names.end());
  EXPECT_EQ(names, tests::declaration_types());
}

}  // namespace
