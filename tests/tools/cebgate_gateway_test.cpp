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

TEST_F(CebgateGateway, AnActionOnSeveralTellsTheWorstOfThem) {
  gateway_.answer("GET /v1/documents/d1", {Response::json(200, document_json())});
  gateway_.answer("GET /v1/documents/d2", {Response::problem(404, "no such document")});
  gateway_.answer("GET /v1/documents", {Response::json(200, page_json(""))});
  gateway_.answer("POST /v1/documents/d1/actions", {Response::json(200, document_json())});
  const Ran ran = run({"hold", "d1", "d2", "--reason", "ask"});
  EXPECT_EQ(ran.status, 1);
  EXPECT_THAT(ran.out, HasSubstr(key));
  EXPECT_THAT(ran.err, HasSubstr("d2"));
}

std::string order_json(const std::string& state, int pending, int moved) {
  return R"({"id":"7","state":")" + state +
         R"(","action":"hold","mode":"","reason":"down","by":"operator","matched":2,)" + R"("pending":)" +
         std::to_string(pending) + R"(,"moved":)" + std::to_string(moved) +
         R"(,"passed_over":0,"would":{"held":2},"not_allowed":[{"zh":"不行","en":"it cannot be","count":1}],)"
         R"("by_state":{"accepted":2},"examples":[{"id":"d1","key":"CEB311Message/1/A","state":"accepted","would":"held"}]})";
}

TEST_F(CebgateGateway, AnOrderByFilterIsPreviewedAndOnlyPreviewedWhereThatIsAsked) {
  gateway_.answer("POST /v1/replays", {Response::json(200, order_json("preview", 2, 0))});
  const Ran ran = run({"hold", "--type", "CEB311Message", "--why", "refused", "--limit", "5", "--pace", "9", "--reason",
                       "down", "--dry-run"});
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_THAT(ran.out, AllOf(HasSubstr("CEB311Message/1/A"), HasSubstr("it cannot be"), HasSubstr("held 2")));
  const auto requests = gateway_.requests();
  ASSERT_EQ(requests.size(), 1u);
  EXPECT_EQ(
      boost::json::parse(requests[0].body),
      boost::json::parse(R"({"dry_run":true,"filter":{"type":"CEB311Message","reason":"refused"},"action":"hold",)"
                         R"("reason":"down","limit":5,"pace":9})"));
}

TEST_F(CebgateGateway, AnOrderByFilterIsWatchedToItsEnd) {
  gateway_.answer("POST /v1/replays",
                  {Response::json(200, order_json("preview", 2, 0)), Response::json(202, order_json("running", 2, 0))});
  gateway_.answer("GET /v1/replays/7",
                  {Response::json(200, order_json("running", 1, 1)), Response::json(200, order_json("done", 0, 2))});
  const Ran ran = run({"hold", "--state", "accepted", "--reason", "down", "--yes"});
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("moved  2"));
  EXPECT_THAT(ran.err, HasSubstr("cebgate replays stop 7"));
  EXPECT_EQ(gateway_.requests().at(1).body, R"({"preview":"7"})");
}

TEST_F(CebgateGateway, AnOrderThatWasStoppedEndsWithOne) {
  gateway_.answer("POST /v1/replays",
                  {Response::json(200, order_json("preview", 2, 0)), Response::json(202, order_json("stopped", 1, 1))});
  const Ran ran = run({"hold", "--state", "accepted", "--reason", "down", "--yes"});
  EXPECT_EQ(ran.status, 1);
  EXPECT_THAT(ran.out, HasSubstr("stopped"));
}

TEST_F(CebgateGateway, WithoutATerminalNothingIsCarriedOutUnasked) {
  gateway_.answer("POST /v1/replays", {Response::json(200, order_json("preview", 2, 0))});
  const Ran ran = run({"hold", "--state", "accepted", "--reason", "down"});
  EXPECT_EQ(ran.status, 2);
  EXPECT_THAT(ran.err, HasSubstr("--yes"));
  EXPECT_EQ(gateway_.requests().size(), 1u);
}

TEST_F(CebgateGateway, AnActionNamesDocumentsOrAFilter) {
  EXPECT_EQ(run({"hold", "--reason", "down"}).status, 2);
  EXPECT_EQ(run({"hold", "d1", "--state", "accepted", "--reason", "down"}).status, 2);
  EXPECT_EQ(run({"hold", "--state", "held", "--reason", "x", "--limit", "100001"}).status, 2);
  EXPECT_TRUE(gateway_.requests().empty());
}

