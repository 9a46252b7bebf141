// A listener on a free port with its own I/O thread, and one call of the client run to its end.
#pragma once

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <chrono>
#include <future>
#include <thread>

#include "gateway/http/client.h"
#include "gateway/http/server.h"
#include "tests/support/raw_socket.h"

namespace tests {

class RunningServer {
 public:
  explicit RunningServer(gateway::http::Router router, gateway::http::ServerOptions options = {},
                         std::shared_ptr<const gateway::http::Callers> callers = nullptr)
      : server_(context_.get_executor(), std::move(options), std::move(router), std::move(callers)) {
    url_ = server_.url();
    server_.start();
    thread_ = std::thread([this] { context_.run(); });
  }

  ~RunningServer() {
    stop(std::chrono::milliseconds{0}).wait();
    work_.reset();
    context_.stop();
    thread_.join();
  }
  RunningServer(const RunningServer&) = delete;
  RunningServer& operator=(const RunningServer&) = delete;

  const std::string& url() const { return url_; }
  RawSocket connect() const { return RawSocket::connect_to(port_of(url_)); }
  std::future<void> stop(std::chrono::milliseconds deadline) {
    return boost::asio::co_spawn(context_, server_.stop(deadline), boost::asio::use_future);
  }
  // One request by itself, as text; the answer as text.
  std::string ask(const std::string& request) const {
    RawSocket socket = connect();
    socket.write(request);
    return socket.read_answer();
  }

 private:
  boost::asio::io_context context_;
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_{context_.get_executor()};
  gateway::http::Server server_;
  std::string url_;
  std::thread thread_;
};

inline gateway::http::Exchange send_and_wait(gateway::http::Call call) {
  boost::asio::io_context context;
  auto exchange = boost::asio::co_spawn(context, gateway::http::send(std::move(call)), boost::asio::use_future);
  context.run();
  return exchange.get();
}

}  // namespace tests
