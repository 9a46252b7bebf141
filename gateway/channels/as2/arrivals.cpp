#include "gateway/channels/as2/arrivals.h"

#include <algorithm>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

namespace gateway::channels::as2 {

namespace asio = boost::asio;
using std::chrono::steady_clock;

std::shared_ptr<Arrival> Arrivals::find(const std::string& key) const {
  const auto found = std::ranges::find_if(all_, [&](const auto& one) { return one->brought_.key == key; });
  return found == all_.end() ? nullptr : *found;
}

std::shared_ptr<Arrival> Arrivals::put(Brought brought, const asio::any_io_executor& executor) {
  if (all_.size() >= most_ || brought.bytes.size() > most_bytes_ - bytes_) return nullptr;
  bytes_ += brought.bytes.size();
  all_.push_back(std::make_shared<Arrival>(std::move(brought), executor));
  for (const auto& waiting : std::exchange(asking_, {})) {
    if (const auto timer = waiting.lock()) timer->cancel();
  }
  return all_.back();
}

void Arrivals::remove(const std::shared_ptr<Arrival>& arrival) {
  if (std::erase(all_, arrival) > 0) bytes_ -= arrival->brought_.bytes.size();
}

asio::awaitable<bool> Arrivals::is_kept(std::shared_ptr<Arrival> arrival, std::chrono::milliseconds longest) {
  const auto end = steady_clock::now() + longest;
  arrival->settled_.expires_at(end);
  boost::system::error_code cut_short;
  while (arrival->standing_ == Arrival::Standing::waiting && steady_clock::now() < end) {
    co_await arrival->settled_.async_wait(asio::redirect_error(asio::use_awaitable, cut_short));
  }
  if (arrival->standing_ == Arrival::Standing::kept) co_return true;
  if (!arrival->given_to_) remove(arrival);
  co_return false;
}

std::vector<std::string> Arrivals::given(const std::string& dxp_id, std::size_t most) {
  std::vector<std::string> bytes;
  for (const auto& one : all_) {
    if (bytes.size() == most) break;
    const bool is_its_own = one->brought_.dxp_id.empty() || one->brought_.dxp_id == dxp_id;
    if (!is_its_own || one->given_to_.value_or(dxp_id) != dxp_id) continue;
    one->given_to_ = dxp_id;
    bytes.push_back(one->brought_.bytes);
  }
  return bytes;
}

asio::awaitable<std::vector<std::string>> Arrivals::next(std::string dxp_id, std::chrono::milliseconds longest,
                                                         std::size_t most) {
  const auto end = steady_clock::now() + longest;
  const auto bell = std::make_shared<asio::steady_timer>(co_await asio::this_coro::executor);
  for (;;) {
    auto bytes = given(dxp_id, most);
    if (!bytes.empty() || steady_clock::now() >= end) co_return bytes;
    bell->expires_at(end);
    asking_.push_back(bell);
    boost::system::error_code rung;
    co_await bell->async_wait(asio::redirect_error(asio::use_awaitable, rung));
    asking_.remove_if([&](const auto& one) { return one.expired() || one.lock() == bell; });
  }
}

void Arrivals::acknowledge(const std::string& dxp_id) {
  const auto is_given = [&](const auto& one) { return one->given_to_ == dxp_id; };
  for (const auto& one : all_) {
    if (!is_given(one)) continue;
    bytes_ -= one->brought_.bytes.size();
    one->standing_ = Arrival::Standing::kept;
    one->settled_.cancel();
  }
  std::erase_if(all_, is_given);
}

void Arrivals::give_up() {
  for (const auto& one : all_) {
    one->standing_ = Arrival::Standing::given_up;
    one->settled_.cancel();
  }
}

}  // namespace gateway::channels::as2
