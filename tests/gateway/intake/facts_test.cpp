// POST /v1/facts and GET /v1/facts.
#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/intake/fact_reading.h"
#include "tests/gateway/intake/running_intake.h"

namespace {

namespace json = boost::json;
using tests::Asked;
using tests::RunningIntake;
using tests::Told;

json::object payment(const std::string& number, const std::string& amount = "20", const std::string& status = "120") {
  return {{"type", "CEB411Message"},
          {"enterprise", "4601960001"},
          {"status", status},
          {"document",
           {{"PaymentHead",
             {{"payCode", "4601960002"},
              {"payTransactionId", number},
              {"orderNo", "A1"},
              {"ebpCode", "4601960001"},
              {"payerName", "测试甲"},
              {"payerIdNumber", "990000199001010017"},
              {"amountPaid", amount}}}}}};
}

class Facts : public testing::Test {
 protected:
  Told report(const json::value& facts, const std::string& query = "", const std::string& token = "erp") {
    Asked asked;
    asked.method = "POST";
    asked.path = "/v1/facts" + query;
    asked.body = json::serialize(facts);
    asked.token = token;
    return gateway_.ask(asked);
  }
  json::array listed(const std::string& query = "", const std::string& token = "erp") {
    const Told told = gateway_.get("/v1/facts" + query, token);
    EXPECT_EQ(told.status, 200U) << told.body;
    return told.json().at("facts").as_array();
  }

