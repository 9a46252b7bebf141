// One accepted connection: its requests one after another, each under its limits, until either side closes. Lives as
// long as its coroutine; holds what it shares with the listener. On the listener's I/O thread.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <memory>
#include <set>

#include "gateway/http/body_stream.h"
#include "gateway/http/server.h"

namespace gateway::http {

class Connection {
 public:
  enum class Phase { waiting, busy };

  explicit Connection(std::shared_ptr<Server::Shared> shared);
  virtual ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  virtual void close_now() = 0;
  Phase phase() const { return phase_; }
  void end_stream();  // of a body that is being sent in parts, if it is one

 protected:
  std::shared_ptr<Server::Shared> shared_;
  Phase phase_ = Phase::waiting;
  std::weak_ptr<BodyStream> body_stream_;
};

struct Server::Shared {
  Shared(const boost::asio::any_io_executor& executor, ServerOptions given, Router routes,
         std::shared_ptr<const Callers> known);

  ServerOptions options;
  Router router;
  std::shared_ptr<const Callers> callers;
  boost::asio::ip::tcp::acceptor acceptor;
  std::optional<boost::asio::ssl::context> tls;
  boost::asio::steady_timer all_closed;
  std::set<Connection*> connections;
  bool stopping = false;
};

boost::asio::awaitable<void> serve_plain(std::shared_ptr<Server::Shared> shared, boost::asio::ip::tcp::socket socket);
boost::asio::awaitable<void> serve_tls(std::shared_ptr<Server::Shared> shared, boost::asio::ip::tcp::socket socket);

// One connection too many: told so (where that needs no handshake) and closed.
boost::asio::awaitable<void> turn_away(std::shared_ptr<Server::Shared> shared, boost::asio::ip::tcp::socket socket);

}  // namespace gateway::http
