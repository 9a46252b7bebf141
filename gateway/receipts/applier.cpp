#include "gateway/receipts/applier.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <string>

#include "gateway/ledger/trouble_line.h"
#include "gateway/receipts/application.h"

namespace gateway::receipts {

using boost::asio::awaitable;

namespace {

constexpr std::size_t most_at_once = 200;
constexpr std::chrono::seconds longest_rest{2};  // a document that kept moving is tried again then

}  // namespace

Applier::Applier(boost::asio::any_io_executor executor, const Parts& parts)
    : executor_(executor), parts_(parts), bell_(executor) {}

void Applier::start() {
  running_ = true;
  boost::asio::co_spawn(
      executor_, [](std::shared_ptr<Applier> self) -> awaitable<void> { co_await self->run(); }(shared_from_this()),
      boost::asio::detached);
}

void Applier::ring() {
  rung_ = true;
  bell_.cancel();
}

awaitable<void> Applier::stop(std::chrono::milliseconds deadline) {
  stopping_ = true;
  ring();
  const auto end = std::chrono::steady_clock::now() + deadline;
  while (running_ && std::chrono::steady_clock::now() < end) {
    boost::asio::steady_timer moment(executor_, std::chrono::milliseconds(10));
    co_await moment.async_wait(boost::asio::use_awaitable);
  }
}

awaitable<void> Applier::run() {
  while (!stopping_) {
    bool failed = false;
    try {
      co_await apply_all();
    } catch (const std::exception& error) {
      failed = true;
      ledger::log_trouble("receipts", "", error);
    }
    if (!rung_ || failed) {
      boost::system::error_code cut_short;
      bell_.expires_after(longest_rest);
      co_await bell_.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, cut_short));
    }
    rung_ = false;
  }
  running_ = false;
}

awaitable<void> Applier::apply_all() {
  Rest rest = Rest::more;
  while (rest == Rest::more && !stopping_) {
    rest = co_await parts_.store.run([this] {
      return apply_fresh(
          {parts_.settings, parts_.catalog, parts_.knowledge, parts_.sealer, parts_.ledger, parts_.clock},
          most_at_once);
    });
  }
}

}  // namespace gateway::receipts
