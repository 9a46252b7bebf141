// The gateway is killed between every two steps of an operator's order, on both kinds of ledger, and started again: the
// order is carried out once, and the documents reach customs once in each of their versions.
#include <algorithm>
#include <boost/json/parse.hpp>
#include <gmock/gmock.h>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "tests/gateway/app/site.h"
#include "tests/gateway/crashes/deaths.h"
#include "tests/support/eventually.h"
#include "tests/support/raw_socket.h"

namespace tests::app {
namespace {

using testing::SizeIs;

constexpr int documents_operated = 6;

class OperatorCrashes : public CrashTest {
 protected:
  OperatorCrashes() : site_(manner()) {}

  void accept(const std::string& suffix) {
    for (int i = 0; i < documents_operated; ++i) {
      const std::string number = "O" + std::to_string(i) + suffix;
      ids_[number] = site_.accepted("CEB311Message", order_document({.number = number}));
    }
  }
  void start_with_the_platform_away() {
    site_.expect_platform_at(RawServer([](RawSocket&) {}).port());  // free again as soon as its server is gone
    site_.start_gateway();
  }
  void start_deadly() {
    site_.gateway().signal(SIGTERM);
    EXPECT_EQ(site_.gateway().exit_status(), 0);
    site_.start_gateway(deadly());
  }
  // True if it has been killed; it is running again then.
  bool live_on() {
    if (!site_.gateway().has_ended()) return false;
    EXPECT_EQ(site_.gateway().exit_status(), -1) << site_.gateway().err();
    has_died_ = true;
    site_.start_gateway();
    return true;
  }
  // Until it is carried out: while its bytes are leaving a document cannot be moved, and the order is given again.
  // After the kill it may be carried out already, or not be allowed: bytes that were leaving then may have arrived.
  void order(const std::string& id, const std::string& body) {
    std::string answer;
    const auto is_carried_out = [&] {
      const auto exchange = site_.try_to("POST", "/v1/documents/" + id + "/actions", Site::operator_token, body);
      if (exchange.reach != gateway::http::Reach::answered) {
        eventually([&] { return live_on(); }, std::chrono::seconds(5));
        return false;
      }
      answer = exchange.response.body;
      return exchange.response.status == 200 || (has_died_ && exchange.response.status == 409);
    };
    EXPECT_TRUE(eventually(is_carried_out)) << answer;
  }
  std::size_t most_guids_of_a_key() const {
    std::map<std::string, std::set<std::string>> guids;
    for (const Received& one : site_.received()) {
      for (const std::string& key : one.keys) guids[key].insert(one.guid);
    }
    EXPECT_THAT(guids, SizeIs(documents_operated));
    std::size_t most = 0;
    for (const auto& [key, of_key] : guids) most = std::max(most, of_key.size());
    return most;
  }
  void expect_all_settled(int version) {
    EXPECT_TRUE(has_died_) << "it was not come by";
    for (const auto& [number, id] : ids_) {
      // Bytes that went twice are answered as already there after it.
      const Seen seen =
          site_.wait_until(id, [](const Seen& now) { return std::ranges::count(now.statuses, "120") > 0; });
      EXPECT_EQ(seen.state, "settled") << number;
      EXPECT_EQ(seen.version, version) << number;
    }
  }

  Site site_;
  std::map<std::string, std::string> ids_;  // by number
  bool has_died_ = false;
};

class AmendmentCrashes : public OperatorCrashes {};
class SealedAgainCrashes : public OperatorCrashes {};
class ReplayCrashes : public OperatorCrashes {};

TEST_P(AmendmentCrashes, each_document_is_amended_once) {
  site_.start_platform();
  site_.start_gateway();
  accept("~100");
  for (const auto& [number, id] : ids_) site_.wait_for_state(id, "refused");
  start_deadly();
  for (const auto& [number, id] : ids_) {
    std::string content = order_document({.number = number});
    const std::string before = "测试路1号", after = "测试路2号";
    content.replace(content.find(before), before.size(), after);
    order(id, R"({"action":"amend","reason":"地址有误","document":)" + content + "}");
  }
  expect_all_settled(2);
  EXPECT_EQ(most_guids_of_a_key(), 2U) << "one for each version";
}

TEST_P(SealedAgainCrashes, each_document_goes_out_in_one_message) {
  start_with_the_platform_away();
  accept("");
  for (const auto& [number, id] : ids_) {
    site_.wait_until(id, [](const Seen& seen) { return seen.state == "deferred" || seen.state == "sealed"; });
  }
  start_deadly();
  for (const auto& [number, id] : ids_) order(id, R"({"action":"replay","mode":"sealed-again","reason":"换证"})");
  site_.restart_platform();
  expect_all_settled(1);
  EXPECT_EQ(most_guids_of_a_key(), 1U);
}

TEST_P(ReplayCrashes, the_order_for_many_goes_on_and_ends) {
  start_with_the_platform_away();
  accept("");
  for (const auto& [number, accepted] : ids_) {
    order(accepted, R"({"action":"hold","reason":"先等口岸"})");
    EXPECT_EQ(site_.look(accepted).state, "held") << number;
  }
  const std::string body = R"({"filter":{"state":"held"},"action":"release","reason":"口岸恢复")";
  const auto preview = site_.ask("POST", "/v1/replays", Site::operator_token, body + R"(,"dry_run":true})");
  const std::string id(boost::json::parse(preview.body).at("id").as_string());
  start_deadly();
  const std::string start = R"({"preview":")" + id + R"(","pace":50})";
  site_.try_to("POST", "/v1/replays", Site::operator_token, start);
  EXPECT_TRUE(eventually([&] { return live_on(); })) << "it was not come by";
  boost::json::value replay;
  EXPECT_TRUE(eventually([&] {
    replay = boost::json::parse(site_.ask("GET", "/v1/replays/" + id, Site::operator_token).body);
    return replay.at("state") == "done";
  })) << replay;
  EXPECT_EQ(replay.at("moved"), documents_operated) << replay;
  site_.restart_platform();
  expect_all_settled(1);
  EXPECT_EQ(most_guids_of_a_key(), 1U);
}

INSTANTIATE_TEST_SUITE_P(BetweenTheSteps, AmendmentCrashes,
                         testing::ValuesIn(on_both_ledgers({"intake.judged:2", "intake.accepted:2"})), name_of);
INSTANTIATE_TEST_SUITE_P(BetweenTheSteps, SealedAgainCrashes,
                         testing::ValuesIn(on_both_ledgers({"actions.decided:2", "actions.moved:2"})), name_of);
INSTANTIATE_TEST_SUITE_P(BetweenTheSteps, ReplayCrashes,
                         testing::ValuesIn(on_both_ledgers({"replays.decided:2", "replays.carried_out:2"})), name_of);

}  // namespace
}  // namespace tests::app
