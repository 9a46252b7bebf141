// Orders for many documents, and amendments, through the real programs: pace, stop, kill -9 in the middle, receipts
// that come meanwhile.
#include <boost/json/parse.hpp>
#include <csignal>
#include <gmock/gmock.h>
#include <map>
#include <string>
#include <vector>

#include "tests/gateway/app/site.h"
#include "tests/support/eventually.h"
#include "tests/support/raw_socket.h"

namespace tests::app {
namespace {

namespace json = boost::json;
using ::testing::HasSubstr;
using ::testing::SizeIs;

class Replays : public ::testing::Test {
 protected:
  explicit Replays(Manner manner = {}) : site_(std::move(manner)) {}

  gateway::http::Response post(const std::string& body, const std::string& token = Site::operator_token) const {
    return site_.ask("POST", "/v1/replays", token, body);
  }
  std::string preview(const std::string& members) const {
    const auto response = post(R"({"dry_run":true,)" + members + R"(,"reason":"口岸停机"})");
    if (response.status != 200) throw std::runtime_error(response.body);
    return std::string(json::parse(response.body).at("id").as_string());
  }
  void start(const std::string& id, int pace) const {
    const auto response = post(R"({"preview":")" + id + R"(","pace":)" + std::to_string(pace) + "}");
    ASSERT_EQ(response.status, 202U) << response.body;
  }
  json::value order(const std::string& id) const {
    return json::parse(site_.ask("GET", "/v1/replays/" + id, Site::operator_token).body);
  }
  json::value ended(const std::string& id) const {
    EXPECT_TRUE(eventually([&] { return order(id).at("state") == "done"; }, std::chrono::seconds(60))) << order(id);
    return order(id);
  }
  std::map<std::string, std::string> accept(const std::vector<std::string>& numbers) const {  // ids by number
    std::string body;
    for (const std::string& number : numbers) {
      body += (body.empty() ? "[" : ",") + posting("CEB311Message", order_document({.number = number}));
    }
    const auto response = site_.ask("POST", "/v1/documents", Site::token_of(enterprises.ecommerce), body + "]");
    std::map<std::string, std::string> ids;
    const json::value items = json::parse(response.body);
    if (response.status != 202U) throw std::runtime_error(response.body);
    for (const json::value& item : items.as_array()) {
      ids.emplace(item.at("number").as_string(), item.at("id").as_string());
    }
    return ids;
  }
  static std::vector<std::string> numbers(const std::string& prefix, int count, const std::string& suffix = {}) {
    std::vector<std::string> made;
    for (int i = 0; i < count; ++i) made.push_back(prefix + std::to_string(i) + suffix);
    return made;
  }
  bool all_in(const std::string& state, int count) const {
    const auto are_there = [&] { return site_.measure("cebgate_documents{state=\"" + state + "\"}") == count; };
    return eventually(are_there, std::chrono::seconds(60));
  }
  // A port that is away keeps the messages it has not been tried with sealed.
  bool all_waiting(int count) const {
    const auto are_there = [&] {
      return site_.measure(R"(cebgate_documents{state="deferred"})") +
                 site_.measure(R"(cebgate_documents{state="sealed"})") ==
             count;
    };
    return eventually(are_there, std::chrono::seconds(60));
  }
  std::map<std::string, int> messages_by_key() const {
    std::map<std::string, int> messages;
    for (const Received& one : site_.received()) {
      for (const std::string& key : one.keys) ++messages[key];
    }
    return messages;
  }

