// The program cebgate-bench: against a real gateway with a simulator behind it, and against answers laid out.
#include <boost/json/parse.hpp>
#include <gmock/gmock.h>

#include "tests/gateway/app/site.h"
#include "tests/support/cebgate_run.h"
#include "tests/tools/canned_gateway.h"

namespace tests::tools {
namespace {

using app::enterprises;
using app::Site;
using gateway::http::Delivery;
using gateway::http::Response;
using ::testing::HasSubstr;

class Bench : public ::testing::Test {
 protected:
  Ran run(const std::string& url, std::vector<std::string> arguments, const std::string& token = Site::group_token) {
    arguments.insert(arguments.end(), {"--url", url, "--enterprise", enterprises.ecommerce});
    ChildProcess child("cebgate-bench", arguments, scratch_.path() / "bench", {{"CEBGATE_TOKEN", token}});
    const int status = child.exit_status();
    return {status, child.out(), child.err()};
  }

  static boost::json::value report(const Ran& ran) {
    boost::system::error_code error;
    auto value = boost::json::parse(ran.out, error);
    if (error) throw std::runtime_error("no JSON: " + ran.out + ran.err);
    return value;
  }
  static std::int64_t count(const boost::json::value& report, const char* pointer) {
    return report.at_pointer(pointer).to_number<std::int64_t>();
  }

