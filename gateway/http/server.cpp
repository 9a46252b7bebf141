#include "gateway/http/server.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <system_error>

#include "gateway/http/connection.h"
#include "gateway/http/listening.h"

namespace gateway::http {

namespace asio = boost::asio;
using asio::ip::tcp;
using ErrorCode = boost::system::error_code;

namespace {

constexpr std::chrono::milliseconds pause_after_failed_accept{100};

void listen(tcp::acceptor& acceptor, const ServerOptions& options) {
  bind(acceptor, options);
  ErrorCode error;
  acceptor.listen(asio::socket_base::max_listen_connections, error);
  if (error) throw std::system_error(std::error_code(error), cannot_listen(options));
}

asio::awaitable<void> accept_connections(std::shared_ptr<Server::Shared> shared) {
  const auto executor = co_await asio::this_coro::executor;
  while (!shared->stopping) {
    tcp::socket socket(executor);
    ErrorCode error;
    co_await shared->acceptor.async_accept(socket, asio::redirect_error(asio::use_awaitable, error));
    if (!shared->acceptor.is_open()) co_return;
    if (error) {  // out of descriptors, or the peer has gone already: neither ends the listener
      asio::steady_timer pause(executor, pause_after_failed_accept);
      co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, error));
      continue;
    }
    socket.set_option(tcp::no_delay(true), error);
    if (shared->connections.size() >= shared->options.most_connections) {
      asio::co_spawn(executor, turn_away(shared, std::move(socket)), asio::detached);
    } else if (shared->tls) {
      asio::co_spawn(executor, serve_tls(shared, std::move(socket)), asio::detached);
    } else {
      asio::co_spawn(executor, serve_plain(shared, std::move(socket)), asio::detached);
    }
  }
}

template <class Which>
void close_where(const Server::Shared& shared, Which which) {
  for (Connection* connection : shared.connections) {
    if (which(*connection)) connection->close_now();
  }
}

}  // namespace

Server::Shared::Shared(const asio::any_io_executor& executor, ServerOptions given, Router routes,
                       std::shared_ptr<const Callers> known)
    : options(std::move(given)),
      router(std::move(routes)),
      callers(std::move(known)),
      acceptor(executor),
      tls(tls_context(options)),
      all_closed(executor) {
  listen(acceptor, options);
}

Server::Server(asio::any_io_executor executor, ServerOptions options, Router router,
               std::shared_ptr<const Callers> callers)
    : shared_(std::make_shared<Shared>(executor, std::move(options), std::move(router), std::move(callers))) {}

Server::~Server() {
  shared_->stopping = true;
  ErrorCode ignored;
  shared_->acceptor.close(ignored);
}

std::string Server::url() const {
  const auto port = shared_->acceptor.local_endpoint().port();
  return (shared_->tls ? "https://" : "http://") + in_brackets(shared_->options.host) + ":" + std::to_string(port);
}

void Server::start() { asio::co_spawn(shared_->acceptor.get_executor(), accept_connections(shared_), asio::detached); }

asio::awaitable<void> Server::stop(std::chrono::milliseconds deadline) {
  const auto shared = shared_;
  shared->stopping = true;
  ErrorCode error;
  shared->acceptor.close(error);
  close_where(*shared, [](const Connection& c) { return c.phase() == Connection::Phase::waiting; });
  for (Connection* connection : shared->connections) connection->end_stream();
  const auto last_moment = std::chrono::steady_clock::now() + deadline;
  while (!shared->connections.empty() && std::chrono::steady_clock::now() < last_moment) {
    shared->all_closed.expires_at(last_moment);
    co_await shared->all_closed.async_wait(asio::redirect_error(asio::use_awaitable, error));
  }
  close_where(*shared, [](const Connection&) { return true; });
}

}  // namespace gateway::http
