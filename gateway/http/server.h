// The HTTP(S) listener: reads a request under limits, asks Router and Callers, answers. A refusal (401, 403, 404, 413
// …) is answered before the body is read; the rest of the body is then read and dropped (up to 64 MiB or 5 s) so that
// the client sees the answer. An exception in a handler is a 500 and is logged by the caller's `on_error`, unless the
// caller's `refusal_of` knows what it means. One I/O thread runs it.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <cstddef>
#include <exception>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "gateway/http/callers.h"
#include "gateway/http/router.h"

namespace gateway::http {

struct ServerOptions {
  std::string host = "127.0.0.1";
  unsigned short port = 0;
  std::optional<std::filesystem::path> certificate, key;
  std::optional<std::filesystem::path> client_ca;  // who comes over TLS must show a certificate of it
  std::size_t body_limit_bytes = std::size_t{8} << 20;
  std::size_t most_connections = 1000;
  std::chrono::milliseconds header_timeout{10000}, body_timeout{60000}, idle_timeout{60000};
  std::function<void(const std::string&)> on_error;
  // What to answer where a handler's exception is no bug; nothing: 500, and on_error is called.
  std::function<std::optional<Response>(const std::exception&)> refusal_of;
};

class Server {
 public:
  // Binds at once; throws std::system_error with the address in its text. router is copied. Without callers nobody is
  // known.
  Server(boost::asio::any_io_executor executor, ServerOptions options, Router router,
         std::shared_ptr<const Callers> callers);
  ~Server();

  std::string url() const;  // http://HOST:PORT with the real port
  void start();
  // No new connections, and streams end; open requests may finish until the deadline, then they are cut.
  boost::asio::awaitable<void> stop(std::chrono::milliseconds deadline);

  struct Shared;  // what the connections hold

 private:
  std::shared_ptr<Shared> shared_;
};

}  // namespace gateway::http
