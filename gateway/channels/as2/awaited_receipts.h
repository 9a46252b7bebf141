// Receipts that the partner sends by themselves, for the messages that wait for one. What comes after its message has
// given up is kept for the next time that it is sent. Bounded: of those that nobody waits for the oldest go. One
// thread.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstddef>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "codecs/as2/mdn.h"

namespace gateway::channels::as2 {

struct Receipt {
  codecs::as2::ReceivedMdn mdn;
  std::string proof;
};

class AwaitedReceipts {
 public:
  explicit AwaitedReceipts(std::size_t most) : most_(most) {}

  void expect(const std::string& message_id);  // from now on
  void forget(const std::string& message_id);

  std::optional<Receipt> take(const std::string& message_id);  // where it has come already
  boost::asio::awaitable<std::optional<Receipt>> wait(std::string message_id,
                                                      std::chrono::steady_clock::time_point deadline);

  bool give(const std::string& message_id, Receipt receipt);  // false: nobody expects it

 private:
  struct Expected {
    std::optional<Receipt> receipt;
    std::weak_ptr<boost::asio::steady_timer> waiting;
  };

  std::size_t most_;
  std::map<std::string, Expected> expected_;
  std::deque<std::string> order_;  // oldest first; may name what is forgotten
};

}  // namespace gateway::channels::as2
