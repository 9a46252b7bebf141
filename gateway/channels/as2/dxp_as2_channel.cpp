#include "gateway/channels/as2/dxp_as2_channel.h"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>
#include <utility>

#include "gateway/channels/agreements/receipt_verdict.h"
#include "gateway/channels/as2/listener.h"
#include "gateway/channels/as2/words.h"

namespace gateway::channels::as2 {

namespace asio = boost::asio;
using asio::awaitable;
using codecs::as2::ReceiptWay;

namespace {

constexpr const char* source_name = "as2";
constexpr std::size_t threads = 2, most_calls = 1000;
constexpr std::size_t most_awaited = 10'000;
constexpr std::chrono::milliseconds between_looks{10}, goodbye{1000};

ReceiptWay way_of(const config::Agreement& agreement) {
  return agreement.receipt_url.empty() ? ReceiptWay::in_response : ReceiptWay::to_url;
}

http::Router routes(const std::shared_ptr<Door>& door) {
  http::Router router;
  router.add(
      {"POST", door_path, std::nullopt, [door](http::Request request) { return door->answer(std::move(request)); }});
  return router;
}

}  // namespace

DxpAs2Channel::DxpAs2Channel(const config::Port& port, std::vector<std::string> dxp_ids)
    : port_(port),
      partnership_(port_.agreement, way_of(port_.agreement)),
      awaited_(most_awaited),
      pool_(threads, most_calls),
      sender_(port_, partnership_, awaited_, pool_),
      door_(std::make_shared<Door>(DoorParts{port_, std::move(dxp_ids), partnership_, awaited_, pool_})) {}

DxpAs2Channel::~DxpAs2Channel() = default;

base::Done DxpAs2Channel::listen(const asio::any_io_executor& executor) {
  if (server_ || is_closed_) return base::Nothing{};
  try {
    server_.emplace(executor, options_of(port_.listening), routes(door_), nullptr);
    server_->start();
  } catch (const std::exception& error) {
    return not_listening(error.what());
  }
  return base::Nothing{};
}

bool DxpAs2Channel::can_work(const asio::any_io_executor& executor) {
  const base::Time now = base::SystemClock().now();
  waiting_for_ = partnership_.faults(now);
  ends_soon_ = partnership_.remark(now).line();
  if (const auto open = listen(executor); !open) {
    waiting_for_.insert(waiting_for_.end(), open.faults().begin(), open.faults().end());
  }
  return waiting_for_.empty();
}

// A port whose door cannot open waits with all that it does: customs' answers would not get through to it.
awaitable<Answer> DxpAs2Channel::send(Outgoing message) {
  const auto executor = co_await asio::this_coro::executor;
  if (!can_work(executor)) co_return Answer{Outcome::unreachable, agreements::line(waiting_for_)};
  co_return co_await sender_.send(std::move(message));
}

std::vector<Source> DxpAs2Channel::sources() const { return {{source_name, {}, Supply::door}}; }

awaitable<base::Result<std::vector<Received>>> DxpAs2Channel::receive(Window window) {
  const auto executor = co_await asio::this_coro::executor;
  if (!can_work(executor)) co_return waiting_for_;
  std::vector<Received> received;
  auto all = co_await door_->arrivals().next(window.dxp_id, longest_wait, most_records);
  for (std::string& bytes : all) received.push_back({std::move(bytes), window.since});
  co_return received;
}

awaitable<void> DxpAs2Channel::acknowledge(Window window) {
  door_->arrivals().acknowledge(window.dxp_id);
  co_return;
}

Health DxpAs2Channel::health() const {
  if (!waiting_for_.empty()) return {false, agreements::line(waiting_for_)};
  if (!sender_.trouble().empty()) return {false, sender_.trouble()};
  if (!door_->remark().empty()) return {true, door_->remark()};
  if (!ends_soon_.empty()) return {true, ends_soon_};
  return {true, server_ ? "listening on " + server_->url() + door_path : "not listening yet"};
}

awaitable<void> DxpAs2Channel::close_door(std::chrono::milliseconds deadline) {
  is_closed_ = true;
  door_->close();
  if (!server_) co_return;
  const auto end = std::chrono::steady_clock::now() + deadline;
  asio::steady_timer timer(co_await asio::this_coro::executor);
  while (!door_->arrivals().is_empty() && std::chrono::steady_clock::now() < end) {
    timer.expires_after(between_looks);
    co_await timer.async_wait(asio::use_awaitable);
  }
  door_->arrivals().give_up();
  co_await server_->stop(goodbye);
}

}  // namespace gateway::channels::as2
