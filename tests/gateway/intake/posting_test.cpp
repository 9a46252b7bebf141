// POST /v1/documents and /v1/validate with JSON.
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <future>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <vector>

#include "tests/gateway/intake/running_intake.h"

namespace {

namespace json = boost::json;
using tests::Asked;
using tests::head;
using tests::order;
using tests::RunningIntake;
using tests::Told;

std::string written(const json::value& value) { return json::serialize(value); }

Asked posted_by(const std::string& token, const std::string& body) {
  Asked asked;
  asked.method = "POST";
  asked.path = "/v1/documents";
  asked.body = body;
  asked.token = token;
  return asked;
}

TEST(Posting, AnOrderIsDurableWhenItIsAnswered) {
  RunningIntake gateway;
  const Told told = gateway.post(written(order("A3")));
  ASSERT_EQ(told.status, 202u) << told.body;
  const json::value item = told.json().at(0);
  EXPECT_EQ(item.at("key"), "CEB311Message/4601960001/A3");
  EXPECT_EQ(item.at("number"), "A3");
  EXPECT_EQ(item.at("version"), 1);
  EXPECT_EQ(item.at("state"), "accepted");
  EXPECT_EQ(item.at("href"), json::string("/v1/documents/" + std::string(item.at("id").as_string())));
  EXPECT_FALSE(item.as_object().contains("warnings"));
  EXPECT_EQ(gateway.ledger().waiting(), 1u);
  EXPECT_EQ(gateway.wakes(), 1);
}

TEST(Posting, WhatTheErpLeavesOutIsFilledIn) {
  RunningIntake gateway;
  const auto id = gateway.accepted_order("A3");
  const auto standing = gateway.ledger().newest_by_id(id);
  EXPECT_EQ(standing->guid.size(), 36u);
  EXPECT_EQ(standing->app_type, "1");
  EXPECT_EQ(standing->app_status, "2");
  EXPECT_EQ(standing->app_time, "20260131093000");
  EXPECT_EQ(standing->dxp_id, "DXPENT0000000001");
}

TEST(Posting, AnArrayIsAnsweredInItsOrder) {
  RunningIntake gateway;
  const Told told = gateway.post(written(json::array{order("B"), order("A"), order("C")}));
  ASSERT_EQ(told.status, 202u) << told.body;
  EXPECT_EQ(told.json().at(0).at("number"), "B");
  EXPECT_EQ(told.json().at(1).at("number"), "A");
  EXPECT_EQ(told.json().at(2).at("number"), "C");
  EXPECT_EQ(gateway.wakes(), 1);
}

TEST(Posting, TheSameAgainGetsTheFirstAnswerAndMakesNothingNew) {
  RunningIntake gateway;
  const Told first = gateway.post(written(order("A3")));
  gateway.clock().advance(std::chrono::hours(1));
  const Told second = gateway.post(written(order("A3")));
  EXPECT_EQ(second.status, 200u) << second.body;
  EXPECT_EQ(second.json(), first.json());
  EXPECT_EQ(gateway.ledger().waiting(), 1u);
  EXPECT_EQ(gateway.wakes(), 1);
}

TEST(Posting, OfManyEqualPostsAtOnceOneIsTakenAndTheOthersGetItsAnswer) {
  RunningIntake gateway;
  std::vector<std::future<Told>> posts;
  for (int i = 0; i < 8; ++i) {
    posts.push_back(std::async(std::launch::async, [&gateway] { return gateway.post(written(order("A3"))); }));
  }
  int taken = 0, known = 0;
  for (auto& post : posts) {
    const unsigned status = post.get().status;
    taken += status == 202 ? 1 : 0;
    known += status == 200 ? 1 : 0;
  }
  EXPECT_EQ(taken, 1);
  EXPECT_EQ(known, 7);
  EXPECT_EQ(gateway.ledger().waiting(), 1u);
}

TEST(Posting, AnAmountWrittenOtherwiseIsTheSameContent) {
  RunningIntake gateway;
  gateway.accepted_order("A3");
  auto again = order("A3");
  head(again)["goodsValue"] = 20;
  head(again)["freight"] = "0.00";
  EXPECT_EQ(gateway.post(written(again)).status, 200u);
}

TEST(Posting, AValueThatCannotBeReadIsToldOnceBesideAllOtherFaults) {
  RunningIntake gateway;
  auto document = order("A1");
  head(document)["buyerName"] = std::string("A\x01");
  head(document)["note"] = nullptr;
  head(document)["currency"] = "14";
  const Told told = gateway.post(written(document));
  EXPECT_EQ(told.status, 422u);
  EXPECT_EQ(told.faults(),
            "json.character /document/OrderHead/buyerName\n"
            "json.shape /document/OrderHead/note\n"
            "schema.fixed /document/OrderHead/currency\n")
      << told.body;
}

TEST(Posting, EveryFaultOfEveryDocumentIsToldAtItsPlaceAndNothingIsTaken) {
  RunningIntake gateway;
  auto first = order("A1"), third = order("A3");
  head(first)["acturalPaid"] = "21";
  head(first)["currency"] = "14";
  third.at("document").as_object()["OrderList"].as_array()[0].as_object().erase("qty");
  head(third).erase("orderNo");
  const Told told = gateway.post(written(json::array{first, order("A2"), third}));
  ASSERT_EQ(told.status, 422u);
  EXPECT_EQ(std::string(told.headers.get("Content-Type")), "application/problem+json");
  EXPECT_THAT(told.faults(), testing::HasSubstr("rule.I311-04 /0/document/OrderHead/acturalPaid\n"));
  EXPECT_THAT(told.faults(), testing::HasSubstr(" /0/document/OrderHead/currency\n"));
  EXPECT_THAT(told.faults(), testing::HasSubstr(" /2/document/OrderHead/orderNo\n"));
  EXPECT_THAT(told.faults(), testing::HasSubstr(" /2/document/OrderList/0/qty\n"));
  EXPECT_THAT(told.faults(), testing::Not(testing::HasSubstr(" /1/")));
  EXPECT_EQ(gateway.ledger().waiting(), 0u);
  EXPECT_EQ(gateway.wakes(), 0);
}

TEST(Posting, OneObjectsFaultsBeginAtItsOwnMembers) {
  RunningIntake gateway;
  auto posted = order("A1");
  head(posted)["acturalPaid"] = "21";
  EXPECT_EQ(gateway.post(written(posted)).faults(), "rule.I311-04 /document/OrderHead/acturalPaid\n");
}

TEST(Posting, WithPartialTheGoodOnesAreTakenAndTheOthersToldByIndex) {
  RunningIntake gateway;
  auto faulty = order("A2");
  head(faulty)["acturalPaid"] = "21";
  const Told told = gateway.post(written(json::array{order("A1"), faulty, order("A3", "4601960002")}), "?partial=true");
  ASSERT_EQ(told.status, 202u) << told.body;
  EXPECT_EQ(told.json().at(0).at("number"), "A1");
  EXPECT_EQ(told.json().at(1).at("index"), 1);
  EXPECT_EQ(told.json().at(1).at("faults").at(0).at("code"), "rule.I311-04");
  EXPECT_EQ(told.json().at(2).at("faults").at(0).at("code"), "intake.forbidden");
  EXPECT_EQ(gateway.ledger().waiting(), 1u);
}

TEST(Posting, AWrongPartialIsRefusedInWords) {
  RunningIntake gateway;
  EXPECT_EQ(gateway.post(written(order("A1")), "?partial=yes").status, 400u);
  EXPECT_EQ(gateway.post(written(order("A1")), "?partly=true").faults(), "api.parameter ?partly\n");
}

TEST(Posting, BrokenJsonIsRefusedWithItsLine) {
  RunningIntake gateway;
  const Told told = gateway.post("{\n\"type\": }");
  EXPECT_EQ(told.status, 400u);
  EXPECT_EQ(told.json().at("faults").at(0).at("line"), 2);
}

struct WrongForm {
  const char* name;
  const char* body;
  const char* fault;
};

class PostingOfAWrongForm : public testing::TestWithParam<WrongForm> {};

TEST_P(PostingOfAWrongForm, IsRefusedWithItsPlace) {
  RunningIntake gateway;
  const Told told = gateway.post(GetParam().body);
  EXPECT_EQ(told.status, 422u) << told.body;
  EXPECT_THAT(told.faults(), testing::HasSubstr(GetParam().fault));
}

INSTANTIATE_TEST_SUITE_P(
    Forms, PostingOfAWrongForm,
    testing::Values(WrongForm{"EmptyArray", "[]", "intake.empty "}, WrongForm{"String", "\"order\"", "json.shape \n"},
                    WrongForm{"NumberInArray", "[1]", "json.shape /0\n"},
                    WrongForm{"NoType", "{}", "json.shape /type\n"},
                    WrongForm{"NoEnterprise", R"({"type":"CEB311Message","document":{}})", "json.shape /enterprise\n"},
                    WrongForm{"NoDocument", R"({"type":"CEB311Message","enterprise":"4601960001"})",
                              "json.shape /document\n"},
                    WrongForm{"UnknownMember", R"({"tpye":"CEB311Message"})", "json.shape /tpye\n"},
                    WrongForm{"TypeTwice", R"({"type":"CEB311Message","type":"CEB311Message"})", "json.shape /type\n"},
                    WrongForm{"UnknownType", R"({"type":"CEB999Message","enterprise":"4601960001","document":{}})",
                              "intake.type /type\n"},
                    WrongForm{"Receipt", R"({"type":"CEB312Message","enterprise":"4601960001","document":{}})",
                              "intake.not_a_declaration /type\n"},
                    WrongForm{"UnknownEnterprise", R"({"type":"CEB311Message","enterprise":"X","document":{}})",
                              "intake.enterprise /enterprise\n"},
                    WrongForm{"RoleMayNot", R"({"type":"CEB311Message","enterprise":"4601960003","document":{}})",
                              "intake.role /type\n"}),
    [](const auto& instance) { return instance.param.name; });

TEST(Posting, RefusalsSayWhatIsAllowed) {
  RunningIntake gateway;
  EXPECT_TRUE(
      gateway.post(R"({"type":"CEB312Message","enterprise":"4601960001","document":{}})").says("CEB311Message"));
  EXPECT_TRUE(gateway.post(R"({"type":"CEB311Message","enterprise":"4601960003","document":{}})").says("platform"));
  const Told unknown = gateway.post(R"({"type":"CEB311Message","enterprise":"X","document":{}})");
  EXPECT_TRUE(unknown.says("4601960001"));
  EXPECT_FALSE(unknown.says("4601960002"));  // not this client's to know
}

TEST(Posting, AnEnterpriseOfOthersIsForbidden) {
  RunningIntake gateway;
  const Told told = gateway.post(written(order("A1", "4601960002")));
  EXPECT_EQ(told.status, 403u);
  EXPECT_EQ(told.faults(), "intake.forbidden /enterprise\n");
}

TEST(Posting, NeedsATokenAndTheRightToSubmit) {
  RunningIntake gateway;
  EXPECT_EQ(gateway.ask(posted_by("", written(order("A1")))).status, 401u);
  EXPECT_EQ(gateway.ask(posted_by("watcher", written(order("A1")))).status, 403u);
  EXPECT_EQ(gateway.ask(posted_by("operator", written(order("A1")))).status, 403u);
}

TEST(Posting, OneDocumentOverTheLimitIsTooMany) {
  config::Settings settings = tests::intake_settings();
  settings.server.most_documents = 2;
  RunningIntake gateway(settings);
  EXPECT_EQ(gateway.post(written(json::array{order("A1"), order("A2")})).status, 202u);
  const Told told = gateway.post(written(json::array{order("A3"), order("A4"), order("A5")}));
  EXPECT_EQ(told.status, 413u);
  EXPECT_EQ(told.faults(), "intake.too_many \n");
}

TEST(Posting, WithTooMuchWaitingNewDocumentsAreSentAwayAndKnownOnesAnswered) {
  config::Settings settings = tests::intake_settings();
  settings.server.most_waiting = 1;
  RunningIntake gateway(settings);
  gateway.accepted_order("A1");
  const Told told = gateway.post(written(order("A2")));
  EXPECT_EQ(told.status, 503u);
  EXPECT_FALSE(told.headers.get("Retry-After").empty());
  EXPECT_EQ(gateway.post(written(order("A1"))).status, 200u);
}

TEST(Posting, TheSameIdempotencyKeyGetsTheStoredAnswer) {
  RunningIntake gateway;
  Asked asked = posted_by("erp", written(order("A1")));
  asked.idempotency_key = "post-1";
  const Told first = gateway.ask(asked);
  const Told again = gateway.ask(asked);
  EXPECT_EQ(first.status, 202u);
  EXPECT_EQ(again.status, 202u);
  EXPECT_EQ(again.body, first.body);
  asked.body = written(order("A2"));
  const Told other = gateway.ask(asked);
  EXPECT_EQ(other.status, 422u);
  EXPECT_EQ(other.faults(), "intake.idempotency_key \n");
}

TEST(Posting, AnIdempotencyKeyOfARefusedPostIsFree) {
  RunningIntake gateway;
  auto faulty = order("A1");
  head(faulty)["acturalPaid"] = "21";
  Asked asked = posted_by("erp", written(faulty));
  asked.idempotency_key = "post-1";
  EXPECT_EQ(gateway.ask(asked).status, 422u);
  asked.body = written(order("A1"));
  EXPECT_EQ(gateway.ask(asked).status, 202u);
}

TEST(Posting, AnIdempotencyKeyOverItsLengthIsRefused) {
  RunningIntake gateway;
  Asked asked = posted_by("erp", written(order("A1")));
  asked.idempotency_key = std::string(255, 'k');
  EXPECT_EQ(gateway.ask(asked).status, 202u);
  asked.idempotency_key += 'k';
  EXPECT_EQ(gateway.ask(asked).status, 400u);
}

TEST(Posting, OneKeyTwiceInAPostIsAFault) {
  RunningIntake gateway;
  const Told told = gateway.post(written(json::array{order("A1"), order("A1")}));
  EXPECT_EQ(told.status, 422u);
  EXPECT_EQ(told.faults(), "intake.repeated_key /1/document\n");
}

TEST(Posting, AGuidIsOneVersionsOnly) {
  RunningIntake gateway;
  auto first = order("A1"), second = order("A2"), third = order("A3");
  for (auto* posted : {&first, &second, &third}) head(*posted)["guid"] = "11111111-2222-3333-4444-555555555555";
  const Told both = gateway.post(written(json::array{first, second}));
  EXPECT_EQ(both.status, 422u);
  EXPECT_EQ(both.faults(), "intake.repeated_guid /1/document/OrderHead/guid\n");
  EXPECT_EQ(gateway.post(written(first)).status, 202u);
  const Told later = gateway.post(written(third));
  EXPECT_EQ(later.status, 422u);
  EXPECT_EQ(later.faults(), "intake.guid_taken /document/OrderHead/guid\n");
  EXPECT_EQ(gateway.post(written(first)).status, 200u);
}

TEST(Posting, AnAbsentCopNoIsMadeAndTheSamePostGetsTheSameKey) {
  RunningIntake gateway;
  const Told first = gateway.post(written(tests::inventory("")));
  ASSERT_EQ(first.status, 202u) << first.body;
  const std::string number(first.json().at(0).at("number").as_string());
  EXPECT_EQ(number.substr(0, 3), "621");
  EXPECT_EQ(number.size(), 20u);
  const Told again = gateway.post(written(tests::inventory("")));
  EXPECT_EQ(again.status, 200u);
  EXPECT_EQ(again.json(), first.json());
}

TEST(Validating, JudgesEachDocumentAndStoresNothing) {
  RunningIntake gateway;
  auto faulty = order("A2");
  head(faulty)["acturalPaid"] = "21";
  Asked asked = posted_by("erp", written(json::array{order("A1"), faulty}));
  asked.path = "/v1/validate";
  const Told told = gateway.ask(asked);
  ASSERT_EQ(told.status, 200u) << told.body;
  const json::value verdicts = told.json();
  EXPECT_EQ(verdicts.at(0).at("index"), 0);
  EXPECT_EQ(verdicts.at(0).at("type"), "CEB311Message");
  EXPECT_EQ(verdicts.at(0).at("key"), "CEB311Message/4601960001/A1");
  EXPECT_EQ(verdicts.at(0).at("valid"), true);
  EXPECT_EQ(verdicts.at(0).at("faults"), json::array());
  EXPECT_EQ(verdicts.at(1).at("valid"), false);
  EXPECT_EQ(verdicts.at(1).at("faults").at(0).at("path"), "/1/document/OrderHead/acturalPaid");
  EXPECT_EQ(gateway.ledger().waiting(), 0u);
  for (const char* who : {"watcher", "operator"}) {
    Asked by_another = posted_by(who, written(order("A1")));
    by_another.path = "/v1/validate";
    EXPECT_EQ(gateway.ask(by_another).status, 200u) << who << " stores nothing either";
  }
  asked.body = written(order("A1", "4601960002"));
  EXPECT_EQ(gateway.ask(asked).status, 403u);
  asked.body = "{";
  EXPECT_EQ(gateway.ask(asked).status, 400u);
  asked.path = "/v1/validate?partial=true";
  EXPECT_EQ(gateway.ask(asked).faults(), "api.parameter ?partial\n");
}

TEST(Validating, SaysAlsoWhatWouldBeAConflict) {
  RunningIntake gateway;
  gateway.accepted_order("A3");
  auto other = order("A3");
  head(other)["consigneeAddress"] = "示例路2号";
  Asked asked = posted_by("erp", written(json::array{other}));
  asked.path = "/v1/validate";
  const Told told = gateway.ask(asked);
  ASSERT_EQ(told.status, 200u) << told.body;
  EXPECT_EQ(told.json().at(0).at("valid"), false);
  EXPECT_EQ(told.json().at(0).at("faults").at(0).at("code"), "intake.conflict");
}

}  // namespace
