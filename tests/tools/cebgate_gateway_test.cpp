// The commands that talk to a gateway: what they send, and what they make of the answers.
#include <boost/json/parse.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sstream>

#include "tests/support/cebgate_run.h"
#include "tests/tools/canned_gateway.h"

namespace tests::tools {
namespace {

using gateway::http::Response;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr const char* key = "CEB621Message/4601960001/N1";

std::string document_json() {
  return R"({"id":"d1","type":"CEB621Message","key":"CEB621Message/4601960001/N1","state":"settled","stage":"800",)"
         R"("outcome":"released","reason":"","timeline":[)"
         R"({"at":"2026-01-31T09:30:00.000+08:00","from":"accepted","to":"accepted","reason":"","by":"erp"},)"
         R"({"at":"2026-01-31T09:30:01.000+08:00","from":"accepted","to":"sealed","reason":"","by":"dispatch"},)"
         R"({"at":"2026-01-31T09:30:02.000+08:00","from":"sealed","to":"sent","reason":"","by":"dispatch"},)"
         R"({"at":"2026-01-31T09:30:03.000+08:00","from":"sent","to":"sent","reason":"","by":"receipts"},)"
         R"({"at":"2026-01-31T09:30:05.000+08:00","from":"sent","to":"settled","reason":"","by":"receipts"}],)"
         R"("deliveries":[{"at":"2026-01-31T09:30:01.500+08:00","outcome":"confirmed","answer":"OK"}],)"
         R"("receipts":[{"returnStatus":"2","returnTime":"20260131093003000","returnInfo":"taken\u001b[31m",)"
         R"("at":"2026-01-31T09:30:03.000+08:00","effect":"recorded"},)"
         R"({"returnStatus":"800","returnTime":"20260131093005000","returnInfo":"","at":"2026-01-31T09:30:05.000+08:00",)"
         R"("effect":"settled"}]})";
}

std::string page_json(const std::string& documents) { return R"({"documents":[)" + documents + R"(],"next":null})"; }

constexpr const char* no_offers = R"({"offers":[]})";

class CebgateGateway : public ::testing::Test {
 protected:
  void SetUp() override { gateway_.answer("GET /v1/documents/d1/offers", {Response::json(200, no_offers)}); }
  Ran run(std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), {"--url", gateway_.url()});
    return cebgate_(arguments, {{"CEBGATE_TOKEN", "sesame"}});
  }
  static std::vector<std::string> lines_at_the_margin(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) {
      if (!line.starts_with(" ")) lines.push_back(line);
    }
    return lines;
  }

  CannedGateway gateway_;
  CebgateRun cebgate_;
};

TEST_F(CebgateGateway, SubmitSendsTheTokenAndTheFileAsItIs) {
  const std::string posted = R"({"type":"CEB311Message","document":{"price":19.990}})";
  gateway_.answer("POST /v1/documents",
                  {Response::json(202, R"([{"id":"d1","type":"CEB311Message","key":"CEB311Message/1/A",)"
                                       R"("number":"A","version":1,"state":"accepted","href":"/v1/documents/d1"}])")});
  const Ran ran = run({"submit", cebgate_.write("order.json", posted)});
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_EQ(ran.out, "accepted  CEB311Message/1/A  v1  d1\n");
  const auto requests = gateway_.requests();
  ASSERT_EQ(requests.size(), 1u);
  EXPECT_EQ(requests[0].body, posted);
  EXPECT_EQ(requests[0].headers.get("Authorization"), "Bearer sesame");
  EXPECT_EQ(requests[0].headers.get("Content-Type"), "application/json");
}

TEST_F(CebgateGateway, SubmitCutsAnArrayOverTheLimitAndKeepsNumbersAsTheyAreSpelt) {
  gateway_.answer("POST /v1/documents", {Response::json(202, "[]")});
  std::string array = "[{\"price\":1.10}";
  for (int i = 1; i < 1001; ++i) array += ",{\"price\":" + std::to_string(i) + "}";
  EXPECT_EQ(run({"submit", cebgate_.write("orders.json", array + "]")}).status, 0);
  const auto requests = gateway_.requests();
  ASSERT_EQ(requests.size(), 2u);
  EXPECT_THAT(requests[0].body, StartsWith("[{\"price\":1.10},"));
  EXPECT_EQ(boost::json::parse(requests[0].body).as_array().size(), 1000u);
  EXPECT_EQ(requests[1].body, "[{\"price\":1000}]");
}

