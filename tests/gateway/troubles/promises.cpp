#include "tests/gateway/troubles/promises.h"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <gmock/gmock.h>
#include <stdexcept>
#include <vector>

#include "tests/support/eventually.h"

namespace tests::app {

using testing::ElementsAre;
using testing::SizeIs;

namespace {

constexpr std::chrono::seconds longest_recovery{60};

bool is_taken(const gateway::http::Exchange& exchange) {
  return exchange.reach == gateway::http::Reach::answered && exchange.response.status < 300;
}

}  // namespace

gateway::http::Exchange Promises::post_next() {
  const std::string number = next_number();
  auto exchange = site_.try_to("POST", "/v1/documents", Site::token_of(enterprises.ecommerce),
                               posting("CEB311Message", order_document({.number = number})));
  if (is_taken(exchange)) {
    last_id_ = boost::json::parse(exchange.response.body).as_array().at(0).at("id").as_string();
    ids_[number] = last_id_;
  }
  return exchange;
}

void Promises::post(int orders) {
  for (int i = 0; i < orders; ++i) {
    if (!eventually([&] { return is_taken(post_next()); }, longest_recovery)) {
      throw std::runtime_error("an order is not taken");
    }
  }
}

gateway::http::Response Promises::post_until_refused(int most) {
  for (int i = 0; i < most; ++i) {
    const auto exchange = post_next();
    if (exchange.reach != gateway::http::Reach::answered) throw std::runtime_error(exchange.detail);
    if (exchange.response.status >= 300) return exchange.response;
  }
  throw std::runtime_error("everything was taken");
}

void Promises::expect_all_kept(std::size_t others) const {
  const auto all_settled = [&] {
    const auto health = site_.try_to("GET", "/metrics", Site::viewer_token);
    if (health.reach != gateway::http::Reach::answered || health.response.status != 200) return false;
    return site_.measure(R"(cebgate_documents{state="settled"})") == static_cast<double>(ids_.size());
  };
  EXPECT_TRUE(eventually(all_settled, longest_recovery));
  expect_one_guid_each(others);
  for (const auto& [number, id] : ids_) {
    Seen seen = site_.wait_until(id, [](const Seen& now) { return std::ranges::count(now.statuses, "120") > 0; });
    // What customs answers to bytes that came twice under one guid.
    std::erase(seen.statuses, "-301010");
    EXPECT_THAT(seen.statuses, ElementsAre("2", "120")) << number;
    EXPECT_EQ(seen.state, "settled") << number;
    EXPECT_EQ(std::ranges::count(seen.states, "held"), 0) << number;
    EXPECT_EQ(seen.version, 1) << number;
  }
}

void Promises::expect_one_guid_each(std::size_t others) const {
  std::map<std::string, std::vector<std::string>> guids;
  for (const Received& one : site_.received()) {
    for (const std::string& key : one.keys) guids[key].push_back(one.guid);
  }
  EXPECT_THAT(guids, SizeIs(ids_.size() + others));
  for (const auto& [key, of_key] : guids) EXPECT_THAT(of_key, SizeIs(1)) << key << " went out under several root guids";
}

}  // namespace tests::app
