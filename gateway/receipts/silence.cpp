#include "gateway/receipts/silence.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <string>

#include "base/log.h"
#include "gateway/lifecycle/state.h"

namespace gateway::receipts {

using boost::asio::awaitable;

namespace {

constexpr std::chrono::seconds between_looks{15};
constexpr std::size_t most_at_once = 500;

// Nothing is known to carry CEB900 over the Hainan address, so a refusal by the schema is heard as silence.
ledger::Picture held(const ledger::Standing& standing) {
  ledger::Picture picture = standing.summary.picture;
  picture.state = lifecycle::next(picture.state, lifecycle::Event::silent).value_or(picture.state);
  picture.reason =
      standing.receipts.empty()
          ? "口岸已接收，但在规定时间内没有任何回执；可能是报文未通过其校验，请向口岸查询 | taken by the port, "
            "but no receipt within its time; its schema may have refused the message: ask the port"
          : "在规定时间内没有最终回执，请向口岸查询 | no final receipt within its time: ask the port";
  return picture;
}

}  // namespace

Silence::Silence(boost::asio::any_io_executor executor, const Parts& parts)
    : executor_(executor), parts_(parts), timer_(executor) {}

void Silence::start() {
  running_ = true;
  boost::asio::co_spawn(
      executor_, [](std::shared_ptr<Silence> self) -> awaitable<void> { co_await self->run(); }(shared_from_this()),
      boost::asio::detached);
}

awaitable<void> Silence::stop(std::chrono::milliseconds deadline) {
  stopping_ = true;
  timer_.cancel();
  const auto end = std::chrono::steady_clock::now() + deadline;
  while (running_ && std::chrono::steady_clock::now() < end) {
    boost::asio::steady_timer moment(executor_, std::chrono::milliseconds(10));
    co_await moment.async_wait(boost::asio::use_awaitable);
  }
}

awaitable<void> Silence::run() {
  while (!stopping_) {
    std::string trouble;
    try {
      co_await hold_silent();
    } catch (const std::exception& error) {
      trouble = error.what();
    }
    if (!trouble.empty()) base::log(base::LogLevel::error, "receipts", "silence: " + trouble);
    if (stopping_) break;
    boost::system::error_code cut_short;
    timer_.expires_after(between_looks);
    co_await timer_.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, cut_short));
  }
  running_ = false;
}

awaitable<void> Silence::hold_silent() {
  const bool is_its_turn = co_await parts_.store.run([this] { return parts_.ledger.take_turn("silence"); });
  if (!is_its_turn) co_return;
  std::size_t all = 0, moved = most_at_once;
  while (moved == most_at_once && !stopping_) {
    moved =
        co_await parts_.store.run([this] { return parts_.ledger.move_silent(parts_.clock.now(), most_at_once, held); });
    all += moved;
  }
  if (all > 0) {
    base::log(base::LogLevel::warning, "receipts", std::to_string(all) + " documents are silent and now held");
  }
}

}  // namespace gateway::receipts
