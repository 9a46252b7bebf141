#include "gateway/http/router.h"

#include <gmock/gmock.h>

#include "base/digest.h"
#include "gateway/http/target.h"
#include "gateway/http/tokens.h"

namespace {

using config::Role;
using gateway::http::Router;
using gateway::http::Tokens;
using testing::ElementsAre;
using testing::Pair;

Router routes_tried() {
  Router routes;
  for (const std::string pattern :
       {"/v1/documents", "/v1/documents/{id}", "/v1/documents/{id}/message", "/v1/documents/new"}) {
    routes.add({"GET", pattern, std::nullopt, nullptr});
  }
  routes.add({"POST", "/v1/documents", std::nullopt, nullptr});
  return routes;
}

TEST(Router, FindsByMethodAndSegments) {
  const Router routes = routes_tried();
  EXPECT_EQ(routes.find("POST", "/v1/documents").route->method, "POST");
  const auto message = routes.find("GET", "/v1/documents/A%2FB/message");
  ASSERT_NE(message.route, nullptr);
  EXPECT_EQ(message.route->pattern, "/v1/documents/{id}/message");
  EXPECT_THAT(message.places, ElementsAre(Pair("id", "A/B")));
}

TEST(Router, PrefersALiteralSegmentToAPlace) {
  EXPECT_EQ(routes_tried().find("GET", "/v1/documents/new").route->pattern, "/v1/documents/new");
}

TEST(Router, APlaceForTheRestTakesEverySegmentThatIsLeft) {
  Router routes;
  for (const std::string pattern : {"/console", "/console/{path...}", "/console/assets/{name}"}) {
    routes.add({"GET", pattern, std::nullopt, nullptr});
  }
  const auto rest_of = [&routes](std::string_view path) { return routes.find("GET", path).places["path"]; };
  EXPECT_EQ(rest_of("/console/"), "");
  EXPECT_EQ(rest_of("/console/documents/A%2FB/amend"), "documents/A/B/amend");
  EXPECT_EQ(rest_of("/console//x/"), "/x/");
  EXPECT_EQ(routes.find("GET", "/console").route->pattern, "/console");
  EXPECT_EQ(routes.find("GET", "/console/assets/a.js").route->pattern, "/console/assets/{name}");
  EXPECT_EQ(routes.find("GET", "/consoles/a").route, nullptr);
}

TEST(Router, NamesTheOtherMethodsOfAPath) {
  const auto found = routes_tried().find("DELETE", "/v1/documents");
  EXPECT_EQ(found.route, nullptr);
  EXPECT_THAT(found.other_methods, ElementsAre("GET", "POST"));
}

TEST(Router, FindsNothingForAnEmptySegmentOrAnotherLength) {
  for (const std::string path : {"/v1/documents/", "/v1//documents", "/v1", "/v1/documents/a/b", "", "*"}) {
    EXPECT_EQ(routes_tried().find("GET", path).route, nullptr) << path;
  }
}

TEST(Target, ReadsOriginAndAbsoluteFormAndRefusesTheRest) {
  EXPECT_EQ(gateway::http::read_target("http://h:1/a%2Fb?x=%31")->encoded_path, "/a%2Fb");
  EXPECT_THAT(gateway::http::read_target("/a?x=%31&y&z=2026-01-31T00:00:00+08:00")->query,
              ElementsAre(Pair("x", "1"), Pair("y", ""), Pair("z", "2026-01-31T00:00:00+08:00")));
  EXPECT_THAT(gateway::http::read_target("/a?")->query, ElementsAre());
  EXPECT_THAT(gateway::http::read_target("/a?&x=1&&")->query, ElementsAre(Pair("x", "1")));
  EXPECT_THAT(gateway::http::read_target("/a?=1")->query, ElementsAre(Pair("", "1")));
  EXPECT_FALSE(gateway::http::read_target("/a%2"));
  EXPECT_FALSE(gateway::http::read_target("/a b"));
  EXPECT_FALSE(gateway::http::read_target("*"));
}

TEST(Target, EncodesEveryThingThatIsNotPlain) {
  EXPECT_EQ(gateway::http::percent_encoded("A/b&c=单 +%"), "A%2Fb%26c%3D%E5%8D%95%20%2B%25");
}

TEST(Tokens, KnowACallerByTheDigestOfItsToken) {
  const Tokens tokens({{"erp", Role::submitter, {"4601960001"}, base::sha256_hex("one")},
                       {"desk", Role::operator_, {"*"}, base::sha256_hex("two")}});
  const auto erp = tokens.caller("Bearer one");
  ASSERT_TRUE(erp);
  EXPECT_EQ(erp->name, "erp");
  EXPECT_TRUE(erp->may("4601960001"));
  EXPECT_FALSE(erp->may("4601960002"));
  const auto desk = tokens.caller("bearer  two");
  ASSERT_TRUE(desk);
  EXPECT_TRUE(desk->all_enterprises);
  EXPECT_TRUE(desk->enterprises.empty());
  EXPECT_TRUE(desk->may("4601960002"));
}

TEST(Tokens, LetOnlyAnAdminSignUnlessTheSettingsAllowIt) {
  const auto may_sign = [](Role role, config::Signing signing) {
    return Tokens({{"shop", role, {"*"}, base::sha256_hex("one"), signing}}).caller("Bearer one")->may_sign();
  };
  EXPECT_TRUE(may_sign(Role::viewer, config::Signing::allowed));
  EXPECT_TRUE(may_sign(Role::admin, config::Signing::by_role));
  for (const Role role : {Role::viewer, Role::submitter, Role::operator_, Role::approver}) {
    EXPECT_FALSE(may_sign(role, config::Signing::by_role));
  }
}

TEST(Tokens, KnowNobodyElse) {
  const Tokens tokens({{"erp", Role::submitter, {}, base::sha256_hex("one")}});
  for (const std::string header : {"", "Bearer", "Bearer ", "Bearer on", "Bearer one ", "Basic one", "one"}) {
    EXPECT_FALSE(tokens.caller(header)) << header;
  }
  EXPECT_FALSE(Tokens({}).caller("Bearer one"));
}

TEST(Problem, PrintsEveryFaultAsTheContractNamesIt) {
  base::Fault fault{"schema.length", "/0/document", "太长", "too long", "报文规范 202205 §3.1.4"};
  fault.line = 7;
  const auto response = gateway::http::Response::problem(422, "Faults", {fault});
  EXPECT_EQ(response.headers.get("content-type"), "application/problem+json");
  EXPECT_EQ(
      response.body,
      R"({"type":"about:blank","title":"Faults","status":422,"faults":[{"line":7,"path":"/0/document",)"
      R"("code":"schema.length","severity":"error","zh":"太长","en":"too long","source":"报文规范 202205 §3.1.4"}]})");
}

TEST(Headers, IgnoreCaseAndKeepOneOfAName) {
  gateway::http::Headers headers;
  headers.set("Content-Type", "a");
  headers.set("content-type", "b");
  EXPECT_EQ(headers.get("CONTENT-TYPE"), "b");
  EXPECT_EQ(headers.fields.size(), 1u);
  EXPECT_EQ(headers.get("absent"), "");
}

}  // namespace
