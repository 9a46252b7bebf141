// Signatures for other systems, from end to end: signed by a running gateway, accepted by the program, in the record
// after a restart.
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <csignal>
#include <gmock/gmock.h>

#include "base/digest.h"
#include "tests/gateway/app/site.h"
#include "tests/support/cebgate_run.h"

namespace tests::app {
namespace {

namespace json = boost::json;
using ::testing::HasSubstr;

const std::string order_text =
    "<ceb:CEB311Message xmlns:ceb=\"http://www.chinaport.gov.cn/ceb\" guid=\"4CDE1CFD-EDED-46B1-946C-B8022E42FC94\" "
    "version=\"1.0\"><ceb:Order><ceb:OrderHead><ceb:buyerName>测试甲</ceb:buyerName></ceb:OrderHead></ceb:Order>"
    "</ceb:CEB311Message>";

std::string sign_order() {
  return json::serialize(json::object{{"enterprise", enterprises.ecommerce}, {"xml", order_text}});
}

json::object object_in(const gateway::http::Response& response) { return json::parse(response.body).as_object(); }

TEST(SignaturesForOthers, HoldForTheProgramAndAreOnRecordAfterARestart) {
  Site site;
  site.start_platform();
  site.start_gateway();
  const auto signed_answer = site.ask("POST", "/v1/sign", Site::shop_token, sign_order());
  ASSERT_EQ(signed_answer.status, 200U) << signed_answer.body;
  const std::string xml(object_in(signed_answer).at("xml").as_string());
  const CebgateRun run;
  const Ran verified = run({"verify", run.write("signed.xml", xml), "--trust", (site.folder() / "root.pem").string()});
  EXPECT_EQ(verified.status, 0) << verified.out << verified.err;
  EXPECT_THAT(verified.out, HasSubstr("good signature, sm2-sm3"));
  const auto judged =
      site.try_to("POST", "/v1/verify?enterprise=" + enterprises.ecommerce, Site::viewer_token, xml, "application/xml");
  EXPECT_EQ(object_in(judged.response).at("valid"), true) << judged.response.body;

  const auto refused = site.ask("POST", "/v1/sign", Site::token_of(enterprises.ecommerce), sign_order());
  EXPECT_EQ(refused.status, 403U);
  EXPECT_THAT(refused.body, HasSubstr("sign = true"));

  site.gateway().signal(SIGTERM);
  ASSERT_EQ(site.gateway().exit_status(), 0) << site.gateway().err();
  site.start_gateway();
  const auto record = object_in(site.ask("GET", "/v1/signings", Site::operator_token));
  ASSERT_EQ(record.at("signings").as_array().size(), 1U) << json::serialize(record);
  const json::object& signing = record.at("signings").at(0).as_object();
  EXPECT_EQ(signing.at("client"), "shop");
  EXPECT_EQ(signing.at("type"), "CEB311Message");
  EXPECT_EQ(signing.at("sha256").as_string(), base::sha256_hex(order_text));
  EXPECT_EQ(signing.at("serial"), object_in(signed_answer).at("serial"));
  EXPECT_EQ(site.personal_data_in_logs(), "");
}

TEST(SignaturesForOthers, RootsThatCannotBeReadAreNamedAtTheStart) {
  Site site;
  site.start_platform();
  site.write_settings();
  std::filesystem::remove(site.folder() / "root.pem");
  const Ran ran = CebgateRun()(site.serve_arguments());
  EXPECT_EQ(ran.status, 2);
  EXPECT_THAT(ran.err, HasSubstr("root.pem"));
}

}  // namespace
}  // namespace tests::app