  ScratchDirectory scratch_;
};

TEST_F(Bench, PostsAMixOfSalesUntilEachIsSettledAndCountsThem) {
  Site site;
  site.start_platform();
  site.start_gateway();
  const Ran ran = run(site.gateway_url(),
                      {"--mix", "CEB311Message=3,CEB411Message=2,CEB511Message=2,CEB621Message=1", "--documents", "203",
                       "--array", "20", "--connections", "3", "--payer", enterprises.payment, "--carrier",
                       enterprises.logistics, "--pid", std::to_string(site.gateway().id()), "--format", "json"});
  ASSERT_EQ(ran.status, 0) << ran.out << ran.err;
  const auto told = report(ran);
  EXPECT_EQ(count(told, "/documents/posted"), 203);
  EXPECT_EQ(count(told, "/documents/accepted"), 203);
  EXPECT_EQ(site.measure("cebgate_documents_accepted_total"), 203);
  EXPECT_EQ(count(told, "/settle/settled"), 203);
  EXPECT_EQ(count(told, "/settle/states/settled"), 203);
  EXPECT_EQ(count(told, "/settle/latency_ms/count"), 203);
  EXPECT_EQ(count(told, "/accept/calls"), 11);
  EXPECT_TRUE(told.at("good").as_bool());
  EXPECT_EQ(told.at_pointer("/gateway/source").as_string(), "proc");
  EXPECT_GT(told.at_pointer("/gateway/cpu_ms_per_document").to_number<double>(), 0);
  EXPECT_EQ(ran.err, "");  // no bar where there is no terminal

  // A second run begins where the feed ends, and counts its own alone.
  const Ran again = run(site.gateway_url(), {"--documents", "3", "--lang", "zh"});
  EXPECT_EQ(again.status, 0) << again.out << again.err;
  EXPECT_THAT(again.out, HasSubstr("办结    3 "));
}

TEST_F(Bench, CountsWhatTheGatewayRefusesByKindAndEndsWithOne) {
  Site site;
  site.start_platform();
  site.start_gateway();
  // The shop is no payment enterprise.
  const Ran ran = run(site.gateway_url(), {"--mix", "CEB311Message,CEB411Message", "--documents", "20", "--array", "4",
                                           "--format", "json"});
  EXPECT_EQ(ran.status, 1);
  const auto told = report(ran);
  EXPECT_EQ(count(told, "/documents/accepted"), 10);
  EXPECT_EQ(count(told, "/documents/refused"), 10);
  ASSERT_EQ(told.at("refusals").as_object().size(), 1u) << ran.out;
  EXPECT_EQ(told.at("refusals").as_object().begin()->value().to_number<int>(), 10);
  EXPECT_EQ(count(told, "/settle/settled"), 10);
}

TEST_F(Bench, EndsWithOneWhereDocumentsAreNotSettledInTimeAndSaysWhereTheyAre) {
  Site site;
  site.start_platform();
  site.start_gateway();
  // Inventories without their orders wait at customs.
  const Ran ran = run(site.gateway_url(),
                      {"--mix", "CEB621Message", "--documents", "2", "--settle-within", "1s", "--format", "json"});
  EXPECT_EQ(ran.status, 1);
  const auto told = report(ran);
  EXPECT_EQ(count(told, "/documents/accepted"), 2);
  EXPECT_EQ(count(told, "/settle/settled"), 0);
  EXPECT_EQ(count(told, "/settle/seen"), 2);
  EXPECT_FALSE(told.at("good").as_bool());
}

TEST_F(Bench, AtAGivenRateItPostsAsManyAsTheTimeAllows) {
  CannedGateway gateway;
  gateway.answer("GET /v1/changes", {Response::json(200, R"({"changes":[],"next":"0"})")});
  gateway.answer("POST /v1/documents", {Response::json(202, R"([{"id":"d1"}])")});
  const Ran ran = run(gateway.url(), {"--rate", "20", "--duration", "1s", "--until", "accepted", "--format", "json"});
  ASSERT_EQ(ran.status, 0) << ran.out << ran.err;
  EXPECT_EQ(count(report(ran), "/documents/accepted"), 20);
}

TEST_F(Bench, WaitsForABusyGatewayAndPostsAgainWhatWasNotAnswered) {
  CannedGateway gateway;
  gateway.answer("GET /v1/changes", {Response::json(200, R"({"changes":[],"next":"0"})")});
  Response busy = Response::problem(503, "busy");
  busy.headers.set("Retry-After", "1");
  Response lost = Response::json(202, "[]");
  lost.delivery = Delivery::drop_connection;
  gateway.answer("POST /v1/documents", {busy, lost, Response::json(200, R"([{"id":"d1"}])")});
  const Ran ran = run(gateway.url(), {"--documents", "1", "--until", "accepted", "--format", "json"});
  EXPECT_EQ(ran.status, 0) << ran.out << ran.err;
  const auto told = report(ran);
  EXPECT_EQ(count(told, "/documents/accepted"), 1);
  EXPECT_EQ(count(told, "/accept/busy"), 1);
  EXPECT_EQ(count(told, "/accept/repeated"), 1);
  EXPECT_EQ(told.at("failed_calls").as_object().size(), 1u);
  EXPECT_GE(told.at_pointer("/accept/latency_ms/max").to_number<double>(), 1000);
  std::vector<std::string> bodies;
  for (const auto& request : gateway.requests()) {
    if (request.method == "POST") bodies.push_back(request.body);
  }
  ASSERT_EQ(bodies.size(), 3u);
  EXPECT_EQ(bodies[0], bodies[1]);
  EXPECT_EQ(bodies[0], bodies[2]);
}

TEST_F(Bench, CountsWhatIsNeverAnsweredAfterTheLastTry) {
  CannedGateway gateway;
  gateway.answer("GET /v1/changes", {Response::json(200, R"({"changes":[],"next":"0"})")});
  Response lost = Response::json(202, "[]");
  lost.delivery = Delivery::drop_connection;
  gateway.answer("POST /v1/documents", {lost});
  const Ran ran = run(gateway.url(), {"--documents", "1", "--until", "accepted", "--format", "json"});
  EXPECT_EQ(ran.status, 1);
  EXPECT_EQ(count(report(ran), "/documents/unanswered"), 1);
  EXPECT_EQ(count(report(ran), "/accept/calls"), 5);
}

TEST_F(Bench, CountsDocumentsThatAnAnswerLeavesOut) {
  CannedGateway gateway;
  gateway.answer("GET /v1/changes", {Response::json(200, R"({"changes":[],"next":"0"})")});
  gateway.answer("POST /v1/documents", {Response::json(202, R"([{"id":"d1"}])")});
  const Ran ran = run(gateway.url(), {"--documents", "3", "--array", "3", "--connections", "1", "--until", "accepted",
                                      "--format", "json"});
  EXPECT_EQ(ran.status, 1);
  EXPECT_EQ(count(report(ran), "/documents/accepted"), 1);
  EXPECT_EQ(count(report(ran), "/documents/refused"), 2);
}

TEST_F(Bench, EndsWithTwoWhereNothingCanBeMeasured) {
  CannedGateway gateway;
  gateway.answer("GET /v1/changes", {Response::problem(401, "wrong token")});
  const Ran refused = run(gateway.url(), {"--documents", "1"});
  EXPECT_EQ(refused.status, 2);
  EXPECT_THAT(refused.err, HasSubstr("401"));
  EXPECT_EQ(run("http://nowhere.invalid", {"--documents", "1"}).status, 2);
  EXPECT_EQ(run(gateway.url(), {"--token-file", "/none/token"}).status, 2);
}

TEST_F(Bench, RefusesACommandLineOverItsLimits) {
  for (const std::vector<std::string>& wrong : {std::vector<std::string>{"--array", "1001"},
                                                {"--array", "0"},
                                                {"--connections", "1001"},
                                                {"--documents", "10000001"},
                                                {"--mix", "CEB311Message=1001"},
                                                {"--mix", "CEB999Message"},
                                                {"--rate", "1000001"},
                                                {"--duration", "86401s"},
                                                {"--duration", "soon"},
                                                {"--until", "lunch"},
                                                {"--pid", "0"}}) {
    const Ran ran = run("http://127.0.0.1:9", wrong);
    EXPECT_EQ(ran.status, 2) << wrong[0] << " " << wrong[1];
    EXPECT_THAT(ran.err, HasSubstr(wrong[0]));
  }
  const Ran at_the_limits =
      run("http://127.0.0.1:9", {"--array", "1000", "--connections", "1000", "--documents", "10000000", "--mix",
                                 "CEB311Message=1000", "--rate", "1000000", "--duration", "86400s"});
  EXPECT_THAT(at_the_limits.err, HasSubstr("connect to 127.0.0.1:9"));
}

}  // namespace
}  // namespace tests::tools
