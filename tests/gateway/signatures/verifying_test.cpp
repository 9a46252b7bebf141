// POST /v1/verify and GET /v1/documents/{id}/verification: the verdict as an answer, whatever it is.
#include <boost/json/serialize.hpp>
#include <gmock/gmock.h>

#include "tests/gateway/signatures/running_desk.h"

namespace tests {
namespace {

using testing::HasSubstr;
using Object = boost::json::object;

class VerifyCall : public testing::Test {
 protected:
  explicit VerifyCall(RunningDesk::Roots roots = RunningDesk::Roots::none) : desk_(roots) {}

  std::string signed_text(const std::string& enterprise = with_sm2) {
    return desk_.sign({{"enterprise", enterprise}, {"xml", ceb_text("CEB311Message")}}).text("xml");
  }
  Told verify(const std::string& xml, const std::string& query = "", const std::string& token = "looks") {
    return desk_.ask({"POST", "/v1/verify" + query, xml, token, "application/xml"});
  }
  Told verify_json(const std::string& body) { return desk_.ask({"POST", "/v1/verify", body, "looks"}); }
  // A document whose message is kept, or that is in none.
  std::string accepted() {
    gateway::ledger::NewVersion version;
    version.type = "CEB311Message";
    version.key = "CEB311Message/4601960001/A1";
    version.number = "A1";
    version.enterprise = with_sm2;
    version.port = "hainan";
    version.content_digest = "A1";
    version.body = "{}";
    return desk_.ledger().accept({&version, 1}, std::nullopt, desk_.clock().now())->front().id;
  }
  void keep(const std::string& id, const std::string& xml) {
    const auto standing = desk_.ledger().newest_by_id(id);
    gateway::ledger::SealedMessage message;
    message.guid = "message-1";
    message.type = "CEB311Message";
    message.enterprise = with_sm2;
    message.port = "hainan";
    message.signed_xml = xml;
    message.documents = {{id, 1}};
    gateway::ledger::Move move;
    move.ref = {id, 1};
    move.revision = standing->revision;
    move.from = standing->summary.picture.state;
    move.to.state = gateway::lifecycle::State::sealed;
    ASSERT_TRUE(desk_.ledger().seal(message, {&move, 1}, desk_.clock().now()));
  }
  Told verify_kept(const std::string& id, const std::string& token = "looks") {
    return desk_.get("/v1/documents/" + id + "/verification", token);
  }
  static std::string verdict_of(const Told& told, const std::string& step) {
    const auto answer = told.json();
    for (const auto& one : answer.at("steps").as_array()) {
      if (one.at("name").as_string() == step) return std::string(one.at("verdict").as_string());
    }
    return "no such step";
  }