  RunningIntake gateway_;
};

TEST_F(Facts, AFactIsKeptAndListedWithPersonalDataMasked) {
  const Told told = report(payment("P-1"));
  ASSERT_EQ(told.status, 200U) << told.body;
  EXPECT_EQ(told.json().at(0), json::parse(R"({"result":"added","type":"CEB411Message",
    "key":"CEB411Message/4601960002/P-1","number":"P-1","enterprise":"4601960001"})"));
  const json::array facts = listed();
  ASSERT_EQ(facts.size(), 1U);
  EXPECT_EQ(facts[0], json::parse(R"({"type":"CEB411Message","key":"CEB411Message/4601960002/P-1","number":"P-1",
    "enterprise":"4601960001","status":"120","client":"erp","reported_at":"2026-01-31T09:30:00.000+08:00",
    "document":{"PaymentHead":{"payCode":"4601960002","payTransactionId":"P-1","orderNo":"A1","ebpCode":"4601960001",
    "payerIdNumber":"***","payerName":"***","amountPaid":"20"}}})"));
}

TEST_F(Facts, TheSameFactAgainIsKnownAndANewerOneTakesItsPlace) {
  report(payment("P-1", "20", "2"));
  EXPECT_EQ(report(payment("P-1", "20", "2")).json().at(0).at("result"), "known");
  EXPECT_EQ(report(payment("P-1", "20", "120")).json().at(0).at("result"), "replaced");
  const json::array facts = listed();
  ASSERT_EQ(facts.size(), 1U);
  EXPECT_EQ(facts[0].at("status"), "120");
}

TEST_F(Facts, EveryFaultOfEveryFactIsToldAtOnceAndNothingKept) {
  json::object unknown_field = payment("P-1", "much");
  unknown_field["document"].at("PaymentHead").as_object()["payerNom"] = "x";
  json::object keyless = payment("P-2", "20", "777");
  keyless["document"].at("PaymentHead").as_object().erase("payCode");
  json::object receipt = payment("P-3");
  receipt["type"] = "CEB412Message";
  json::object stranger = payment("P-4");
  stranger["enterprise"] = "9999999999";
  stranger["amount"] = "20";
  const Told told = report(json::array{payment("P-0"), unknown_field, keyless, receipt, stranger, "P-5"});
  EXPECT_EQ(told.status, 422U);
  EXPECT_EQ(told.faults(),
            "schema.unknown /1/document/PaymentHead/payerNom\n"
            "schema.number /1/document/PaymentHead/amountPaid\n"
            "fact.key /2/document/PaymentHead/payCode\n"
            "fact.status /2/status\n"
            "intake.not_a_declaration /3/type\n"
            "json.shape /4/amount\n"
            "intake.enterprise /4/enterprise\n"
            "json.shape /5\n");
  EXPECT_TRUE(listed().empty());
}

TEST_F(Facts, WhatIsGoodIsKeptWhereThatIsAsked) {
  json::object bad = payment("P-2");
  bad.erase("document");
  const Told told = report(json::array{payment("P-1"), bad, payment("P-3")}, "?partial=true");
  ASSERT_EQ(told.status, 200U) << told.body;
  EXPECT_EQ(told.json().at(0).at("result"), "added");
  EXPECT_EQ(told.json().at(1).at("index"), 1);
  EXPECT_EQ(told.json().at(1).at("faults").at(0).at("path"), "/1/document");
  EXPECT_EQ(told.json().at(2).at("number"), "P-3");
  EXPECT_EQ(listed().size(), 2U);
  EXPECT_EQ(report(payment("P-1"), "?partial=maybe").status, 400U);
}

TEST_F(Facts, OneKeyComesOnceInAReport) {
  const Told told = report(json::array{payment("P-1"), payment("P-1")});
  EXPECT_EQ(told.status, 422U);
  EXPECT_EQ(told.faults(), "intake.repeated_key /1/document\n");
}

TEST_F(Facts, NoMoreThanAThousandComeInOneReport) {
  json::array facts;
  for (std::size_t i = 0; i < gateway::intake::FactReader::most_facts; ++i) {
    facts.push_back(payment("P-" + std::to_string(i)));
  }
  EXPECT_EQ(report(facts).status, 200U);
  facts.push_back(payment("P-more"));
  const Told told = report(facts);
  EXPECT_EQ(told.status, 413U);
  EXPECT_EQ(told.faults(), "fact.too_many \n");
  EXPECT_EQ(report(json::array{}).status, 422U);
}

TEST_F(Facts, AreReportedAndSeenByWhoMayActForTheEnterpriseAlone) {
  EXPECT_EQ(report(payment("P-1"), "", "second").status, 403U);
  EXPECT_EQ(report(payment("P-1"), "", "watcher").status, 403U);
  report(payment("P-1"));
  EXPECT_EQ(listed("", "watcher").size(), 1U);
  EXPECT_EQ(listed("", "second").size(), 0U);
  EXPECT_EQ(listed("", "nobody").size(), 0U);
}

TEST_F(Facts, AreListedByFilterAndPage) {
  for (const char* number : {"P-1", "P-2", "P-3"}) {
    report(payment(number));
    gateway_.clock().advance(std::chrono::seconds(1));
  }
  EXPECT_EQ(listed("?key=P-2").size(), 1U);
  EXPECT_EQ(listed("?key=CEB411Message%2F4601960002%2FP-3").size(), 1U);
  EXPECT_EQ(listed("?type=CEB511Message").size(), 0U);
  EXPECT_EQ(listed("?enterprise=4601960003").size(), 0U);
  EXPECT_EQ(listed("?since=2026-01-31T09:30:01%2B08:00&until=2026-01-31T09:30:02%2B08:00").size(), 1U);
  const Told page = gateway_.get("/v1/facts?limit=2");
  EXPECT_EQ(page.json().at("facts").at(0).at("number"), "P-3");
  const std::string next(page.json().at("next").as_string());
  const Told rest = gateway_.get("/v1/facts?limit=2&cursor=" + next);
  EXPECT_EQ(rest.json().at("facts").at(0).at("number"), "P-1");
  EXPECT_TRUE(rest.json().at("next").is_null());
  EXPECT_EQ(gateway_.get("/v1/facts?state=sent").status, 400U);
  EXPECT_EQ(gateway_.get("/v1/facts?type=CEB999Message").status, 400U);
}

}  // namespace
