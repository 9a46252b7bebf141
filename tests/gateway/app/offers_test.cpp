// What documents offer next, against customs: the offer is taken up, filled in, and comes to its end; and every
// declaration there is does so as well.
#include <boost/json/parse.hpp>
#include <gmock/gmock.h>
#include <string>
#include <vector>

#include "tests/gateway/app/site.h"
#include "tests/support/blanks.h"

namespace tests::app {
namespace {

namespace json = boost::json;
using ::testing::ElementsAre;
using ::testing::SizeIs;

class Offers : public ::testing::Test {
 protected:
  void SetUp() override {
    site_.start_platform();
    site_.start_gateway();
  }
  void TearDown() override { EXPECT_EQ(site_.personal_data_in_logs(), ""); }

  Seen wait_for_stage(const std::string& id, const std::string& stage) const {
    return site_.wait_until(id, [&](const Seen& seen) { return seen.stage == stage; });
  }
  std::string released_inventory(const Sale& sale) const {
    for (const char* type : {"CEB311Message", "CEB411Message", "CEB511Message"}) {
      wait_for_stage(site_.accepted(type, declaration(type, sale)), "120");
    }
    const std::string id = site_.accepted("CEB621Message", inventory_document(sale));
    wait_for_stage(id, "800");
    return id;
  }
  json::array offers(const std::string& id) const {
    const auto response = site_.ask("GET", "/v1/documents/" + id + "/offers", Site::viewer_token);
    EXPECT_EQ(response.status, 200U) << response.body;
    return json::parse(response.body).at("offers").as_array();
  }
  std::vector<std::string> allowed(const std::string& id) const {
    std::vector<std::string> actions;
    for (const json::value& offer : offers(id)) {
      if (offer.at("allowed").as_bool()) actions.emplace_back(offer.at("action").as_string());
    }
    return actions;
  }
  json::object offer(const std::string& id, const std::string& action) const {
    for (const json::value& one : offers(id)) {
      if (one.at("action") == json::string(action)) return one.as_object();
    }
    throw std::runtime_error("no offer to " + action);
  }
  // Posts what the offer prepares; 202; gives the new document's id.
  std::string take_up(const json::object& offer) const {
    const std::string token = Site::token_of(std::string(offer.at("document").at("enterprise").as_string()));
    const auto response = site_.ask("POST", "/v1/documents", token, filled_in(offer, "2"));
    EXPECT_EQ(response.status, 202U) << response.body;
    return std::string(json::parse(response.body).at(0).at("id").as_string());
  }

  Site site_;
};

TEST_F(Offers, a_released_inventory_is_cancelled_by_the_document_it_offers) {
  const std::string inventory = released_inventory({.number = "F1"});
  EXPECT_THAT(allowed(inventory), ElementsAre("cancel", "refund"));
  const auto cancellation = offer(inventory, "cancel");
  const json::object& fields = cancellation.at("document").at("document").as_object();
  EXPECT_THAT(fields.at("preNo").as_string(), SizeIs(18));
  EXPECT_THAT(fields.at("invtNo").as_string(), SizeIs(18));
  const Seen done = wait_for_stage(take_up(cancellation), "399");
  EXPECT_EQ(done.state, "settled");
  EXPECT_EQ(done.outcome, "cancelled");
  EXPECT_THAT(done.statuses, ElementsAre("2", "120", "399"));
  EXPECT_TRUE(allowed(inventory).empty());
}

TEST_F(Offers, a_released_inventory_is_refunded_by_the_document_it_offers) {
  const std::string inventory = released_inventory({.number = "F2"});
  const Seen done = wait_for_stage(take_up(offer(inventory, "refund")), "399");
  EXPECT_EQ(done.state, "settled");
  EXPECT_EQ(done.outcome, "refunded");
  EXPECT_THAT(allowed(inventory), ElementsAre("refund"));  // of what else may come back
}

TEST_F(Offers, a_refused_inventory_is_declared_anew_and_released) {
  for (const char* type : {"CEB311Message", "CEB411Message", "CEB511Message"}) {
    const std::string id = site_.accepted(type, declaration(type, {.number = "F3"}));
    wait_for_stage(id, "120");
  }
  std::string refusable = inventory_document({.number = "F3"});
  const std::string before = "C-F3", after = "C-F3~100";
  refusable.replace(refusable.find(before), before.size(), after);
  const std::string id = site_.accepted("CEB621Message", refusable);
  site_.wait_for_state(id, "refused");
  EXPECT_THAT(allowed(id), ElementsAre("declare"));
  auto again = offer(id, "declare");
  again.at("document").at("document").at("InventoryHead").as_object()["note"] = "corrected";
  EXPECT_EQ(take_up(again), id);
  const Seen released = wait_for_stage(id, "800");
  EXPECT_EQ(released.version, 2);
}

TEST_F(Offers, an_order_at_eport_is_changed_and_deleted_by_the_documents_it_offers) {
  const std::string id = site_.accepted("CEB311Message", order_document({.number = "F4"}));
  wait_for_stage(id, "120");
  EXPECT_THAT(allowed(id), ElementsAre("change", "delete"));
  EXPECT_EQ(take_up(offer(id, "delete")), id);
  const Seen deleted = site_.wait_until(id, [](const Seen& seen) { return seen.outcome == "cancelled"; });
  EXPECT_EQ(deleted.version, 2);
  EXPECT_THAT(allowed(id), ElementsAre("declare"));
}

TEST_F(Offers, every_declaration_comes_to_its_end_at_customs) {
  const Sale sale{.number = "F5"};
  std::vector<std::pair<std::string, std::string>> ids;
  for (const std::string& type : declaration_types()) {
    ids.emplace_back(type, site_.accepted(type, declaration(type, sale)));
  }
  for (const auto& [type, id] : ids) {
    // The result of a summary, CEB792, has no listing here.
    const bool is_summary = type == "CEB701Message";
    const Seen seen = site_.wait_until(id, [is_summary](const Seen& one) {
      return one.state == "settled" || (is_summary && one.stage == "399" && one.outcome == "lodged");
    });
    EXPECT_EQ(seen.statuses.front(), "2") << type;
    EXPECT_THAT(seen.deliveries, ElementsAre("confirmed")) << type;
  }
}

}  // namespace
}  // namespace tests::app
