// What holds whichever way leads to the data exchange platform: its refusals, messages taken apart, and a gateway that
// is killed between any two steps.
#include <algorithm>
#include <boost/json/parse.hpp>
#include <gmock/gmock.h>

#include "tests/gateway/app/exchange_ways.h"
#include "tests/support/eventually.h"

namespace tests::app {
namespace {

using testing::Combine;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;
using testing::Values;

const auto every_profile = Values("directory", "dxp-as2", "dxp-as3", "dxp-amqp", "dxp-amqp1");

std::string as_a_name(std::string words) {
  std::ranges::replace_if(
      words, [](char c) { return c == '.' || c == ':' || c == '-'; }, '_');
  return words;
}

// Customs data in which an order's number may have eighteen characters: it refuses what the gateway lets pass.
std::filesystem::path stricter_schemas(const std::filesystem::path& folder) {
  std::filesystem::copy(schemas_directory(), folder, std::filesystem::copy_options::recursive);
  const auto file = folder / "xsd" / "202205" / "import.xsd";
  std::string xsd = read_file(file);
  const std::string before = R"(name="orderNo" type="ceb:C1..60")", after = R"(name="orderNo" type="ceb:C1..18")";
  xsd.replace(xsd.find(before, xsd.find(R"(complexType name="OrderHead")")), before.size(), after);
  write_file(file, xsd);
  return folder;
}

std::string together(const std::vector<std::string>& numbers) {
  std::string body;
  for (const std::string& number : numbers) {
    body += (body.empty() ? "[" : ",") + posting("CEB311Message", order_document({.number = number}));
  }
  return body + "]";
}

class Exchange : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    way_ = exchange_way(GetParam());
    if (way_ == nullptr) GTEST_SKIP() << "what " << GetParam() << " needs is not installed";
  }
  std::unique_ptr<ExchangeWay> way_;
};

TEST_P(Exchange, a_ceb900_takes_a_message_apart_and_refuses_the_one_at_fault) {
  const ScratchDirectory scratch;
  Manner manner = way_->manner();
  manner.batch_limit = "2";
  manner.platform_schemas = stricter_schemas(scratch.path() / "schemas").string();
  Site site(manner);
  site.start_platform();
  site.start_gateway();
  const auto response = site.ask("POST", "/v1/documents", Site::token_of(enterprises.ecommerce),
                                 together({"F1", "NUMBER-OF-MANY-LETTERS-1"}));
  const auto ids = boost::json::parse(response.body).as_array();
  ASSERT_THAT(ids, SizeIs(2)) << response.body;
  const Seen settled = site.wait_until(std::string(ids[0].at("id").as_string()), is_through);
  const Seen refused = site.wait_for_state(std::string(ids[1].at("id").as_string()), "refused");
  EXPECT_THAT(refused.statuses, Contains("CEB900"));
  EXPECT_THAT(refused.reason, HasSubstr("orderNo"));
  EXPECT_EQ(settled.version, 1);
}

TEST_P(Exchange, a_bad_signature_is_a_refusal_in_the_exchange_platforms_words) {
  const ScratchDirectory scratch;
  TestAuthority strangers(scratch.path() / "strangers");
  const TestIdentity identity = strangers.issue_sm2("测试电商企业");
  Site site(way_->manner());
  site.set_ecommerce_keys("key = \"file:" + identity.key.string() +
                          "\"\ncertificate = \"file:" + identity.certificate.string() + "\"\n");
  site.start_platform();
  site.start_gateway();
  const std::string id = site.accepted("CEB311Message", order_document({.number = "F1"}));
  const Seen refused = site.wait_for_state(id, "refused");
  EXPECT_THAT(refused.statuses, ElementsAre("DxpRep"));
  EXPECT_THAT(refused.reason, HasSubstr("1001"));
}

INSTANTIATE_TEST_SUITE_P(Ways, Exchange, every_profile, [](const auto& way) { return as_a_name(way.param); });

class ExchangeDeaths : public testing::TestWithParam<std::tuple<const char*, const char*>> {};

TEST_P(ExchangeDeaths, a_killed_gateway_loses_nothing_and_doubles_nothing) {
#ifndef CEBGATE_FAILPOINTS
  GTEST_SKIP() << "this build has no failpoints";
#endif
  const auto [profile, place] = GetParam();
  const auto way = exchange_way(profile);
  if (way == nullptr) GTEST_SKIP() << "what " << profile << " needs is not installed";
  Site site(way->manner());
  site.start_platform();
  site.start_gateway({{"CEBGATE_FAILPOINT", place}});
  const std::vector<std::string> numbers{"D1", "D2", "D3"};
  const std::string body = together(numbers);
  site.try_to("POST", "/v1/documents", Site::token_of(enterprises.ecommerce), body);
  ASSERT_TRUE(eventually([&] { return site.gateway().has_ended(); })) << "it was not come by";
  site.start_gateway();
  // The ERP may have heard nothing.
  const auto response = site.ask("POST", "/v1/documents", Site::token_of(enterprises.ecommerce), body);
  const auto posted = boost::json::parse(response.body);
  ASSERT_THAT(posted.as_array(), SizeIs(numbers.size()));
  for (const auto& one : posted.as_array()) {
    Seen seen = site.wait_until(std::string(one.at("id").as_string()), is_through, std::chrono::seconds(40));
    std::erase(seen.statuses, "-301010");  // to bytes that came twice under one guid
    EXPECT_THAT(seen.statuses, ElementsAre("2", "120"));
    EXPECT_EQ(seen.version, 1);
  }
  for (const std::string& number : numbers) EXPECT_THAT(site.received(number), SizeIs(1));
  EXPECT_EQ(site.measure(R"(cebgate_inbound_records{state="unreadable"})"), 0);
}

INSTANTIATE_TEST_SUITE_P(BetweenTheSteps, ExchangeDeaths,
                         Combine(every_profile,
                                 Values("dispatch.begun", "dispatch.answered:2", "dispatch.finished:2",
                                        "receipts.received", "receipts.stored", "receipts.acknowledged")),
                         [](const auto& one) {
                           return as_a_name(std::string(std::get<0>(one.param)) + "_" + std::get<1>(one.param));
                         });

}  // namespace
}  // namespace tests::app
