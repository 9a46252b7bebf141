// A gateway that takes over from another system in the middle of things: what that one sent comes to its end here.
// Another gateway, whose ledger is then lost, plays the other system.
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <csignal>
#include <gmock/gmock.h>
#include <string>

#include "tests/gateway/app/site.h"
#include "tests/support/blanks.h"

namespace tests::app {
namespace {

namespace json = boost::json;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class Imports : public ::testing::Test {
 protected:
  void SetUp() override {
    site_.start_platform();
    site_.start_gateway();
  }
  void TearDown() override { EXPECT_EQ(site_.personal_data_in_logs(), ""); }

  // Nothing of what the other system knew is here.
  void begin_anew() {
    site_.gateway().signal(SIGTERM);
    EXPECT_EQ(site_.gateway().exit_status(), 0);
    for (const char* end : {"", "-wal", "-shm"}) {
      std::filesystem::remove(site_.folder() / (std::string("ledger.db") + end));
    }
    site_.start_gateway();
  }
  Seen wait_for_stage(const std::string& id, const std::string& stage) const {
    return site_.wait_until(id, [&](const Seen& seen) { return seen.stage == stage; });
  }
  void declare_the_three(const Sale& sale) const {
    for (const char* type : {"CEB311Message", "CEB411Message", "CEB511Message"}) {
      wait_for_stage(site_.accepted(type, declaration(type, sale)), "120");
    }
  }
  json::array offers(const std::string& id) const {
    const auto response = site_.ask("GET", "/v1/documents/" + id + "/offers", Site::viewer_token);
    EXPECT_EQ(response.status, 200U) << response.body;
    return json::parse(response.body).at("offers").as_array();
  }
  json::object offer(const std::string& id, const std::string& action) const {
    for (const json::value& one : offers(id)) {
      if (one.at("action") == json::string(action)) return one.as_object();
    }
    throw std::runtime_error("no offer to " + action);
  }
  // A row as the other system would export it: what it sent, and no word of what it heard.
  json::object row_of(const Seen& seen, const std::string& head) const {
    const json::object& fields = seen.whole.at("document").at(head).as_object();
    return {{"type", seen.whole.at("type")},
            {"enterprise", seen.whole.at("enterprise")},
            {"key", seen.whole.at("key")},
            {"guid", fields.at("guid")},
            {"appTime", fields.at("appTime")}};
  }
  json::object import(const json::object& row) const {
    const auto response = site_.ask("POST", "/v1/imports", Site::operator_token, json::serialize(json::array{row}));
    EXPECT_EQ(response.status, 200U) << response.body;
    return json::parse(response.body).at(0).as_object();
  }
  std::string imported(const json::object& row) const {
    const json::object item = import(row);
    EXPECT_EQ(item.at("result"), "imported");
    return std::string(item.at("id").as_string());
  }
  static std::string time_of(const Seen& seen, const std::string& status) {
    for (const json::value& receipt : seen.whole.at("receipts").as_array()) {
      if (receipt.at("returnStatus") == json::string(status)) return std::string(receipt.at("returnTime").as_string());
    }
    throw std::runtime_error("no receipt " + status);
  }

