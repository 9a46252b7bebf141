// Stands before a broker and passes on what both sides say, until harm is to be done: by a message that passes, or as
// it is told. What cannot be listened on throws; a broker that is not there is a client turned away. On the I/O thread.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <functional>
#include <list>
#include <memory>
#include <string>

#include "tools/platform/triggers.h"

namespace tools::platform {

// closed: all are cut at once, nobody is let in; confirm_lost: the broker's next word on a message is lost together
// with its connection; confirms_withheld: none of them is passed on.
enum class Harm { none, closed, confirm_lost, confirms_withheld };

class BrokerFront {
 public:
  // What is to happen to the line by which a message comes; its content as it passed.
  using Judge = std::function<LineHarm(const std::string& content)>;

  BrokerFront(boost::asio::any_io_executor executor, const boost::asio::ip::tcp::endpoint& at, std::string broker_host,
              std::string broker_port, Judge judge);
  ~BrokerFront();

  unsigned short port() const { return acceptor_.local_endpoint().port(); }
  boost::asio::awaitable<void> run();  // until the I/O stops
  void do_harm(Harm harm);

 private:
  struct Line;

  boost::asio::awaitable<void> join(boost::asio::ip::tcp::socket client);
  boost::asio::awaitable<void> pass_out(std::shared_ptr<Line> line);
  boost::asio::awaitable<void> pass_back(std::shared_ptr<Line> line);
  bool loses(const Line& line);

  boost::asio::ip::tcp::acceptor acceptor_;
  const std::string broker_host_, broker_port_;
  const Judge judge_;
  Harm harm_ = Harm::none;
  std::list<std::weak_ptr<Line>> lines_;
};

}  // namespace tools::platform