TEST_F(CebgateGateway, SubmitTellsTheFaultsOfALaterSliceAsPlacesOfTheFile) {
  base::Fault fault{"schema.length",      "/0/document/OrderHead/orderNo", "过长", "too long", "§3.1.4", 0,
                    base::Severity::error};
  gateway_.answer("POST /v1/documents", {Response::json(202, "[]"), Response::problem(422, "faults", {fault})});
  std::string array = "[{}";
  for (int i = 1; i < 1001; ++i) array += ",{}";
  const Ran ran = run({"submit", cebgate_.write("orders.json", array + "]")});
  EXPECT_EQ(ran.status, 1);
  EXPECT_THAT(ran.err,
              HasSubstr("orders.json: error: /1000/document/OrderHead/orderNo: too long [schema.length] (§3.1.4)"));
}

TEST_F(CebgateGateway, SubmitTellsTheLineOfAFaultInJsonLines) {
  base::Fault fault{"schema.length", "/1/document", "过长", "too long", "", 0, base::Severity::error};
  gateway_.answer("POST /v1/documents", {Response::problem(422, "faults", {fault})});
  const Ran ran = run({"submit", cebgate_.write("orders.jsonl", "{\"a\":1}\n\n{\"b\":2}\n")});
  EXPECT_EQ(ran.status, 1);
  EXPECT_EQ(gateway_.requests().at(0).body, R"([{"a":1},{"b":2}])");
  EXPECT_THAT(ran.err, HasSubstr("orders.jsonl:3: error: too long"));
}

TEST_F(CebgateGateway, SubmitPostsXmlAsXml) {
  gateway_.answer("POST /v1/documents", {Response::json(202, "[]")});
  EXPECT_EQ(run({"submit", cebgate_.write("order.xml", "\xEF\xBB\xBF<?xml version=\"1.0\"?><a/>")}).status, 0);
  EXPECT_EQ(gateway_.requests().at(0).headers.get("Content-Type"), "application/xml");
}

TEST_F(CebgateGateway, SubmitEndsWithTwoForAWrongTokenAndSaysWhereOneIsGiven) {
  gateway_.answer("POST /v1/documents", {Response::problem(401, "wrong token")});
  const Ran ran = run({"submit", cebgate_.write("order.json", "{}")});
  EXPECT_EQ(ran.status, 2);
  EXPECT_THAT(ran.err, HasSubstr("--token-file"));
}

TEST_F(CebgateGateway, StatusTellsWhatTheDocumentOffersNext) {
  const std::string offers =
      R"({"offers":[{"action":"cancel","type":"CEB623Message","allowed":true,"zh":"撤销该清单","en":"cancel it",)"
      R"("document":{},"fill_in":["/document/appStatus","/document/reason"]},)"
      R"({"action":"refund","type":"CEB625Message","allowed":false,"zh":"已申报过","en":"asked for\u001b already"}]})";
  gateway_.answer("GET /v1/documents/d1", {Response::json(200, document_json())});
  gateway_.answer("GET /v1/documents/d1/offers", {Response::json(200, offers)});
  const std::string english = run({"status", "d1", "--lang", "en"}).out;
  EXPECT_THAT(english, HasSubstr("    next: cancel  CEB623Message  cancel it\n"
                                 "        to fill in: appStatus, reason\n"
                                 "    not now: refund  CEB625Message  asked for"));
  EXPECT_EQ(english.find('\x1b'), std::string::npos);
  EXPECT_THAT(run({"status", "d1", "--offers", "--lang", "zh"}).out,
              StartsWith("    可以：撤销  CEB623Message  撤销该清单\n"));
  EXPECT_EQ(run({"status", "d1", "--offers", "--format", "json"}).out, offers + "\n");
  EXPECT_EQ(run({"status", "d1", "--offers", "--version", "1"}).status, 2);
}

TEST_F(CebgateGateway, StatusPrintsTheKeyThenEachStateAndReceiptOnALineOfItsOwn) {
  gateway_.answer("GET /v1/documents/d1", {Response::json(200, document_json())});
  const Ran ran = run({"status", "d1"});
  ASSERT_EQ(ran.status, 0) << ran.err;
  EXPECT_THAT(lines_at_the_margin(ran.out), ElementsAre(key, "accepted", "sealed", "sent", "2", "800", "settled"));
  EXPECT_THAT(ran.out, HasSubstr("released"));
  EXPECT_EQ(ran.out.find('\x1b'), std::string::npos);  // an answer cannot steer the terminal
  const Ran chinese = run({"status", "d1", "--lang", "zh"});
  EXPECT_THAT(lines_at_the_margin(chinese.out), ElementsAre(key, "已受理", "已封装", "已发送", "2", "800", "已办结"));
}

