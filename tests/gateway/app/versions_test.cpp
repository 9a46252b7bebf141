// What becomes of the same number posted again: the same content, corrected content, other content too early.
#include <boost/json/parse.hpp>
#include <gmock/gmock.h>
#include <string>

#include "tests/gateway/app/site.h"

namespace tests::app {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

class Versions : public ::testing::Test {
 protected:
  void SetUp() override {
    site_.start_platform();
    site_.start_gateway();
  }
  static boost::json::object item_of(const gateway::http::Response& response) {
    return boost::json::parse(response.body).as_array().at(0).as_object();
  }
  static std::string corrected(std::string order) {
    const std::string before = "测试路1号", after = "测试路2号";
    return order.replace(order.find(before), before.size(), after);
  }

  Site site_;
};

TEST_F(Versions, an_order_that_customs_rejects_is_refused_and_its_correction_settles_as_version_2) {
  const std::string order = order_document({.number = "V1~100"});
  const std::string id = site_.accepted("CEB311Message", order);
  const Seen refused = site_.wait_for_state(id, "refused");
  EXPECT_THAT(refused.statuses, ElementsAre("2", "100"));
  EXPECT_THAT(refused.reason, HasSubstr("100"));
  EXPECT_EQ(refused.whole.at("explanation").at("code").as_string(), "1300");  // the most exact one: [Code:1300;Desc:…]
  EXPECT_THAT(std::string(refused.whole.at("explanation").at("en").as_string()), HasSubstr("rejected by customs"));

  EXPECT_EQ(site_.accepted("CEB311Message", corrected(order)), id);
  const Seen settled = site_.wait_until(id, [](const Seen& seen) { return seen.stage == "120"; });
  EXPECT_EQ(settled.state, "settled");
  EXPECT_EQ(settled.version, 2);
  EXPECT_EQ(settled.whole.at("document").at("OrderHead").at("appType").as_string(), "2");  // rejected, but stored
  EXPECT_EQ(site_.look(id, 1).state, "refused");
  EXPECT_THAT(site_.received("V1~100"), SizeIs(2));
}

TEST_F(Versions, the_same_content_again_gets_the_first_answer_and_sends_nothing) {
  const std::string order = order_document({.number = "V2"});
  const auto first = site_.post("CEB311Message", order);
  ASSERT_EQ(first.status, 202U);
  const std::string id(item_of(first).at("id").as_string());
  site_.wait_until(id, [](const Seen& seen) { return seen.stage == "120"; });
  const auto again = site_.post("CEB311Message", order);
  EXPECT_EQ(again.status, 200U);
  EXPECT_EQ(item_of(again).at("id"), item_of(first).at("id"));
  EXPECT_EQ(item_of(again).at("version"), item_of(first).at("version"));
  EXPECT_EQ(item_of(again).at("href"), item_of(first).at("href"));
  EXPECT_THAT(site_.look(id).deliveries, SizeIs(1));
}

TEST_F(Versions, other_content_for_a_document_that_customs_has_not_answered_is_409) {
  const std::string order = order_document({.number = "V3~silent"});
  const std::string id = site_.accepted("CEB311Message", order);
  site_.wait_for_state(id, "sent");
  const auto conflict = site_.post("CEB311Message", corrected(order));
  EXPECT_EQ(conflict.status, 409U);
  EXPECT_THAT(conflict.body, HasSubstr("sent"));
  EXPECT_EQ(site_.look(id).version, 1);
  EXPECT_THAT(site_.received("V3~silent"), SizeIs(1));
}

}  // namespace
}  // namespace tests::app
