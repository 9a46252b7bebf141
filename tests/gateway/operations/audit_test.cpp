// What persons did, as operators see it.
#include "tests/gateway/operations/running_operations.h"

namespace tests::operations {
namespace {

class Audit : public Operations {
 protected:
  json::array acts(const std::string& query = {}, const std::string& token = "operator") {
    return ask("GET", "/v1/audit" + query, "", token).value().at("acts").as_array();
  }
  void sign_in(const std::string& name) {
    ledger::Act act{.at = clock_.now(), .by = name, .kind = ledger::ActKind::sign_in, .subject = "users/" + name};
    ledger_->write_act(act);
  }
};

TEST_F(Audit, AnActionOnADocumentIsRecordedWithWhoAndWhy) {
  const auto ids = accept({"A1", "A2"});
  ASSERT_EQ(act(ids[0], R"("action":"hold")").status, 200u);
  ASSERT_EQ(act(ids[0], R"("action":"hold")").status, 409u) << "what is not done is not recorded";
  ASSERT_EQ(act(ids[1], R"("action":"withdraw")", "colleague").status, 200u);
  const json::array found = acts();
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].at("id"), "2");
  EXPECT_EQ(found[0].at("by"), "colleague");
  EXPECT_EQ(found[0].at("kind"), "withdraw");
  EXPECT_EQ(found[1].at("subject").as_string(), "documents/" + ids[0]);
  EXPECT_EQ(found[1].at("enterprise"), "E1");
  EXPECT_EQ(found[1].at("reason"), "因客户要求");
  EXPECT_EQ(found[1].at("digest").as_string().size(), 64u);
  const json::array of_one = acts("?kind=hold&by=operator&document=" + ids[0]);
  ASSERT_EQ(of_one.size(), 1u);
  EXPECT_EQ(acts("?kind=hold&document=" + ids[1]).size(), 0u);
}

TEST_F(Audit, WhoeverHasOtherEnterprisesSeesNothingOfItButItsOwnActs) {
  const auto ids = accept({"A1"});
  ASSERT_EQ(act(ids[0], R"("action":"hold")").status, 200u);
  sign_in("stranger");
  const json::array found = acts({}, "stranger");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].at("kind"), "sign_in");
  EXPECT_EQ(acts().size(), 1u) << "and the sign-in is not the operator's";
}

TEST_F(Audit, TheListComesInPages) {
  for (int i = 0; i < 3; ++i) sign_in("operator");
  const json::value top = ask("GET", "/v1/audit?limit=2", "", "operator").value();
  ASSERT_EQ(top.at("acts").as_array().size(), 2u);
  const auto rest = acts("?limit=2&cursor=" + std::string(top.at("next").as_string()));
  ASSERT_EQ(rest.size(), 1u);
  EXPECT_EQ(rest[0].at("id"), "1");
}

TEST_F(Audit, TheRecordIsVerified) {
  sign_in("operator");
  const json::value verified = ask("GET", "/v1/audit/verification", "", "operator").value();
  EXPECT_EQ(verified, (json::value{{"acts", 1}, {"whole", true}, {"breaks", json::array()}}));
}

TEST_F(Audit, ItIsForOperatorsAndAMisspeltKindIsToldSo) {
  EXPECT_EQ(ask("GET", "/v1/audit", "", "viewer").status, 403u);
  EXPECT_EQ(ask("GET", "/v1/audit/verification", "", "viewer").status, 403u);
  const Told told = ask("GET", "/v1/audit?kind=holds", "", "operator");
  EXPECT_EQ(told.status, 400u);
  EXPECT_THAT(told.body, HasSubstr("?kind"));
}

}  // namespace
}  // namespace tests::operations
