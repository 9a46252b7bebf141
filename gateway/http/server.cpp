#include "gateway/http/server.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <system_error>

#include "gateway/http/connection.h"

namespace gateway::http {

namespace asio = boost::asio;
using asio::ip::tcp;
using ErrorCode = boost::system::error_code;

namespace {

constexpr std::chrono::milliseconds pause_after_failed_accept{100};

std::string in_brackets(const std::string& host) {
  return host.find(':') == std::string::npos ? host : "[" + host + "]";
}

void bind(tcp::acceptor& acceptor, const ServerOptions& options) {
  const std::string where = "cannot listen on " + in_brackets(options.host) + ":" + std::to_string(options.port);
  try {
    tcp::resolver resolver(acceptor.get_executor());
    const auto found = resolver.resolve(options.host, std::to_string(options.port), tcp::resolver::passive);
    const tcp::endpoint endpoint = *found.begin();
    acceptor.open(endpoint.protocol());
    acceptor.set_option(tcp::acceptor::reuse_address(true));
    acceptor.bind(endpoint);
    acceptor.listen();
  } catch (const boost::system::system_error& error) {
    throw std::system_error(std::error_code(error.code()), where);
  }
}

std::optional<asio::ssl::context> tls_context(const ServerOptions& options) {
  if (!options.certificate || !options.key) return std::nullopt;
  std::filesystem::path reading = *options.certificate;
  try {
    asio::ssl::context context(asio::ssl::context::tls_server);
    context.set_options(asio::ssl::context::default_workarounds | asio::ssl::context::no_tlsv1 |
                        asio::ssl::context::no_tlsv1_1);
    context.use_certificate_chain_file(options.certificate->string());
    reading = *options.key;
    context.use_private_key_file(options.key->string(), asio::ssl::context::pem);
    if (options.client_ca) {
      reading = *options.client_ca;
      context.load_verify_file(reading.string());
      context.set_verify_mode(asio::ssl::verify_peer | asio::ssl::verify_fail_if_no_peer_cert);
    }
    return context;
  } catch (const boost::system::system_error& error) {
    throw std::system_error(std::error_code(error.code()), "cannot use " + reading.string() + " for HTTPS");
  }
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
                       std::optional<Tokens> known)
    : options(std::move(given)),
      router(std::move(routes)),
      tokens(std::move(known)),
      acceptor(executor),
      tls(tls_context(options)),
      all_closed(executor) {
  bind(acceptor, options);
}

Server::Server(asio::any_io_executor executor, ServerOptions options, Router router, std::optional<Tokens> tokens)
    : shared_(std::make_shared<Shared>(executor, std::move(options), std::move(router), std::move(tokens))) {}

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