  RunningDesk desk_;
};

class VerifyCallWithRoots : public VerifyCall {
 protected:
  VerifyCallWithRoots() : VerifyCall(RunningDesk::Roots::trusted) {}
};

std::string spoilt(std::string xml) { return xml.replace(xml.find("测试甲"), 9, "测试乙"); }

TEST_F(VerifyCall, AGoodSignatureIsToldWithItsCertificateAndEveryStep) {
  const Told told = verify(signed_text());
  ASSERT_EQ(told.status, 200u) << told.body;
  EXPECT_EQ(told.json().at("valid"), true);
  EXPECT_EQ(told.text("dialect"), "sm2-sm3");
  EXPECT_EQ(told.json().at("certificate").at("serial").as_string(), desk_.identity(with_sm2).serial);
  EXPECT_EQ(verdict_of(told, "digest"), "good");
  EXPECT_EQ(verdict_of(told, "chain"), "not_checked");
  EXPECT_FALSE(told.json().contains("canonical_signed_info"));
}

TEST_F(VerifyCall, ABadSignatureIsAnAnswerToo) {
  const Told told = verify(spoilt(signed_text()));
  ASSERT_EQ(told.status, 200u) << told.body;
  EXPECT_EQ(told.json().at("valid"), false);
  EXPECT_EQ(verdict_of(told, "digest"), "bad");
  EXPECT_THAT(told.faults(), HasSubstr("signature.digest"));
  const Told no_xml = verify("no xml");
  EXPECT_EQ(no_xml.status, 200u);
  EXPECT_EQ(no_xml.json().at("valid"), false);
}

TEST_F(VerifyCall, JudgesTheBytesThatAreKeptOfADocument) {
  const std::string id = accepted(), xml = signed_text();
  const Told early = verify_kept(id);
  EXPECT_EQ(early.status, 404u);
  EXPECT_EQ(early.faults(), "verify.no_message \n");
  keep(id, xml);
  const Told told = verify_kept(id);
  ASSERT_EQ(told.status, 200u) << told.body;
  EXPECT_EQ(told.body, verify(xml, "?enterprise=" + with_sm2).body);
  EXPECT_EQ(told.json().at("valid"), true);
  EXPECT_EQ(verify_kept(id, "nobody").status, 404u);
  EXPECT_EQ(verify_kept("none").status, 404u);
  EXPECT_EQ(desk_.get("/v1/documents/" + id + "/verification?version=0", "looks").status, 400u);
}

TEST_F(VerifyCall, TakesTheTextAsJsonToo) {
  const std::string xml = signed_text();
  const Told told = verify_json(boost::json::serialize(Object{{"xml", xml}}));
  EXPECT_EQ(told.status, 200u);
  EXPECT_EQ(told.body, verify(xml).body);
  EXPECT_EQ(verify_json("{").status, 400u);
  for (const char* wrong : {R"({"text":"a"})", R"({"xml":1})", R"({"xml":"<a/>","more":1})", "[]"}) {
    EXPECT_EQ(verify_json(wrong).status, 422u) << wrong;
  }
}

TEST_F(VerifyCall, NothingPostedAndUnknownParametersAreToldInWords) {
  const Told empty = verify("");
  EXPECT_EQ(empty.status, 400u);
  EXPECT_EQ(empty.faults(), "verify.empty \n");
  const Told told = verify("<a/>", "?enterprise=1&canonical=all&who=me");
  EXPECT_EQ(told.status, 400u);
  for (const char* name : {"?enterprise", "?canonical", "?who"}) EXPECT_THAT(told.faults(), HasSubstr(name));
}

TEST_F(VerifyCall, ShowsTheCanonicalBytesThatAreAskedFor) {
  const std::string xml = signed_text();
  const Told signed_info = verify(xml, "?canonical=signed-info");
  EXPECT_THAT(signed_info.text("canonical_signed_info"), testing::StartsWith("<ds:SignedInfo xmlns:ceb="));
  EXPECT_TRUE(signed_info.json().at("canonical_document").is_null());
  const Told document = verify(xml, "?canonical=document");
  EXPECT_THAT(document.text("canonical_document"), testing::StartsWith("<ceb:CEB311Message"));
  EXPECT_THAT(document.text("canonical_document"), testing::Not(HasSubstr("Signature")));
}

TEST_F(VerifyCall, HoldsAnEnterprisesSignatureAgainstItsNameAndItsDialect) {
  EXPECT_EQ(verdict_of(verify(signed_text()), "company"), "not_checked");
  EXPECT_EQ(verdict_of(verify(signed_text(), "?enterprise=" + with_sm2), "company"), "good");
  const Told of_another = verify(signed_text(), "?enterprise=" + with_rsa);
  EXPECT_EQ(verdict_of(of_another, "company"), "bad");
  EXPECT_THAT(of_another.faults(), HasSubstr("signature.company"));
  EXPECT_EQ(verdict_of(of_another, "dialect"), "good") << "it has none of its own";
  const Told in_another_dialect = verify(signed_text(), "?enterprise=" + with_ended_key);
  EXPECT_EQ(verdict_of(in_another_dialect, "dialect"), "bad");
}

TEST_F(VerifyCall, NeedsATokenAndTheEnterpriseThatIsNamed) {
  EXPECT_EQ(verify("<a/>", "", "").status, 401u);
  EXPECT_EQ(verify("<a/>", "", "nobody").status, 200u);
  const Told told = verify("<a/>", "?enterprise=" + with_rsa, "small");
  EXPECT_EQ(told.status, 403u);
  EXPECT_EQ(told.faults(), "intake.forbidden ?enterprise\n");
}

TEST_F(VerifyCallWithRoots, JudgesTheChain) {
  EXPECT_EQ(verdict_of(verify(signed_text()), "chain"), "good");
  RunningDesk elsewhere;  // with an authority of its own
  const std::string theirs = elsewhere.sign({{"enterprise", with_sm2}, {"xml", ceb_text("CEB311Message")}}).text("xml");
  const Told told = verify(theirs);
  EXPECT_EQ(told.status, 200u);
  EXPECT_EQ(told.json().at("valid"), false);
  EXPECT_EQ(verdict_of(told, "chain"), "bad");
}

}  // namespace
}  // namespace tests
