// Which receipt explains where a document stands, and the JSON of its explanation.
#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>
#include <stdexcept>

#include "gateway/views/document_json.h"
#include "gateway/views/explanation_json.h"
#include "tests/support/paths.h"

namespace {

namespace json = boost::json;
using namespace gateway;
using lifecycle::State;

const schemas::Catalog& catalog() {
  static const auto loaded = schemas::Catalog::load(tests::schemas_directory(), "202205");
  if (!loaded) throw std::runtime_error(loaded.faults().front().en);
  return *loaded;
}

const schemas::Knowledge& knowledge() {
  static const auto loaded = schemas::Knowledge::load(catalog(), {tests::schemas_directory(), {}});
  if (!loaded) throw std::runtime_error(loaded.faults().front().en);
  return *loaded;
}

struct Received {
  const char *status, *info;
};

// The receipts came one second after the other.
json::value explanation(State state, const std::vector<Received>& receipts) {
  ledger::WholeDocument whole;
  whole.summary.type = "CEB621Message";
  whole.summary.picture.state = state;
  whole.app_type = "1";
  whole.body = R"({"InventoryHead":{"appStatus":"2"}})";
  base::Time at{};
  for (const Received& receipt : receipts) {
    at += std::chrono::seconds(1);
    whole.receipts.push_back({receipt.status, "", receipt.info, at, at, "recorded"});
  }
  return views::explanation(knowledge(), whole);
}

constexpr auto* missing_payment = "清单新增申报成功; 对应电商平台为[46019600AB]订单号为[JO1]支付信息不存在";

TEST(Explanation, OfARefusalIsTheRefusalsWhateverCameBeside) {
  const auto told =
      explanation(State::refused, {{"2", missing_payment}, {"120", ""}, {"100", "[Code:1322;Desc:不一致]"}});
  EXPECT_EQ(told.at("code"), "1322");
  EXPECT_EQ(told.at("class"), "mend the data");
  EXPECT_EQ(told.at("severity"), "error");
}

TEST(Explanation, OfADetainedDocumentIsTheDecisions) {
  const auto told = explanation(State::held, {{"120", ""}, {"501", "扣留"}, {"120", ""}});
  EXPECT_EQ(told.at("code"), "501");
  EXPECT_EQ(told.at("side"), "customs");
}

TEST(Explanation, OfAWaitingInventorySaysWhichDocumentIsMissing) {
  const auto told = explanation(State::sent, {{"2", missing_payment}});
  EXPECT_EQ(told.at("code"), "2");
  EXPECT_EQ(told.at("side"), "enterprise");
  EXPECT_EQ(told.at("class"), "wait");
  EXPECT_EQ(told.at("parts").at("orderNo"), "JO1");
}

TEST(Explanation, IsNotNeededWhereAllIsWell) {
  EXPECT_TRUE(explanation(State::sent, {{"2", missing_payment}, {"2", "清单新增申报成功"}}).is_null());
  EXPECT_TRUE(explanation(State::sent, {{"120", "[Code:1800;Desc:逻辑校验通过]"}}).is_null());
  EXPECT_TRUE(explanation(State::settled, {{"800", ""}}).is_null());
  EXPECT_TRUE(explanation(State::sent, {}).is_null());
  EXPECT_TRUE(explanation(State::accepted, {{"2", missing_payment}}).is_null());
}

TEST(Explanation, OfWhatCustomsIsBusyWithSaysSo) {
  EXPECT_EQ(explanation(State::sent, {{"300", "待人工审核"}}).at("side"), "customs");
}

// Faults and explanations share one form and one order of members.
TEST(ExplanationJson, GoesOnFromAFaultsMembers) {
  schemas::Explanation told;
  told.code = "100";
  told.zh = "中";
  told.en = "en";
  told.side = schemas::Side::buyer;
  told.remedy = schemas::Remedy::ask_the_port;
  told.parts = {{"limit", "5"}};
  EXPECT_EQ(json::serialize(views::explanation_json(told)),
            R"({"line":0,"path":"","code":"100","severity":"error","zh":"中","en":"en","source":"","side":"buyer",)"
            R"("class":"ask the port","advice_zh":"","advice_en":"","parts":{"limit":"5"}})");
}

}  // namespace
