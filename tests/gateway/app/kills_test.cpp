// kill -9 while documents come in: what was answered 202 is never lost and never declared twice.
#include <boost/json/parse.hpp>
#include <condition_variable>
#include <csignal>
#include <gmock/gmock.h>
#include <map>
#include <mutex>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "tests/gateway/app/as2_manner.h"
#include "tests/gateway/app/site.h"
#include "tests/support/eventually.h"

namespace tests::app {
namespace {

using ::testing::SizeIs;

constexpr int documents = 100;
constexpr int kills = 3;

// An ERP that posts order after order and repeats a post until it is answered.
class Erp {
 public:
  explicit Erp(const Site& site) : site_(site), thread_([this] { post_all(); }) {}
  ~Erp() { thread_.join(); }
  Erp(const Erp&) = delete;
  Erp& operator=(const Erp&) = delete;

  bool wait_for_accepted(std::size_t count) {
    std::unique_lock lock(mutex_);
    return grown_.wait_for(lock, std::chrono::seconds(30) * slowness, [&] { return ids_.size() >= count; });
  }
  std::map<std::string, std::string> ids() const {  // by number
    const std::lock_guard lock(mutex_);
    return ids_;
  }

 private:
  void post_all() {
    for (int i = 0; i < documents; ++i) {
      const std::string number = "K" + std::to_string(i);
      if (!eventually([&] { return is_accepted(number); }, std::chrono::seconds(30))) return;
    }
  }

  bool is_accepted(const std::string& number) {
    const auto exchange = site_.try_to("POST", "/v1/documents", Site::token_of(enterprises.ecommerce),
                                       posting("CEB311Message", order_document({.number = number})));
    if (exchange.reach != gateway::http::Reach::answered || exchange.response.status >= 300) return false;
    const auto items = boost::json::parse(exchange.response.body);
    const std::lock_guard lock(mutex_);
    ids_[number] = items.as_array().at(0).at("id").as_string();
    grown_.notify_all();
    return true;
  }

  const Site& site_;
  mutable std::mutex mutex_;
  std::condition_variable grown_;
  std::map<std::string, std::string> ids_;
  std::thread thread_;
};

std::map<std::string, std::vector<Received>> received_by_key(const Site& site) {
  std::map<std::string, std::vector<Received>> by_key;
  for (const Received& one : site.received()) {
    for (const std::string& key : one.keys) by_key[key].push_back(one);
  }
  return by_key;
}

class Kills : public testing::TestWithParam<Manner (*)()> {};

Manner over_http() { return {.resend_after = "500ms"}; }
Manner killed_over_folders() { return {.resend_after = "500ms", .folders = "exchange"}; }

TEST_P(Kills, every_accepted_order_settles_under_one_guid_although_the_gateway_is_killed_again_and_again) {
  Site site(GetParam()());
  site.start_platform();
  site.start_gateway();
  Erp erp(site);
  std::mt19937 random(20260131);
  std::size_t accepted = 0;
  for (int i = 0; i < kills; ++i) {
    accepted += std::uniform_int_distribution<std::size_t>(10, documents / (kills + 1))(random);
    ASSERT_TRUE(erp.wait_for_accepted(accepted));
    site.gateway().signal(SIGKILL);
    ASSERT_EQ(site.gateway().exit_status(), -1);
    site.start_gateway();
  }
  ASSERT_TRUE(erp.wait_for_accepted(documents));

  const auto all_settled = [&] { return site.measure(R"(cebgate_documents{state="settled"})") == documents; };
  EXPECT_TRUE(eventually(all_settled, std::chrono::seconds(60)));
  const auto received = received_by_key(site);
  EXPECT_THAT(received, SizeIs(documents));
  for (const auto& [number, id] : erp.ids()) {
    const Seen seen = site.look(id);
    EXPECT_EQ(seen.state, "settled") << number;
    EXPECT_EQ(seen.version, 1) << number;
    const std::string key(seen.whole.at("key").as_string());
    ASSERT_TRUE(received.contains(key)) << number;
    EXPECT_THAT(received.at(key), SizeIs(1)) << number << " went out under two root guids";
  }
}

INSTANTIATE_TEST_SUITE_P(OverHttp, Kills, testing::Values(over_http));
INSTANTIATE_TEST_SUITE_P(OverFolders, Kills, testing::Values(killed_over_folders));
INSTANTIATE_TEST_SUITE_P(OverAs2, Kills, testing::Values(over_as2));

}  // namespace
}  // namespace tests::app
