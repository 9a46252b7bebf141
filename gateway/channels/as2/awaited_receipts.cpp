#include "gateway/channels/as2/awaited_receipts.h"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

namespace gateway::channels::as2 {

namespace asio = boost::asio;

void AwaitedReceipts::expect(const std::string& message_id) {
  if (!expected_.try_emplace(message_id).second) return;
  order_.push_back(message_id);
  for (std::size_t looks = order_.size(); expected_.size() > most_ && looks > 0; --looks) {
    const std::string oldest = std::move(order_.front());
    order_.pop_front();
    const auto found = expected_.find(oldest);
    if (found == expected_.end()) continue;
    if (oldest == message_id || !found->second.waiting.expired()) {
      order_.push_back(oldest);
    } else {
      expected_.erase(found);
    }
  }
}

void AwaitedReceipts::forget(const std::string& message_id) {
  expected_.erase(message_id);
  if (order_.size() > 2 * most_) std::erase_if(order_, [this](const auto& id) { return !expected_.contains(id); });
}

std::optional<Receipt> AwaitedReceipts::take(const std::string& message_id) {
  const auto found = expected_.find(message_id);
  return found == expected_.end() ? std::nullopt : std::exchange(found->second.receipt, std::nullopt);
}

asio::awaitable<std::optional<Receipt>> AwaitedReceipts::wait(std::string message_id,
                                                              std::chrono::steady_clock::time_point deadline) {
  const auto timer = std::make_shared<asio::steady_timer>(co_await asio::this_coro::executor, deadline);
  const auto found = expected_.find(message_id);
  if (found == expected_.end()) co_return std::nullopt;
  if (!found->second.receipt) {
    found->second.waiting = timer;
    boost::system::error_code rung;
    co_await timer->async_wait(asio::redirect_error(asio::use_awaitable, rung));
  }
  co_return take(message_id);
}

bool AwaitedReceipts::give(const std::string& message_id, Receipt receipt) {
  const auto found = expected_.find(message_id);
  if (found == expected_.end()) return false;
  found->second.receipt = std::move(receipt);
  if (const auto timer = found->second.waiting.lock()) timer->cancel();
  return true;
}

}  // namespace gateway::channels::as2
