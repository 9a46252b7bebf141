// What became of documents, and who may see it.
#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>

#include "gateway/lifecycle/state.h"
#include "tests/gateway/intake/running_intake.h"

namespace {

namespace json = boost::json;
using gateway::lifecycle::State;
using tests::order;
using tests::RunningIntake;
using tests::Told;

std::string text(const json::value& value) { return json::serialize(value); }

std::string numbers(const Told& told) {
  std::string list;
  const json::value page = told.json();
  for (const auto& row : page.at("documents").as_array()) list += std::string(row.at("number").as_string()) + " ";
  return list;
}

TEST(Looking, ADocumentIsShownWithItsHistory) {
  RunningIntake gateway;
  const auto id = gateway.accepted_order("A3");
  gateway.seal(id);
  gateway.receive(id, "2", {State::settled, "2", "lodged", ""});
  const Told told = gateway.get("/v1/documents/" + id);
  ASSERT_EQ(told.status, 200u) << told.body;
  const json::value document = told.json();
  EXPECT_EQ(document.at("key"), "CEB311Message/4601960001/A3");
  EXPECT_EQ(document.at("enterprise"), "4601960001");
  EXPECT_EQ(document.at("port"), "hainan");
  EXPECT_EQ(document.at("state"), "settled");
  EXPECT_EQ(document.at("stage"), "2");
  EXPECT_EQ(document.at("outcome"), "lodged");
  EXPECT_EQ(document.at("created_at"), "2026-01-31T09:30:00.000+08:00");
  EXPECT_EQ(document.at("document").at("OrderHead").at("orderNo"), "A3");
  EXPECT_EQ(document.at("timeline").as_array().size(), 3u);
  EXPECT_EQ(document.at("timeline").at(1).at("to"), "sealed");
  EXPECT_EQ(document.at("receipts").at(0).at("returnStatus"), "2");
  EXPECT_EQ(document.at("explanation"), nullptr);
  EXPECT_EQ(document.at("versions").as_array().size(), 1u);
}

TEST(Looking, ARefusalIsExplained) {
  RunningIntake gateway;
  const auto id = gateway.accepted_order("A3");
  gateway.receive(id, "100", {State::refused, "100", "rejected", "100"});
  const json::value explanation = gateway.get("/v1/documents/" + id).json().at("explanation");
  EXPECT_EQ(explanation.at("code"), "100");
  EXPECT_EQ(explanation.at("side"), "enterprise");
  EXPECT_EQ(explanation.at("class"), "mend the data");
  EXPECT_FALSE(explanation.at("advice_zh").as_string().empty());
  EXPECT_FALSE(explanation.at("advice_en").as_string().empty());
}

TEST(Looking, AnEarlierVersionCanBeAskedFor) {
  RunningIntake gateway;
  const auto id = gateway.accepted_order("A3");
  gateway.put(id, {State::withdrawn, "", "", ""});
  auto corrected = order("A3");
  tests::head(corrected)["consigneeAddress"] = "示例路2号";
  ASSERT_EQ(gateway.post(text(corrected)).status, 202u);
  EXPECT_EQ(gateway.get("/v1/documents/" + id).json().at("version"), 2);
  EXPECT_EQ(gateway.get("/v1/documents/" + id + "?version=1").json().at("state"), "withdrawn");
  EXPECT_EQ(gateway.get("/v1/documents/" + id + "?version=3").status, 404u);
  EXPECT_EQ(gateway.get("/v1/documents/" + id + "?version=0").status, 400u);
  EXPECT_EQ(gateway.get("/v1/documents/" + id + "?version=one").faults(), "api.parameter ?version\n");
}

TEST(Looking, TheMessageIsGivenByteForByteOnceItIsSealed) {
  RunningIntake gateway;
  const auto id = gateway.accepted_order("A3");
  const Told early = gateway.get("/v1/documents/" + id + "/message");
  EXPECT_EQ(early.status, 404u);
  EXPECT_EQ(early.faults(), "api.not_sealed \n");
  gateway.seal(id);
  EXPECT_EQ(gateway.get("/v1/documents/" + id + "/message").body, "<signed/>");
  EXPECT_EQ(gateway.get("/v1/documents/" + id + "/message?part=envelope").body, "{\"Message\":{}}");
  EXPECT_EQ(gateway.get("/v1/documents/" + id + "/message?part=both").status, 400u);
}

TEST(Looking, TheListGoesOnPageByPageNewestFirst) {
  RunningIntake gateway;
  for (const char* number : {"A1", "A2", "A3", "A4", "A5"}) {
    gateway.accepted_order(number);
    gateway.clock().advance(std::chrono::seconds(1));
  }
  const Told first = gateway.get("/v1/documents?limit=2");
  EXPECT_EQ(numbers(first), "A5 A4 ");
  const Told second = gateway.get("/v1/documents?limit=2&cursor=" + std::string(first.json().at("next").as_string()));
  EXPECT_EQ(numbers(second), "A3 A2 ");
  const Told third = gateway.get("/v1/documents?limit=2&cursor=" + std::string(second.json().at("next").as_string()));
  EXPECT_EQ(numbers(third), "A1 ");
  EXPECT_EQ(third.json().at("next"), nullptr);
}

TEST(Looking, TheListIsFiltered) {
  RunningIntake gateway;
  const auto id = gateway.accepted_order("A1");
  gateway.put(id, {State::held, "", "", ""});
  gateway.clock().advance(std::chrono::hours(1));
  gateway.accepted_order("A2");
  EXPECT_EQ(numbers(gateway.get("/v1/documents?state=held")), "A1 ");
  EXPECT_EQ(numbers(gateway.get("/v1/documents?key=A2")), "A2 ");
  EXPECT_EQ(numbers(gateway.get("/v1/documents?key=CEB311Message/4601960001/A2")), "A2 ");
  EXPECT_EQ(numbers(gateway.get("/v1/documents?type=CEB621Message")), "");
  EXPECT_EQ(numbers(gateway.get("/v1/documents?since=2026-01-31T10:00:00%2B08:00")), "A2 ");
  EXPECT_EQ(numbers(gateway.get("/v1/documents?until=2026-01-31T10:00:00%2B08:00")), "A1 ");
  EXPECT_EQ(numbers(gateway.get("/v1/documents?enterprise=4601960003")), "");
}

class WrongFilters : public testing::TestWithParam<const char*> {};

TEST_P(WrongFilters, AreRefusedInWordsAndNeverIgnored) {
  RunningIntake gateway;
  const Told told = gateway.get(std::string("/v1/documents?") + GetParam());
  EXPECT_EQ(told.status, 400u) << told.body;
  EXPECT_THAT(told.faults(), testing::HasSubstr("api.parameter ?"));
}

INSTANTIATE_TEST_SUITE_P(Filters, WrongFilters,
                         testing::Values("limit=0", "limit=1001", "limit=ten", "state=gone", "type=CEB1",
                                         "since=yesterday", "until=2026-01-31", "stat=sent", "cursor=nonsense"));

TEST(Looking, WhatIsAnothersDoesNotExist) {
  RunningIntake gateway;
  const auto id = gateway.accepted_order("A1");
  gateway.seal(id);
  for (const std::string token : {"second", "nobody"}) {
    EXPECT_EQ(gateway.get("/v1/documents/" + id, token).status, 404u);
    EXPECT_EQ(gateway.get("/v1/documents/" + id + "/message", token).status, 404u);
    EXPECT_EQ(numbers(gateway.get("/v1/documents", token)), "");
    EXPECT_EQ(numbers(gateway.get("/v1/documents?enterprise=4601960001", token)), "");
    EXPECT_EQ(gateway.get("/v1/changes", token).json().at("changes").as_array().size(), 0u);
  }
  EXPECT_EQ(gateway.get("/v1/documents/" + id, "watcher").status, 200u);
  EXPECT_EQ(gateway.get("/v1/documents/unknown").body, gateway.get("/v1/documents/" + id, "second").body);
  EXPECT_EQ(gateway.get("/v1/documents/" + id, "").status, 401u);
}

TEST(Looking, TheFeedOfChangesGoesOnFromItsCursor) {
  RunningIntake gateway;
  const auto id = gateway.accepted_order("A1");
  const Told first = gateway.get("/v1/changes");
  ASSERT_EQ(first.status, 200u) << first.body;
  const json::value change = first.json().at("changes").at(0);
  EXPECT_EQ(change.at("id"), json::string(id));
  EXPECT_EQ(change.at("to"), "accepted");
  EXPECT_EQ(change.at("version"), 1);
  const std::string next(first.json().at("next").as_string());
  const Told nothing = gateway.get("/v1/changes?after=" + next);
  EXPECT_EQ(nothing.json().at("changes").as_array().size(), 0u);
  EXPECT_EQ(nothing.json().at("next"), json::string(next));
  gateway.put(id, {State::held, "", "", "look at it"});
  const Told second = gateway.get("/v1/changes?after=" + next);
  EXPECT_EQ(second.json().at("changes").at(0).at("reason"), "look at it");
  EXPECT_EQ(gateway.get("/v1/changes?after=x").status, 400u);
}

TEST(CatalogPages, TypesAreShownWithAllThatTheCatalogKnows) {
  RunningIntake gateway;
  const json::value catalog = gateway.get("/v1/catalog").json();
  EXPECT_EQ(catalog.at("edition"), "202205");
  const auto& types = catalog.at("types").as_array();
  EXPECT_EQ(types.size(), RunningIntake::catalog().types().size());
  const auto order =
      std::find_if(types.begin(), types.end(), [](const auto& t) { return t.at("name") == "CEB311Message"; });
  ASSERT_NE(order, types.end());
  EXPECT_EQ(order->at("business_node"), "Order");
  EXPECT_EQ(order->at("list"), "OrderList");
  EXPECT_EQ(order->at("most_documents"), 100);
  EXPECT_EQ(order->at("most_rows"), 99);
  EXPECT_EQ(text(order->at("key")), R"(["ebpCode","orderNo"])");
  EXPECT_EQ(order->at("receipt"), "CEB312Message");
  EXPECT_EQ(text(order->at("receipt_key")), R"(["ebpCode","orderNo"])");
  EXPECT_EQ(text(order->at("roles")), R"(["ecommerce","platform"])");
}

TEST(CatalogPages, TheFieldsOfATypeComeFromTheSchemas) {
  RunningIntake gateway;
  const Told page = gateway.get("/v1/catalog/CEB311Message");
  ASSERT_EQ(page.status, 200u);
  const json::value type = page.json();
  const auto& fields = type.at("fields").as_array();
  const auto at = [&](const char* path) {
    const auto found = std::find_if(fields.begin(), fields.end(), [&](const auto& f) { return f.at("path") == path; });
    return found == fields.end() ? json::object{} : found->as_object();
  };
  const json::object number = at("Order/OrderHead/orderNo");
  EXPECT_EQ(number.at("title_zh"), "订单编号");
  EXPECT_EQ(number.at("required"), true);
  EXPECT_EQ(number.at("max_length"), 60);
  EXPECT_EQ(number.at("format"), "C1..60");
  EXPECT_EQ(at("Order/OrderHead/buyerName").at("masked"), true);
  EXPECT_EQ(at("Order/OrderHead/currency").at("fixed"), "142");
  EXPECT_EQ(at("Order/OrderList/unit").at("code_table"), "unit");
  EXPECT_EQ(at("Order/OrderList").at("most"), 99);
  EXPECT_EQ(gateway.get("/v1/catalog/CEB1Message").status, 404u);
}

TEST(CatalogPages, TheStatusesOfATypeTellWhichSettleAndWhichRefuse) {
  RunningIntake gateway;
  const json::value type = gateway.get("/v1/catalog/CEB621Message").json();
  std::map<std::string, std::string> effects;
  for (const auto& row : type.at("statuses").as_array()) {
    effects.emplace(row.at("status").as_string(), row.at("effect").as_string());
  }
  EXPECT_EQ(effects["800"], "settle");
  EXPECT_EQ(effects["100"], "refuse");
  EXPECT_EQ(effects["300"], "pass");
}

TEST(CatalogPages, EachTypeHasAJsonSchemaOfItsDocuments) {
  RunningIntake gateway;
  for (const auto& type : RunningIntake::catalog().types()) {
    const std::string path = "/v1/catalog/" + type.name + "/schema.json";
    const Told told = gateway.get(path);
    ASSERT_EQ(told.status, 200u) << path;
    EXPECT_EQ(told.headers.get("Content-Type"), "application/schema+json");
    EXPECT_EQ(told.json().at("$id"), json::string(path));
  }
  EXPECT_EQ(gateway.get("/v1/catalog/CEB1Message/schema.json").status, 404u);
}

TEST(CatalogPages, TheDescriptionNamesEveryCallAndNoReferenceDangles) {
  RunningIntake gateway;
  const Told told = gateway.get("/v1/openapi.json");
  const json::value description = told.json();
  EXPECT_EQ(description.at("openapi"), "3.1.0");
  for (const char* path : {"/v1/documents",
                           "/v1/validate",
                           "/v1/documents/{id}",
                           "/v1/documents/{id}/message",
                           "/v1/documents/{id}/actions",
                           "/v1/changes",
                           "/v1/events",
                           "/v1/catalog",
                           "/v1/catalog/{type}",
                           "/v1/catalog/{type}/schema.json",
                           "/v1/codes",
                           "/v1/codes/{table}",
                           "/v1/openapi.json",
                           "/v1/replays",
                           "/v1/replays/{id}",
                           "/v1/replays/{id}/stop",
                           "/v1/inbound",
                           "/v1/inbound/match",
                           "/v1/inbound/{digest}",
                           "/v1/inbound/{digest}/match",
                           "/v1/archive/restore",
                           "/v1/sign",
                           "/v1/verify",
                           "/v1/signings",
                           "/v1/notices",
                           "/v1/notices/{number}/resend",
                           "/v1/notices/resend",
                           "/healthz",
                           "/readyz",
                           "/metrics"}) {
    EXPECT_TRUE(description.at("paths").as_object().contains(path)) << path;
  }
  EXPECT_TRUE(description.at("webhooks").at("documentChanged").as_object().contains("post"));
  for (const auto& type : RunningIntake::catalog().types()) {
    const std::string reference = R"("document":{"$ref":"/v1/catalog/)" + type.name + R"(/schema.json"})";
    const bool is_posted = type.kind == schemas::MessageKind::declaration;
    EXPECT_EQ(told.body.find(reference) != std::string::npos, is_posted) << type.name;
  }
  const std::string start = "\"#/components/schemas/";
  for (auto at = told.body.find(start); at != std::string::npos; at = told.body.find(start, at + 1)) {
    const auto from = at + start.size();
    const std::string name = told.body.substr(from, told.body.find('"', from) - from);
    EXPECT_TRUE(description.at("components").at("schemas").as_object().contains(name)) << name;
  }
}

TEST(CatalogPages, TheDescriptionTellsTheAddressItWasAskedForAt) {
  RunningIntake gateway;
  EXPECT_EQ(gateway.get("/v1/openapi.json").json().at("servers").at(0).at("url"), json::string(gateway.url()));
}

TEST(CatalogPages, EveryCallHasANameOfItsOwnAndEveryBodyExamples) {
  RunningIntake gateway;
  const json::value description = gateway.get("/v1/openapi.json").json();
  std::map<std::string, int> names;
  int bodies = 0;
  for (const auto& path : description.at("paths").as_object()) {
    for (const auto& call : path.value().as_object()) {
      const json::object& told = call.value().as_object();
      ++names[std::string(told.at("operationId").as_string())];
      const json::value* const body = told.if_contains("requestBody");
      if (body == nullptr) continue;
      ++bodies;
      EXPECT_FALSE(body->at("content").at("application/json").at("examples").as_object().empty()) << path.key();
    }
  }
  EXPECT_GE(bodies, 10);
  for (const auto& [name, times] : names) EXPECT_EQ(times, 1) << name;
}

TEST(CatalogPages, TheExampleOfAPostIsAGoodOrder) {
  RunningIntake gateway;
  const json::value description = gateway.get("/v1/openapi.json").json();
  const json::value& body = description.at("paths").at("/v1/documents").at("post").at("requestBody").at("content");
  const Told told = gateway.post(text(body.at("application/json").at("examples").at("order").at("value")));
  EXPECT_EQ(told.status, 202u) << told.body;
}

TEST(Looking, DocumentsAreFoundByAnyNumberPortOutcomeCodeAndSeveralStates) {
  RunningIntake gateway;
  const auto first = gateway.accepted_order("SALE-1");
  gateway.accepted_order("SALE-2");
  gateway.receive(first, "100", {State::refused, "100", "rejected", ""});
  EXPECT_EQ(numbers(gateway.get("/v1/documents?q=SALE")), "SALE-2 SALE-1 ");
  EXPECT_EQ(numbers(gateway.get("/v1/documents?q=SALE-1")), "SALE-1 ");
  EXPECT_EQ(numbers(gateway.get("/v1/documents?code=100")), "SALE-1 ");
  EXPECT_EQ(numbers(gateway.get("/v1/documents?outcome=rejected&port=hainan")), "SALE-1 ");
  EXPECT_EQ(numbers(gateway.get("/v1/documents?state=accepted,refused")), "SALE-2 SALE-1 ");
  EXPECT_EQ(numbers(gateway.get("/v1/documents?q=SALE", "second")), "") << "of another enterprise";
  EXPECT_EQ(gateway.get("/v1/documents?state=accepted,gone").faults(), "api.parameter ?state\n");
  EXPECT_EQ(gateway.get("/v1/documents?q=" + std::string(100, 'A')).status, 200u);
  EXPECT_EQ(gateway.get("/v1/documents?q=" + std::string(101, 'A')).faults(), "api.parameter ?q\n");
}

TEST(Looking, DocumentsAreCountedAsTheListWouldShowThem) {
  RunningIntake gateway;
  gateway.accepted_order("A1");
  gateway.accepted_order("A2");
  EXPECT_EQ(gateway.get("/v1/documents/count").body, R"({"count":2,"more":false})");
  EXPECT_EQ(gateway.get("/v1/documents/count?number=A1").body, R"({"count":1,"more":false})");
  EXPECT_EQ(gateway.get("/v1/documents/count", "nobody").body, R"({"count":0,"more":false})");
  EXPECT_EQ(gateway.get("/v1/documents/count?limit=5").faults(), "api.parameter ?limit\n");
}

TEST(Looking, PersonalDataIsMaskedEverywhereWhereThatIsAskedFor) {
  RunningIntake gateway;
  const auto id = gateway.accepted_order("A3");
  gateway.seal(id);
  gateway.receive(id, "100", {State::refused, "100", "rejected", "订购人测试甲，证件990000199001010017"});
  for (const std::string& path :
       {"/v1/documents/" + id + "?personal=masked", std::string("/v1/documents?personal=masked"),
        std::string("/v1/changes?personal=masked")}) {
    const Told told = gateway.get(path);
    ASSERT_EQ(told.status, 200u) << path;
    EXPECT_TRUE(told.says("订购人***，证件***")) << path;
    for (const char* const person : {"测试甲", "990000199001010017", "10000000000", "示例路1号"}) {
      EXPECT_FALSE(told.says(person)) << path << " " << person;
    }
  }
  const json::value document = gateway.get("/v1/documents/" + id + "?personal=masked").json();
  EXPECT_EQ(document.at("masked"), true);
  EXPECT_EQ(document.at("document").at("OrderHead").at("buyerName"), "***");
  EXPECT_FALSE(gateway.get("/v1/documents/" + id).json().as_object().contains("masked"));
  EXPECT_TRUE(gateway.get("/v1/documents/" + id).says("测试甲")) << "a program sees it as before";
  EXPECT_EQ(gateway.get("/v1/documents/" + id + "/message?personal=masked").body, "<signed/>");
  EXPECT_EQ(gateway.get("/v1/documents?personal=some").faults(), "api.parameter ?personal\n");
}

TEST(Posting, WhatWasMaskedIsNotTakenForAValue) {
  RunningIntake gateway;
  auto posted = order("A3");
  tests::head(posted)["buyerName"] = "***";
  EXPECT_EQ(gateway.post(text(posted)).faults(), "intake.masked /document/OrderHead/buyerName\n");
}

}  // namespace
