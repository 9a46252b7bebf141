#include "tests/support/cut_line.h"

#include <array>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <fcntl.h>
#include <future>
#include <stdexcept>
#include <string>

#include "tests/support/eventually.h"
#include "tests/support/unused_port.h"

namespace tests {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

tcp::endpoint loopback(unsigned short port) { return {asio::ip::address_v4::loopback(), port}; }

// A program that the test starts must not keep the port open.
template <class Socket>
void keep_from_children(Socket& socket) {
  fcntl(socket.native_handle(), F_SETFD, FD_CLOEXEC);
}

}  // namespace

struct CutLine::Pair {
  explicit Pair(tcp::socket client) : near(std::move(client)), far(near.get_executor()) {}
  void close() {
    error_code ignored;
    near.close(ignored);
    far.close(ignored);
  }
  tcp::socket near, far;
};

namespace {

template <class Pair>
asio::awaitable<void> pass(std::shared_ptr<Pair> pair, tcp::socket Pair::*from, tcp::socket Pair::*to) {
  std::array<char, 16384> buffer{};
  error_code error;
  while (!error) {
    const std::size_t size =
        co_await ((*pair).*from)
            .async_read_some(asio::buffer(buffer), asio::redirect_error(asio::use_awaitable, error));
    if (error) break;
    co_await asio::async_write((*pair).*to, asio::buffer(buffer.data(), size),
                               asio::redirect_error(asio::use_awaitable, error));
  }
  pair->close();
}

}  // namespace

CutLine::CutLine(unsigned short server_port)
    : work_(asio::make_work_guard(io_)),
      server_port_(server_port),
      port_(unused_port()),
      acceptor_(io_),
      thread_([this] { io_.run(); }) {
  mend();
}

CutLine::~CutLine() {
  cut();
  io_.stop();
  thread_.join();
}

void CutLine::cut() {
  do_there([this] { close(); });
}

// Meanwhile the port may have become that of somebody's outgoing connection.
void CutLine::mend() {
  const bool is_open = eventually([this] {
    do_there([this] { open(); });
    return acceptor_.is_open();
  });
  if (!is_open) throw std::runtime_error("port " + std::to_string(port_) + " is not free any more");
}

void CutLine::do_there(const std::function<void()>& what) {
  std::promise<void> done;
  asio::post(io_, [&] {
    what();
    done.set_value();
  });
  done.get_future().wait();
}

void CutLine::open() {
  error_code taken;
  acceptor_.open(tcp::v4());
  keep_from_children(acceptor_);
  acceptor_.set_option(tcp::acceptor::reuse_address(true));
  acceptor_.bind(loopback(port_), taken);
  if (taken) return acceptor_.close();
  acceptor_.listen();
  asio::co_spawn(io_, let_in(), asio::detached);
}

void CutLine::close() {
  error_code ignored;
  acceptor_.close(ignored);
  for (const auto& one : pairs_) {
    if (const auto pair = one.lock()) pair->close();
  }
  pairs_.clear();
}

asio::awaitable<void> CutLine::let_in() {
  error_code error;
  while (!error) {
    tcp::socket client(io_);
    co_await acceptor_.async_accept(client, asio::redirect_error(asio::use_awaitable, error));
    if (error) break;
    keep_from_children(client);
    const auto pair = std::make_shared<Pair>(std::move(client));
    pairs_.push_back(pair);
    asio::co_spawn(io_, serve(pair), asio::detached);
  }
}

asio::awaitable<void> CutLine::serve(std::shared_ptr<Pair> pair) {
  error_code error;
  pair->far.open(tcp::v4());
  keep_from_children(pair->far);
  co_await pair->far.async_connect(loopback(server_port_), asio::redirect_error(asio::use_awaitable, error));
  if (error) {
    pair->close();
    co_return;
  }
  asio::co_spawn(io_, pass(pair, &Pair::near, &Pair::far), asio::detached);
  co_await pass(pair, &Pair::far, &Pair::near);
}

}  // namespace tests