  Site site_;
};

TEST_F(Replays, three_hundred_documents_are_held_and_released_by_filter_although_the_gateway_is_killed_meanwhile) {
  constexpr int count = 300;
  site_.expect_platform_at(RawServer([](RawSocket&) {}).port());  // free again as soon as its server is gone
  site_.start_gateway();
  accept(numbers("H", count));
  ASSERT_TRUE(all_waiting(count));
  const std::string hold = preview(R"("filter":{"type":"CEB311Message"},"action":"hold")");
  start(hold, 10'000);
  const json::value held = ended(hold);
  const auto passed_over = held.at("passed_over").as_int64();
  EXPECT_EQ(held.at("moved").as_int64() + passed_over, count);
  if (passed_over > 0) {  // those that were just being tried again
    ASSERT_TRUE(all_waiting(static_cast<int>(passed_over)));
    for (const std::string state : {"deferred", "sealed"}) {
      const std::string rest = preview(R"("filter":{"state":")" + state + R"("},"action":"hold")");
      start(rest, 10'000);
      ended(rest);
    }
  }
  ASSERT_TRUE(all_in("held", count));

  site_.start_platform("127.0.0.1:" + std::to_string(site_.platform_port()));
  const std::string release = preview(R"("filter":{"state":"held","reason":"口岸停机"},"action":"release")");
  start(release, 100);
  ASSERT_TRUE(eventually([&] { return order(release).at("moved").as_int64() >= 50; }));
  site_.gateway().signal(SIGKILL);
  ASSERT_EQ(site_.gateway().exit_status(), -1);
  site_.start_gateway();
  EXPECT_LT(order(release).at("moved").as_int64(), count) << "it was cut short";
  const json::value done = ended(release);
  EXPECT_EQ(done.at("moved"), count);
  EXPECT_EQ(done.at("passed_over"), 0) << "what was moved before the kill is not counted as moved by another";
  EXPECT_TRUE(all_in("settled", count));
  const auto messages = messages_by_key();
  EXPECT_THAT(messages, SizeIs(count));
  for (const auto& [key, times] : messages) EXPECT_EQ(times, 1) << key << " went out under several root guids";
}

TEST_F(Replays, receipts_that_come_meanwhile_have_the_word) {
  constexpr int count = 40;
  site_.start_platform();
  site_.start_gateway();
  const auto ids = accept(numbers("R", count, "~late2"));
  ASSERT_TRUE(all_in("sent", count));
  const std::string again = preview(R"("filter":{"state":"sent"},"mode":"same-bytes")");
  start(again, 15);
  const json::value done = ended(again);
  EXPECT_EQ(done.at("moved").as_int64() + done.at("passed_over").as_int64(), done.at("matched").as_int64());
  EXPECT_GT(done.at("passed_over").as_int64(), 0) << "no receipt came meanwhile";
  EXPECT_GT(done.at("moved").as_int64(), 0);
  EXPECT_TRUE(all_in("settled", count));
  for (const auto& [key, times] : messages_by_key()) EXPECT_EQ(times, 1) << key;
  for (const auto& [number, id] : ids) EXPECT_EQ(site_.look(id).version, 1) << number;
}

TEST_F(Replays, a_viewer_may_not_give_orders_and_a_preview_is_needed) {
  site_.start_platform();
  site_.start_gateway();
  const std::string members = R"("filter":{"type":"CEB311Message"},"action":"hold","reason":"x"})";
  EXPECT_EQ(post(R"({"dry_run":true,)" + members, Site::viewer_token).status, 403U);
  EXPECT_EQ(post("{" + members).status, 422U);
  EXPECT_EQ(site_.ask("GET", "/v1/inbound?state=unmatched", Site::viewer_token).status, 200U);
  EXPECT_EQ(site_.ask("POST", "/v1/inbound/match", Site::viewer_token, R"({"reason":"x"})").status, 403U);
  EXPECT_EQ(site_.ask("POST", "/v1/inbound/match", Site::operator_token, R"({"reason":"x"})").status, 200U);
}

class Amending : public Replays {
 protected:
  gateway::http::Response amend(const std::string& id, const std::string& document,
                                const std::string& token = Site::operator_token) const {
    return site_.ask("POST", "/v1/documents/" + id + "/actions", token,
                     R"({"action":"amend","reason":"客户改地址","document":)" + document + "}");
  }
  static std::string corrected(std::string order) {
    const std::string before = "测试路1号", after = "测试路2号";
    return order.replace(order.find(before), before.size(), after);
  }
};

TEST_F(Amending, an_operators_amendment_becomes_the_next_version_by_the_corrections_table) {
  site_.start_platform();
  site_.start_gateway();
  const std::string order = order_document({.number = "M1~100"});
  const std::string id = site_.accepted("CEB311Message", order);
  site_.wait_for_state(id, "refused");
  EXPECT_EQ(amend(id, corrected(order), Site::viewer_token).status, 403U);
  const auto other = amend(id, order_document({.number = "M9"}));
  EXPECT_EQ(other.status, 422U);
  EXPECT_THAT(other.body, HasSubstr("intake.amended_key"));
  EXPECT_THAT(amend(id, R"({"OrderHead":{}})").body, HasSubstr("/document/"));
  const auto taken = amend(id, corrected(order));
  ASSERT_EQ(taken.status, 200U) << taken.body;
  const json::value document = json::parse(taken.body);
  EXPECT_EQ(document.at("version"), 2);
  EXPECT_EQ(document.at("document").at("OrderHead").at("appType"), "2");
  EXPECT_EQ(document.at("timeline").at(0).at("reason"), "客户改地址");
  EXPECT_EQ(document.at("timeline").at(0).at("by"), "operates");
  const Seen settled = site_.wait_until(id, [](const Seen& seen) { return seen.stage == "120"; });
  EXPECT_EQ(settled.version, 2);
  EXPECT_EQ(amend("nobody", order).status, 404U);
}

TEST_F(Amending, what_customs_has_not_answered_is_not_amended) {
  site_.start_platform();
  site_.start_gateway();
  const std::string order = order_document({.number = "M2~silent"});
  const std::string id = site_.accepted("CEB311Message", order);
  site_.wait_for_state(id, "sent");
  EXPECT_EQ(amend(id, corrected(order)).status, 409U);
  EXPECT_EQ(site_.look(id).version, 1);
}

}  // namespace
}  // namespace tests::app
