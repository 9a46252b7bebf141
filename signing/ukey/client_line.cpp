#include "signing/ukey/client_line.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>

namespace signing::ukey {

namespace asio = boost::asio;
using std::chrono::steady_clock;

namespace {

constexpr std::size_t answer_limit_bytes = std::size_t{1} << 20;

}  // namespace

ClientLine::ClientLine(asio::io_context& io) : socket_(io), limit_(io), news_(io) {
  socket_.read_message_max(answer_limit_bytes);
  socket_.auto_fragment(false);  // one request, one frame: the client's own page sends it so
  socket_.text(true);
}

asio::awaitable<void> ClientLine::open(const ClientAddress& address) {
  ErrorCode error;
  co_await asio::async_connect(socket_.next_layer(), address.endpoints,
                               asio::redirect_error(asio::use_awaitable, error));
  if (!error) {
    ErrorCode unimportant;
    socket_.next_layer().set_option(asio::ip::tcp::no_delay(true), unimportant);
    co_await socket_.async_handshake(address.host, address.path, asio::redirect_error(asio::use_awaitable, error));
  }
  if (error) {
    end(End::broken, error.message());
    co_return;
  }
  asio::co_spawn(socket_.get_executor(), read_all(), asio::detached);
}

asio::awaitable<std::optional<Answer>> ClientLine::ask(std::int64_t id, const std::string& method, base::Secret text) {
  awaited_ = id;
  awaited_method_ = method;
  answer_.reset();
  ErrorCode error;
  co_await socket_.async_write(asio::buffer(text.reveal()), asio::redirect_error(asio::use_awaitable, error));
  text = base::Secret();
  if (error) end(End::broken, error.message());
  while (!answer_ && ended_ == End::not_yet) {
    news_.expires_at(steady_clock::time_point::max());
    co_await news_.async_wait(asio::redirect_error(asio::use_awaitable, error));
  }
  awaited_.reset();
  co_return std::move(answer_);
}

asio::awaitable<void> ClientLine::read_all() {
  const auto self = shared_from_this();
  boost::beast::flat_buffer buffer;
  for (;;) {
    ErrorCode error;
    co_await socket_.async_read(buffer, asio::redirect_error(asio::use_awaitable, error));
    if (error) {
      end(End::broken, error.message());
      co_return;
    }
    take(boost::beast::buffers_to_string(buffer.data()));
    buffer.consume(buffer.size());
  }
}

void ClientLine::take(const std::string& text) {
  auto answer = read_answer(text);
  if (!answer || !awaited_ || answer->id != *awaited_) return;
  if (!answer->method.empty() && answer->method != awaited_method_) return;
  awaited_.reset();
  answer_ = std::move(answer);
  news_.cancel();
}

void ClientLine::set_deadline(steady_clock::time_point deadline) {
  deadline_ = deadline;
  limit_.expires_at(deadline);
  limit_.async_wait([self = shared_from_this()](ErrorCode cancelled) {
    if (!cancelled && steady_clock::now() >= self->deadline_) self->end(End::silent, {});
  });
}

void ClientLine::drop_deadline() {
  deadline_ = steady_clock::time_point::max();
  limit_.cancel();
}

void ClientLine::shut() { end(End::broken, "closed"); }

void ClientLine::end(End how, const std::string& why) {
  if (ended_ != End::not_yet) return;
  ended_ = how;
  why_ = why;
  drop_deadline();
  ErrorCode unimportant;
  socket_.next_layer().close(unimportant);
  news_.cancel();
}

}  // namespace signing::ukey
