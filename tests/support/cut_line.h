// Stands before a server on a free port of loopback and passes on every byte, until it is cut: then it closes all
// connections and nobody is let in. On a thread of its own.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <functional>
#include <memory>
#include <thread>
#include <vector>

namespace tests {

class CutLine {
 public:
  explicit CutLine(unsigned short server_port);
  ~CutLine();
  CutLine(const CutLine&) = delete;
  CutLine& operator=(const CutLine&) = delete;

  unsigned short port() const { return port_; }
  void cut();  // is done when it comes back, as is the other
  void mend();

 private:
  struct Pair;

  void open();
  void close();
  void do_there(const std::function<void()>& what);
  boost::asio::awaitable<void> let_in();
  boost::asio::awaitable<void> serve(std::shared_ptr<Pair> pair);

  boost::asio::io_context io_;
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_;
  const unsigned short server_port_, port_;
  boost::asio::ip::tcp::acceptor acceptor_;
  std::vector<std::weak_ptr<Pair>> pairs_;
  std::thread thread_;
};

}  // namespace tests