TEST_F(CebgateGateway, StatusPrintsTheApisJsonUnchanged) {
  gateway_.answer("GET /v1/documents/d1", {Response::json(200, document_json())});
  EXPECT_EQ(run({"status", "d1", "--format", "json"}).out, document_json() + "\n");
}

TEST_F(CebgateGateway, StatusFindsByKeyAndNamesTheKeysOfSeveral) {
  gateway_.answer("GET /v1/documents/d1", {Response::json(200, document_json())});
  gateway_.answer("GET /v1/documents", {Response::json(200, page_json(R"({"id":"d1"})"))});
  EXPECT_EQ(run({"status", key}).status, 0);
  EXPECT_EQ(gateway_.requests().at(0).query.at("key"), key);
  gateway_.answer("GET /v1/documents",
                  {Response::json(200, page_json(R"({"id":"d1","key":"K/1"},{"id":"d2","key":"K/2"})"))});
  const Ran several = run({"status", "N1"});
  EXPECT_EQ(several.status, 1);
  EXPECT_THAT(several.err, AllOf(HasSubstr("K/1"), HasSubstr("K/2")));
  gateway_.answer("GET /v1/documents", {Response::json(200, page_json(""))});
  EXPECT_EQ(run({"status", "N2"}).status, 1);
}

TEST_F(CebgateGateway, ListSendsItsFiltersEncoded) {
  gateway_.answer("GET /v1/documents", {Response::json(200, page_json(R"({"id":"d1","key":"K/1","state":"held"})"))});
  const Ran ran = run({"list", "--state", "held", "--key", "a/b c&d", "--limit", "5"});
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("K/1"));
  const auto query = gateway_.requests().at(0).query;
  EXPECT_EQ(query.at("key"), "a/b c&d");
  EXPECT_EQ(query.at("state"), "held");
  EXPECT_EQ(query.at("limit"), "5");
}

TEST_F(CebgateGateway, WatchGoesOnAfterTheCursorItWasGiven) {
  const std::string change =
      R"({"cursor":"7","at":"2026-01-31T09:30:00.000+08:00","id":"d1","key":"K/1","type":"CEB311Message",)"
      R"("version":1,"from":"sent","to":"settled","stage":"2","outcome":"lodged","reason":""})";
  gateway_.answer("GET /v1/changes", {Response::json(200, R"({"changes":[)" + change + R"(],"next":"7"})"),
                                      Response::problem(401, "wrong token")});
  const Ran ran = run({"watch", "--format", "json", "--after", "6"});
  EXPECT_EQ(ran.status, 2);
  EXPECT_EQ(ran.out, change + "\n");
  EXPECT_EQ(gateway_.requests().at(0).query.at("after"), "6");
  EXPECT_EQ(gateway_.requests().at(1).query.at("after"), "7");
  EXPECT_THAT(ran.err, HasSubstr("--after 7"));
}

TEST_F(CebgateGateway, ReplayNamesModeAndReason) {
  gateway_.answer("GET /v1/documents/d1", {Response::json(200, document_json())});
  gateway_.answer("POST /v1/documents/d1/actions", {Response::json(200, document_json())});
  EXPECT_EQ(run({"replay", "d1", "--mode", "same-bytes", "--reason", "lost on the way"}).status, 0);
  EXPECT_EQ(gateway_.requests().back().body, R"({"action":"replay","mode":"same-bytes","reason":"lost on the way"})");
  EXPECT_EQ(run({"hold", "d1", "--reason", "ask"}).status, 0);
  EXPECT_EQ(gateway_.requests().back().body, R"({"action":"hold","reason":"ask"})");
}

TEST_F(CebgateGateway, AnActionThatIsNotAllowedEndsWithOne) {
  gateway_.answer("GET /v1/documents/d1", {Response::json(200, document_json())});
  gateway_.answer("POST /v1/documents/d1/actions", {Response::problem(409, "settled documents are not sent again")});
  const Ran ran = run({"replay", "d1", "--mode", "same-bytes", "--reason", "again"});
  EXPECT_EQ(ran.status, 1);
  EXPECT_THAT(ran.err, HasSubstr("settled documents are not sent again"));
}

}  // namespace
}  // namespace tests::tools
