#include "tools/platform/broker_front.h"

#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <utility>

#include "tools/platform/wire_frames.h"

namespace tools::platform {

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

constexpr auto told = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t most_read = 65536;

}  // namespace

struct BrokerFront::Line {
  explicit Line(tcp::socket from) : client(std::move(from)), broker(client.get_executor()) {}

  void cut() {
    boost::system::error_code ignored;
    client.close(ignored);
    broker.close(ignored);
  }

  tcp::socket client, broker;
  bool is_marked = false;  // its next confirm is lost
};

BrokerFront::BrokerFront(asio::any_io_executor executor, const tcp::endpoint& at, std::string broker_host,
                         std::string broker_port, Judge judge)
    : acceptor_(std::move(executor), at),
      broker_host_(std::move(broker_host)),
      broker_port_(std::move(broker_port)),
      judge_(std::move(judge)) {}

BrokerFront::~BrokerFront() = default;

asio::awaitable<void> BrokerFront::run() {
  for (;;) {
    auto [error, client] = co_await acceptor_.async_accept(told);
    if (error) continue;
    if (harm_ == Harm::closed) continue;
    asio::co_spawn(acceptor_.get_executor(), join(std::move(client)), asio::detached);
  }
}

void BrokerFront::do_harm(Harm harm) {
  harm_ = harm;
  std::erase_if(lines_, [](const auto& line) { return line.expired(); });
  if (harm != Harm::closed) return;
  for (const auto& line : lines_) {
    if (const auto open = line.lock()) open->cut();
  }
}

asio::awaitable<void> BrokerFront::join(tcp::socket client) {
  const auto line = std::make_shared<Line>(std::move(client));
  tcp::resolver resolver(line->client.get_executor());
  const auto [not_found, places] = co_await resolver.async_resolve(broker_host_, broker_port_, told);
  if (not_found) co_return;
  const auto [refused, place] = co_await asio::async_connect(line->broker, places, told);
  if (refused || harm_ == Harm::closed) co_return;
  lines_.push_back(line);
  asio::co_spawn(acceptor_.get_executor(), pass_back(line), asio::detached);
  co_await pass_out(line);
}

// What belongs to a message waits until it is whole and has been judged.
asio::awaitable<void> BrokerFront::pass_out(std::shared_ptr<Line> line) {
  WireFrames frames;
  std::array<char, most_read> buffer;
  std::string held, content;
  for (;;) {
    const auto [ended, count] = co_await line->client.async_read_some(asio::buffer(buffer), told);
    if (ended) co_return line->cut();
    for (const Frame& frame : frames.add({buffer.data(), count})) {
      held += frame.bytes;
      content += frame.content;
      if (frame.kind == FrameKind::message_part) continue;
      if (frame.kind == FrameKind::message_end) {
        const LineHarm harm = judge_(std::exchange(content, {}));
        if (harm == LineHarm::dropped) co_return line->cut();
        line->is_marked = line->is_marked || harm == LineHarm::confirm_lost;
      }
      const std::string bytes = std::exchange(held, {});
      const auto [failed, written] = co_await asio::async_write(line->broker, asio::buffer(bytes), told);
      if (failed) co_return line->cut();
    }
  }
}

bool BrokerFront::loses(const Line& line) {
  if (line.is_marked) return true;
  if (harm_ != Harm::confirm_lost) return false;
  harm_ = Harm::none;
  return true;
}

asio::awaitable<void> BrokerFront::pass_back(std::shared_ptr<Line> line) {
  WireFrames frames;
  std::array<char, most_read> buffer;
  for (;;) {
    const auto [ended, count] = co_await line->broker.async_read_some(asio::buffer(buffer), told);
    if (ended) co_return line->cut();
    for (const Frame& frame : frames.add({buffer.data(), count})) {
      const bool is_confirm = frame.kind == FrameKind::confirm;
      if (is_confirm && loses(*line)) co_return line->cut();
      if (is_confirm && harm_ == Harm::confirms_withheld) continue;
      const auto [failed, written] = co_await asio::async_write(line->client, asio::buffer(frame.bytes), told);
      if (failed) co_return line->cut();
    }
  }
}

}  // namespace tools::platform