TEST_F(CebgateGateway, ReplaysAreListedShownAndStopped) {
  gateway_.answer("GET /v1/replays",
                  {Response::json(200, R"({"replays":[)" + order_json("done", 0, 2) + R"(],"next":null})")});
  gateway_.answer("GET /v1/replays/7", {Response::json(200, order_json("done", 0, 2))});
  gateway_.answer("POST /v1/replays/7/stop", {Response::problem(409, "not in this state")});
  EXPECT_THAT(run({"replays"}).out, AllOf(HasSubstr("7"), HasSubstr("done"), HasSubstr("operator")));
  EXPECT_THAT(run({"replays", "show", "7"}).out, HasSubstr("moved  2"));
  EXPECT_EQ(run({"replays", "stop", "7"}).status, 1);
  EXPECT_EQ(run({"replays", "stop"}).status, 2);
  EXPECT_EQ(run({"replays", "drop", "7"}).status, 2);
}

TEST_F(CebgateGateway, AmendSendsTheDocumentWithItsNumbersAsTheyAreSpelt) {
  gateway_.answer("GET /v1/documents/d1", {Response::json(200, document_json())});
  base::Fault fault{"schema.length", "/document/OrderHead/orderNo", "过长", "too long", "", 0, base::Severity::error};
  gateway_.answer("POST /v1/documents/d1/actions",
                  {Response::json(200, document_json()), Response::problem(422, "faults", {fault})});
  const std::string alone = cebgate_.write("alone.json", R"({"OrderHead":{"price":1.10}})");
  EXPECT_EQ(run({"amend", "d1", alone, "--reason", "new \"address\""}).status, 0);
  EXPECT_EQ(gateway_.requests().back().body,
            R"({"action":"amend","reason":"new \"address\"","document":{"OrderHead":{"price":1.10}}})");
  const Ran refused =
      run({"amend", "d1", cebgate_.write("posted.json", R"({"type":"T","enterprise":"E","document":{"a":2.50}})"),
           "--reason", "x"});
  EXPECT_EQ(refused.status, 1);
  EXPECT_THAT(refused.err, HasSubstr("/document/OrderHead/orderNo"));
  EXPECT_THAT(gateway_.requests().back().body, HasSubstr(R"("document":{"a":2.50}})"));
  const Ran in_file = run({"amend", "d1", alone, "--reason", "x"});
  EXPECT_THAT(in_file.err, HasSubstr("error: /OrderHead/orderNo: too long"));
  EXPECT_EQ(run({"amend", "d1", cebgate_.write("broken.json", "{"), "--reason", "x"}).status, 1);
}

TEST_F(CebgateGateway, InboundIsListedAndMatchedAnew) {
  gateway_.answer(
      "GET /v1/inbound",
      {Response::json(200, R"({"records":[{"digest":"abc","state":"unmatched","reason":"nothing fits",)"
                           R"("port":"hainan","source":"/s","received_at":"","text":"***"}],"next":null})")});
  gateway_.answer("POST /v1/inbound/abc/match", {Response::json(200, R"({"digest":"abc","state":"fresh"})")});
  gateway_.answer("POST /v1/inbound/match", {Response::json(200, R"({"to_be_matched":12})")});
  EXPECT_THAT(run({"inbound", "--state", "unmatched"}).out, AllOf(HasSubstr("abc"), HasSubstr("nothing fits")));
  EXPECT_EQ(gateway_.requests().back().query.at("state"), "unmatched");
  EXPECT_EQ(run({"inbound", "match", "abc", "--reason", "x"}).status, 0);
  EXPECT_EQ(gateway_.requests().back().body, R"({"reason":"x"})");
  EXPECT_THAT(run({"inbound", "match", "--all", "--state", "foreign", "--limit", "12", "--reason", "x"}).out,
              HasSubstr("12"));
  EXPECT_EQ(gateway_.requests().back().body, R"({"reason":"x","state":"foreign","limit":12})");
  EXPECT_EQ(run({"inbound", "match", "abc"}).status, 2);
  EXPECT_EQ(run({"inbound", "match", "--reason", "x"}).status, 2);
}

}  // namespace
}  // namespace tests::tools
