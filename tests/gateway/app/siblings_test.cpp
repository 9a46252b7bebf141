// An inventory that waits for its order, payment and waybill, through the real gateway and against customs.
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <gmock/gmock.h>
#include <string>

#include "tests/gateway/app/site.h"
#include "tests/support/cebgate_run.h"

namespace tests::app {
namespace {

namespace json = boost::json;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

Manner waiting_for(const std::string& time) {
  Manner manner;
  manner.more_of_enterprise = {
      {enterprises.ecommerce, "inventory_waits_for_siblings = \"" + time + "\"\ncross_check = \"refuse\"\n"}};
  return manner;
}

class WaitingForSiblings : public ::testing::Test {
 protected:
  explicit WaitingForSiblings(const std::string& time = "1h") : site_(waiting_for(time)) {}
  void SetUp() override {
    site_.start_platform();
    site_.start_gateway();
  }
  void TearDown() override { EXPECT_EQ(site_.personal_data_in_logs(), ""); }

  Seen wait_for_reason(const std::string& id, const ::testing::Matcher<std::string>& reason) const {
    return site_.wait_until(id, [&](const Seen& seen) { return reason.Matches(seen.reason); });
  }
  // What its zip, checked by itself, does not hold by.
  json::array faults_of_evidence(const std::string& id) const {
    const CebgateRun run;
    const auto answer = site_.ask("GET", "/v1/documents/" + id + "/evidence", Site::viewer_token);
    const Ran ran = run({"evidence", "--check", run.write("one.zip", answer.body), "--trust",
                         (site_.folder() / "root.pem").string(), "--format", "json"});
    EXPECT_EQ(ran.status, 0) << ran.out << ran.err;
    return json::parse(ran.out).at("faults").as_array();
  }
  unsigned report(const std::string& type, const Sale& sale, const std::string& status) const {
    json::object fact{{"type", type}, {"enterprise", enterprises.ecommerce}, {"status", status}};
    fact["document"] = json::parse(declaration(type, sale));
    return site_.ask("POST", "/v1/facts", Site::token_of(enterprises.ecommerce), json::serialize(fact)).status;
  }

  Site site_;
};

TEST_F(WaitingForSiblings, an_inventory_is_sent_once_customs_has_taken_what_it_refers_to) {
  const Sale sale{.number = "W1"};
  const std::string inventory = site_.accepted("CEB621Message", inventory_document(sale));
  wait_for_reason(inventory,
                  AllOf(HasSubstr("Import order"), HasSubstr("Import payment"), HasSubstr("Import waybill")));
  for (const char* type : {"CEB311Message", "CEB411Message"}) {
    site_.wait_for_state(site_.accepted(type, declaration(type, sale)), "settled");
  }
  const Seen waiting = wait_for_reason(inventory, AllOf(HasSubstr("Import waybill"), Not(HasSubstr("Import payment"))));
  EXPECT_EQ(waiting.state, "accepted");
  EXPECT_THAT(site_.received("C-W1"), IsEmpty());
  site_.accepted("CEB511Message", waybill_document(sale));
  const Seen released = site_.wait_until(inventory, [](const Seen& seen) { return seen.stage == "800"; });
  EXPECT_THAT(released.statuses, ElementsAre("2", "120", "800")) << "customs had nothing to wait for";
  EXPECT_THAT(released.deliveries, ElementsAre("confirmed"));
  EXPECT_THAT(faults_of_evidence(inventory), IsEmpty());
}

TEST_F(WaitingForSiblings, a_payment_that_another_enterprise_sent_counts_once_it_is_reported) {
  const Sale sale{.number = "W2"};
  const std::string inventory = site_.accepted("CEB621Message", inventory_document(sale));
  site_.accepted("CEB311Message", order_document(sale));
  site_.accepted("CEB511Message", waybill_document(sale));
  wait_for_reason(inventory,
                  AllOf(HasSubstr("Import payment"), Not(HasSubstr("Import waybill")), Not(HasSubstr("Import order"))));
  ASSERT_EQ(report("CEB411Message", sale, "120"), 200U);
  const Seen sent = site_.wait_until(inventory, [](const Seen& seen) { return !seen.statuses.empty(); });
  EXPECT_THAT(sent.states, ElementsAre("accepted", "sealed", "sent"));
}

TEST_F(WaitingForSiblings, an_inventory_that_differs_from_its_order_is_refused_at_the_door) {
  const Sale sale{.number = "W3"};
  site_.accepted("CEB311Message", order_document(sale));
  json::value document = json::parse(inventory_document(sale));
  document.at("InventoryHead").as_object()["buyerName"] = "测试乙";
  const auto answer = site_.post("CEB621Message", json::serialize(document));
  EXPECT_EQ(answer.status, 422U);
  EXPECT_THAT(answer.body, HasSubstr("cross.differs"));
  EXPECT_THAT(site_.received("C-W3"), IsEmpty());
}

class WaitingInVain : public WaitingForSiblings {
 protected:
  WaitingInVain() : WaitingForSiblings("1s") {}
};

TEST_F(WaitingInVain, an_inventory_is_held_at_the_deadline_and_an_operator_sends_it_anyway) {
  const std::string inventory = site_.accepted("CEB621Message", inventory_document({.number = "W4"}));
  const Seen held = site_.wait_for_state(inventory, "held");
  EXPECT_THAT(held.reason, AllOf(HasSubstr("did not come in time"), HasSubstr("Import order 4601960001/W4")));
  const auto answer = site_.ask("POST", "/v1/documents/" + inventory + "/actions", Site::operator_token,
                                R"({"action":"release","reason":"customs shall wait"})");
  ASSERT_EQ(answer.status, 200U) << answer.body;
  const Seen sent = site_.wait_until(inventory, [](const Seen& seen) { return !seen.statuses.empty(); });
  EXPECT_EQ(sent.state, "sent");
  EXPECT_THAT(site_.received("C-W4"), SizeIs(1));
}

}  // namespace
}  // namespace tests::app
