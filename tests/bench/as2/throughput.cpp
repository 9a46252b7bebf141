// How many signed and encrypted messages a second the channel over AS2 sends to a partner in the same program, with
// signed receipts in the response; and how many it takes at its door. By hand, on one core: taskset -c 0 as2_bench
#include <iomanip>
#include <iostream>

#include "tests/gateway/channels/as2/site.h"

namespace tests {
namespace {

using std::chrono::duration;
using std::chrono::steady_clock;

constexpr std::size_t count = 1000, at_once = 32;  // what a port has under way unless its settings say otherwise
constexpr double least_each_second = 150;

class As2Throughput : public As2Site {
 protected:
  static boost::asio::awaitable<void> send_in_turn(As2Throughput& self, std::string body, std::size_t& left) {
    while (left > 0) {
      gateway::channels::Outgoing message{body, "GUID-" + std::to_string(--left), "CEB311Message", site_dxp_id};
      const auto answer = co_await self.channel().send(std::move(message));
      EXPECT_EQ(answer.outcome, gateway::channels::Outcome::confirmed) << answer.text;
    }
  }

  double sent_each_second(const std::string& body) {
    std::size_t left = count;
    const auto begun = steady_clock::now();
    std::vector<std::future<void>> all;
    for (std::size_t i = 0; i < at_once; ++i) {
      all.push_back(boost::asio::co_spawn(io_, send_in_turn(*this, body, left), boost::asio::use_future));
    }
    for (auto& one : all) finish(std::move(one));
    return count / duration<double>(steady_clock::now() - begun).count();
  }

  double taken_each_second(const std::string& body) {
    const auto begun = steady_clock::now();
    for (std::size_t i = 0; i < count; ++i) partner_.put(body, site_dxp_id);
    for (std::size_t taken = 0; taken < count;) {
      const Records records = receive();
      if (!records) throw std::runtime_error(records.faults().front().en);
      taken += records->size();
      acknowledge();
    }
    return count / duration<double>(steady_clock::now() - begun).count();
  }
};

TEST_F(As2Throughput, IsAHundredAndFiftyMessagesASecondOnOneCore) {
  const std::string body(8192, 'x');
  send("FIRST", body);
  const double sent = sent_each_second(body), taken = taken_each_second(body);
  std::cout << std::fixed << std::setprecision(0) << "sent " << sent << "/s, taken " << taken << "/s\n";
  EXPECT_GE(sent, least_each_second);
}

}  // namespace
}  // namespace tests
