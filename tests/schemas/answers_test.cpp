#include "schemas/answers.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <set>

#include "schemas/catalog.h"
#include "tests/schemas/made_message.h"
#include "tests/support/paths.h"

namespace {

using schemas::Effect;
using schemas::Fit;
using tests::catalog_202205;

constexpr auto *order = "CEB311Message", *payment = "CEB411Message", *waybill = "CEB511Message",
               *waybill_state = "CEB513Message", *inventory = "CEB621Message", *inbound = "CEB711Message";

struct AnswerCase {
  const char *type, *app_type, *app_status, *status;
  Effect effect;
  const char* outcome;
  Fit fit;
};

void expect_answers(const std::vector<AnswerCase>& cases) {
  for (const auto& c : cases) {
    const auto& answer = catalog_202205().answer({c.type, c.app_type, c.app_status}, c.status);
    const std::string what = std::string(c.type) + " " + c.app_type + " " + c.app_status + " answered " + c.status;
    EXPECT_EQ(answer.effect, c.effect) << what;
    EXPECT_EQ(answer.outcome, c.outcome) << what;
    EXPECT_EQ(answer.fit, c.fit) << what;
    EXPECT_FALSE(answer.zh.empty() || answer.en.empty()) << what;
    if (answer.effect == Effect::pass || answer.effect == Effect::settle) continue;
    EXPECT_NE(answer.remedy, schemas::Remedy::none) << what;
    EXPECT_FALSE(answer.advice_zh.empty() || answer.advice_en.empty()) << what;
  }
}

TEST(Answers, SettleEachTypeAtItsOwnStatus) {
  std::vector<AnswerCase> cases;
  for (const char* type : {"CEB303Message", order, "CEB403Message", payment, "CEB505Message", waybill}) {
    for (const char* status : {"2", "3", "120", "399"})
      cases.push_back({type, "1", "2", status, Effect::settle, "lodged", Fit::exact});
  }
  for (const char* type :
       {"CEB215Message", "CEB507Message", "CEB509Message", waybill_state, "CEB607Message", inbound}) {
    cases.push_back({type, "1", "2", "2", Effect::pass, "", Fit::exact});
    cases.push_back({type, "1", "2", "120", Effect::settle, "lodged", Fit::exact});
    cases.push_back({type, "1", "2", "399", Effect::settle, "lodged", Fit::exact});
  }
  for (const char* type : {"CEB213Message", "CEB603Message", inventory}) {
    for (const char* status : {"2", "120", "300", "399", "400", "500", "600"})
      cases.push_back({type, "1", "2", status, Effect::pass, "", Fit::exact});
    cases.push_back({type, "1", "2", "800", Effect::settle, "released", Fit::exact});
  }
  for (const char* type : {"CEB605Message", "CEB623Message"}) {
    cases.push_back({type, "1", "2", "120", Effect::pass, "", Fit::exact});
    cases.push_back({type, "1", "2", "399", Effect::settle, "cancelled", Fit::exact});
  }
  cases.push_back({"CEB625Message", "1", "2", "120", Effect::pass, "", Fit::exact});
  cases.push_back({"CEB625Message", "1", "2", "399", Effect::settle, "refunded", Fit::exact});
  cases.push_back({"CEB701Message", "1", "2", "399", Effect::pass, "lodged", Fit::exact});
  cases.push_back({"CEB701Message", "1", "2", "CEB792", Effect::settle, "lodged", Fit::exact});
  cases.push_back({"CEB621Message", "1", "2", "CEB900", Effect::refuse, "", Fit::exact});
  cases.push_back({"CEB311Message", "3", "2", "DxpRep", Effect::refuse, "", Fit::exact});
  cases.push_back({inventory, "1", "2", "899", Effect::settle, "closed", Fit::exact});
  expect_answers(cases);
}

TEST(Answers, FollowWhatWasDeclared) {
  expect_answers({
      {order, "1", "2", "1", Effect::pass, "", Fit::exact},
      {order, "1", "1", "1", Effect::settle, "lodged", Fit::exact},
      {inventory, "1", "1", "1", Effect::settle, "lodged", Fit::exact},
      {order, "3", "2", "2", Effect::settle, "cancelled", Fit::exact},
      {order, "3", "1", "1", Effect::settle, "cancelled", Fit::exact},
      {inventory, "3", "2", "120", Effect::settle, "cancelled", Fit::exact},
      {inventory, "3", "2", "100", Effect::refuse, "rejected", Fit::exact},
  });
}

TEST(Answers, LeaveCustomsDecisionsToAPerson) {
  for (const char* type : {order, inventory, "CEB213Message", "CEB603Message"}) {
    for (const char* status : {"501", "502", "503", "505", "599"})
      expect_answers({{type, "1", "2", status, Effect::hold, "detained", Fit::exact}});
    expect_answers({{type, "1", "2", "700", Effect::hold, "returned", Fit::exact}});
  }
}

TEST(Answers, SayAlreadyThereOnlyWhereTheyMayMeanASecondDelivery) {
  const std::vector<std::pair<const char*, const char*>> all{
      {order, "-301010"},           {payment, "-401007"},       {waybill, "-504012"},   {waybill, "-504015"},
      {waybill, "-505012"},         {waybill_state, "-505012"}, {inventory, "-621004"}, {inbound, "-800003"},
      {"CEB303Message", "-304001"}, {order, "-301014"},         {payment, "-401012"},   {waybill, "-505016"},
      {waybill_state, "-505016"},   {inventory, "-621055"},     {inbound, "-800005"}};
  std::set<const char*> statuses;
  for (const auto& [type, status] : all) statuses.insert(status);
  for (const auto& type : catalog_202205().types()) {
    for (const char* status : statuses) {
      const bool listed = std::ranges::any_of(
          all, [&](const auto& one) { return type.name == one.first && std::string_view(one.second) == status; });
      const auto& answer = catalog_202205().answer({type.name, "1", "2"}, status);
      EXPECT_EQ(answer.effect == Effect::already_there, listed) << type.name << " " << status;
    }
  }
}

TEST(Answers, RefuseWithTheCodeOfTheirType) {
  expect_answers({
      {order, "1", "2", "4", Effect::refuse, "", Fit::exact},
      {order, "1", "2", "100", Effect::refuse, "rejected", Fit::exact},
      {inventory, "1", "2", "-621018", Effect::refuse, "", Fit::exact},
      {inventory, "1", "2", "-301010", Effect::refuse, "", Fit::none},
      {order, "1", "2", "-10102", Effect::refuse, "", Fit::exact},
      {"CEB303Message", "1", "2", "-10102", Effect::refuse, "", Fit::exact},
      {"CEB303Message", "1", "2", "-10150", Effect::refuse, "", Fit::range},
      {order, "1", "2", "-10150", Effect::refuse, "", Fit::none},
  });
}

// The export table has only ranges, which overlap import codes: what a code means depends on the type.
TEST(Answers, OfExportTypesTellTheStepThatFailed) {
  expect_answers({
      {"CEB303Message", "1", "2", "-301001", Effect::refuse, "", Fit::range},
      {"CEB303Message", "1", "2", "-302000", Effect::refuse, "", Fit::range},
      {"CEB303Message", "1", "2", "-304001", Effect::already_there, "", Fit::exact},
      {"CEB303Message", "1", "2", "-304002", Effect::refuse, "", Fit::range},
      {"CEB303Message", "1", "2", "-305001", Effect::refuse, "", Fit::none},
      {"CEB701Message", "1", "2", "-705000", Effect::refuse, "", Fit::range},
  });
  const auto remedy = [](const char* status) {
    return catalog_202205().answer({"CEB603Message", "1", "2"}, status).remedy;
  };
  EXPECT_EQ(remedy("-601001"), schemas::Remedy::sign_again);
  EXPECT_EQ(remedy("-602001"), schemas::Remedy::mend_the_data);
  EXPECT_EQ(remedy("-603001"), schemas::Remedy::mend_the_data);
  EXPECT_EQ(remedy("-604001"), schemas::Remedy::retry);
}

TEST(Answers, ThatNobodyKnowsPassOrRefuse) {
  expect_answers({
      {order, "1", "2", "-999999", Effect::refuse, "", Fit::none},
      {order, "1", "2", "777", Effect::pass, "", Fit::none},
      {order, "1", "2", "", Effect::pass, "", Fit::none},
      {"CEB999Message", "1", "2", "-301010", Effect::refuse, "", Fit::none},
  });
}

TEST(Answers, HaveAllMeaningsOfACodeThatIsPrintedTwice) {
  EXPECT_EQ(catalog_202205().answers({inventory, "1", "2"}, "-621027").size(), 2u);
  EXPECT_EQ(catalog_202205().answers({"CEB625Message", "1", "2"}, "-625022").size(), 2u);
  EXPECT_EQ(catalog_202205().answers({inventory, "1", "2"}, "100").size(), 1u);
}

TEST(Answers, OfTheOtherEditionAreTheSame) {
  const auto catalog = schemas::Catalog::load(tests::schemas_directory(), "2018");
  ASSERT_TRUE(catalog) << catalog.faults().front().en;
  EXPECT_EQ(catalog->answer({inventory, "1", "2"}, "800").outcome, "released");
}

}  // namespace