  Site site_;
};

TEST_F(Imports, an_inventory_at_120_is_released_here_and_then_cancelled_by_what_it_offers) {
  const Sale sale{.number = "T1"};
  declare_the_three(sale);
  const Seen sent = wait_for_stage(site_.accepted("CEB621Message", inventory_document(sale)), "800");
  json::object row = row_of(sent, "InventoryHead");
  const json::object numbers =
      offer(std::string(sent.whole.at("id").as_string()), "cancel").at("document").at("document").as_object();
  row["stage"] = "120";
  row["returnTime"] = time_of(sent, "120");
  row["preNo"] = numbers.at("preNo");
  row["invtNo"] = numbers.at("invtNo");
  for (const char* field : {"orderNo", "logisticsNo"}) row[field] = numbers.at(field);
  begin_anew();

  const std::string id = imported(row);
  const Seen released = wait_for_stage(id, "800");
  EXPECT_EQ(released.state, "settled");
  EXPECT_EQ(released.outcome, "released");
  EXPECT_THAT(released.deliveries, IsEmpty());
  EXPECT_THAT(released.reason, IsEmpty());
  EXPECT_THAT(site_.received("C-T1"), SizeIs(1)) << "it was never sent from here";

  json::object cancellation = offer(id, "cancel");
  json::object& head = cancellation.at("document").at("document").as_object();
  EXPECT_EQ(head.at("invtNo"), row.at("invtNo"));
  EXPECT_EQ(head.at("preNo"), row.at("preNo"));
  // What a row without its document does not tell is left to a person, here filled in from what was sent.
  const json::object& known = sent.whole.at("document").at("InventoryHead").as_object();
  json::array open;
  for (const json::value& pointer : cancellation.at("fill_in").as_array()) {
    const std::string name(pointer.as_string().subview(std::string_view("/document/").size()));
    if (known.contains(name) && name != "appStatus") {
      head[name] = known.at(name);
    } else {
      open.push_back(pointer);
    }
  }
  cancellation["fill_in"] = open;
  const auto posted =
      site_.ask("POST", "/v1/documents", Site::token_of(enterprises.ecommerce), filled_in(cancellation, "2"));
  ASSERT_EQ(posted.status, 202U) << posted.body;
  const Seen done = wait_for_stage(std::string(json::parse(posted.body).at(0).at("id").as_string()), "399");
  EXPECT_EQ(done.outcome, "cancelled");
}

TEST_F(Imports, an_order_goes_on_as_a_change_of_what_the_other_system_declared) {
  const std::string order = order_document({.number = "T2"});
  const Seen sent = wait_for_stage(site_.accepted("CEB311Message", order), "120");
  json::object row = row_of(sent, "OrderHead");
  row["stage"] = "120";
  row["returnTime"] = time_of(sent, "120");
  row["document"] = json::parse(order);
  begin_anew();
  const std::string id = imported(row);
  EXPECT_EQ(site_.look(id).state, "settled");
  EXPECT_EQ(import(row).at("result"), "known");
  EXPECT_EQ(site_.post("CEB311Message", order).status, 200U) << "the same content is known";

  std::string changed = order;
  const std::string before = "测试路1号", after = "测试路2号";
  changed.replace(changed.find(before), before.size(), after);
  EXPECT_EQ(site_.accepted("CEB311Message", changed), id);
  const Seen settled = wait_for_stage(id, "120");
  EXPECT_EQ(settled.version, 2);
  EXPECT_EQ(settled.whole.at("document").at("OrderHead").at("appType").as_string(), "2");
  EXPECT_THAT(settled.statuses, ElementsAre("2", "120")) << "customs took it as newer than the imported one";
  EXPECT_THAT(site_.received("T2"), SizeIs(2));
}

TEST_F(Imports, receipts_that_came_before_the_import_are_applied_after_it) {
  const Seen sent = wait_for_stage(site_.accepted("CEB311Message", order_document({.number = "T3"})), "120");
  const json::object row = row_of(sent, "OrderHead");
  begin_anew();
  wait_for_stage(site_.accepted("CEB311Message", order_document({.number = "T4"})), "120");
  const auto kept = site_.ask("GET", "/v1/inbound?state=foreign", Site::operator_token);
  EXPECT_THAT(kept.body, HasSubstr("orderno=T3")) << "the other system's, until it is taken over";

  const std::string id = imported(row);
  const Seen settled = wait_for_stage(id, "120");
  EXPECT_EQ(settled.state, "settled");
  EXPECT_THAT(settled.statuses, ElementsAre("2", "120"));
  EXPECT_THAT(settled.states, ElementsAre("sent", "settled"));
}

}  // namespace
}  // namespace tests::app
