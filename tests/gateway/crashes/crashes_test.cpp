// The gateway is killed between every two steps of its walks, on both kinds of ledger, and started again: what it
// answered with 202 reaches customs once, under one root guid, and every receipt finds its document.
#include <algorithm>
#include <boost/json/parse.hpp>
#include <csignal>
#include <gmock/gmock.h>
#include <map>
#include <string>
#include <vector>

#include "tests/gateway/app/site.h"
#include "tests/gateway/crashes/deaths.h"
#include "tests/support/eventually.h"

namespace tests::app {
namespace {

using testing::ElementsAre;
using testing::SizeIs;

constexpr int documents = 9;

// One for each pair of steps, in the order of the walks.
std::vector<Death> deaths() {
  return on_both_ledgers({"intake.judged:3", "intake.accepted:3", "dispatch.claimed", "dispatch.signed",
                          "dispatch.sealed:2", "dispatch.begun", "dispatch.answered:2", "dispatch.finished:2",
                          "receipts.received", "receipts.stored", "receipts.acknowledged", "receipts.read:2",
                          "receipts.applied:3", "ledger.committing:9", "ledger.committed:9", "ledger.committing:21",
                          "ledger.committed:21"});
}

class Crashes : public CrashTest {
 protected:
  // As an ERP does that hears nothing: the same post again until it is answered.
  static std::string accepted(const Site& site, const std::string& number) {
    const auto exchange = site.try_to("POST", "/v1/documents", Site::token_of(enterprises.ecommerce),
                                      posting("CEB311Message", order_document({.number = number})));
    if (exchange.reach != gateway::http::Reach::answered || exchange.response.status >= 300) return {};
    return std::string(boost::json::parse(exchange.response.body).as_array().at(0).at("id").as_string());
  }
};

std::map<std::string, std::vector<std::string>> guids_by_key(const Site& site) {
  std::map<std::string, std::vector<std::string>> guids;
  for (const Received& one : site.received()) {
    for (const std::string& key : one.keys) guids[key].push_back(one.guid);
  }
  return guids;
}

TEST_P(Crashes, nothing_is_lost_or_doubled) {
  Site site(manner());
  site.start_platform();
  site.start_gateway(deadly());
  std::map<std::string, std::string> ids;  // by number
  bool has_died = false;
  const auto post_next = [&] {
    const std::string number = "C" + std::to_string(ids.size());
    const std::string id = accepted(site, number);
    if (!id.empty()) ids[number] = id;
  };
  const auto live_on = [&] {
    if (has_died || !site.gateway().has_ended()) return;
    EXPECT_EQ(site.gateway().exit_status(), -1) << site.gateway().err();
    has_died = true;
    site.start_gateway();
  };
  ASSERT_TRUE(eventually([&] {
    live_on();
    if (ids.size() < documents) post_next();
    return has_died && ids.size() == documents;
  })) << "it was not come by";

  const auto all_settled = [&] { return site.measure(R"(cebgate_documents{state="settled"})") == documents; };
  EXPECT_TRUE(eventually(all_settled, std::chrono::seconds(40))) << site.gateway().err();
  const auto guids = guids_by_key(site);
  EXPECT_THAT(guids, SizeIs(documents));
  for (const auto& [key, of_key] : guids) EXPECT_THAT(of_key, SizeIs(1)) << key << " went out under several root guids";
  for (const auto& [number, id] : ids) {
    Seen seen = site.wait_until(id, [](const Seen& now) { return std::ranges::count(now.statuses, "120") > 0; });
    // What customs answers to bytes that came twice under one guid.
    std::erase(seen.statuses, "-301010");
    EXPECT_THAT(seen.statuses, ElementsAre("2", "120")) << number;
    EXPECT_EQ(seen.state, "settled") << number;
    EXPECT_EQ(seen.version, 1) << number;
  }
}

INSTANTIATE_TEST_SUITE_P(BetweenTheSteps, Crashes, testing::ValuesIn(deaths()), name_of);

}  // namespace
}  // namespace tests::app
