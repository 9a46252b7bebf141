// What bad input gets over the wire, and that nothing of it is stored.
#include <boost/json/parse.hpp>
#include <gmock/gmock.h>
#include <string>

#include "tests/gateway/app/site.h"
#include "tests/support/raw_socket.h"

namespace tests::app {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

class Refusals : public ::testing::Test {
 protected:
  void SetUp() override {
    site_.start_platform();
    site_.start_gateway();
  }
  void TearDown() override {
    EXPECT_EQ(site_.personal_data_in_logs(), "");
    EXPECT_EQ(site_.measure("cebgate_documents_accepted_total"), 0);
    EXPECT_EQ(site_.ask("GET", "/healthz", "").status, 200U);
  }
  gateway::http::Response post(const std::string& body, const std::string& content_type = "application/json") const {
    return site_.try_to("POST", "/v1/documents", Site::token_of(enterprises.ecommerce), body, content_type).response;
  }
  static std::string order() { return posting("CEB311Message", order_document({.number = "B1"})); }

  Site site_;
};

// RFC 9457, with every fault in both languages.
void expect_problem(const gateway::http::Response& response, unsigned status) {
  EXPECT_EQ(response.status, status) << response.body;
  EXPECT_THAT(std::string(response.headers.get("Content-Type")), StartsWith("application/problem+json"));
  const auto problem = boost::json::parse(response.body);
  ASSERT_FALSE(problem.at("faults").as_array().empty()) << response.body;
  for (const auto& fault : problem.at("faults").as_array()) {
    EXPECT_FALSE(fault.at("zh").as_string().empty());
    EXPECT_FALSE(fault.at("en").as_string().empty());
  }
}

TEST_F(Refusals, a_wrong_token_is_401_and_none_at_all_too) {
  expect_problem(site_.ask("POST", "/v1/documents", "wrong", order()), 401);
  expect_problem(site_.ask("POST", "/v1/documents", "", order()), 401);
}

TEST_F(Refusals, one_who_may_only_look_may_not_post) {
  expect_problem(site_.ask("POST", "/v1/documents", Site::viewer_token, order()), 403);
}

TEST_F(Refusals, an_erp_may_not_post_for_another_enterprise) {
  expect_problem(site_.ask("POST", "/v1/documents", Site::token_of(enterprises.payment), order()), 403);
}

TEST_F(Refusals, a_type_outside_the_enterprise_s_roles_is_422) {
  const std::string body = tests::post("CEB411Message", enterprises.ecommerce, payment_document({.number = "B2"}));
  expect_problem(post(body), 422);
}

TEST_F(Refusals, broken_json_and_broken_xml_are_400) {
  expect_problem(post(R"({"type":"CEB311Message",)"), 400);
  expect_problem(post("<ceb:CEB311Message", "application/xml"), 400);
}

TEST_F(Refusals, nesting_of_65_is_400) {
  const std::string deep = R"({"type":"CEB311Message","enterprise":"4601960001","document":)" + std::string(64, '[') +
                           std::string(64, ']') + "}";
  expect_problem(post(deep), 400);
}

TEST_F(Refusals, a_document_type_declaration_is_400_and_no_entity_is_read) {
  const std::string secret = (site_.folder() / "keys").string();
  const auto response = post("<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY e SYSTEM \"file://" + secret +
                                 "\">]><CEB311Message>&e;</CEB311Message>",
                             "application/xml");
  expect_problem(response, 400);
}

TEST_F(Refusals, one_document_over_a_thousand_is_413) {
  std::string body = "[" + order();
  for (int i = 0; i < 1000; ++i) body += "," + order();
  expect_problem(post(body + "]"), 413);
}

TEST_F(Refusals, a_body_over_8_mib_is_413_and_a_client_that_sends_it_all_first_sees_the_answer) {
  const std::string body(8 * 1024 * 1024 + 1, ' ');
  RawSocket client = RawSocket::connect_to(port_of(site_.gateway_url()));
  client.write("POST /v1/documents HTTP/1.1\r\nHost: gateway\r\nAuthorization: Bearer " +
               Site::token_of(enterprises.ecommerce) +
               "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n");
  client.write(body);
  EXPECT_THAT(client.read_answer(), StartsWith("HTTP/1.1 413"));
}

TEST_F(Refusals, every_fault_of_every_document_is_named_and_none_is_stored) {
  std::string first = order(), second = posting("CEB311Message", order_document({.number = "B3"}));
  first.replace(first.find(R"("currency":"142")"), 16, R"("currency":"14")");
  second.replace(second.find(R"("acturalPaid":"113.5")"), 21, R"("acturalPaid":"113.4")");
  const auto response = post("[" + first + "," + second + "]");
  expect_problem(response, 422);
  EXPECT_THAT(response.body, HasSubstr("/0/document/OrderHead/currency"));
  EXPECT_THAT(response.body, HasSubstr("/1/document/OrderHead"));
}

}  // namespace
}  // namespace tests::app
