// A client that keeps one connection open and sends calls in turn on it; one whose peer has closed it while it was idle
// is replaced before the next call's first byte. Nothing is ever sent twice. One coroutine at a time; it outlives each
// call. A cancelled or failed call takes the connection with it.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <memory>

#include "gateway/http/client.h"

namespace gateway::http {

// once: the peer is told that no other call will come.
enum class Staying { open, once };

class Session {
 public:
  explicit Session(Staying staying = Staying::open);
  ~Session();
  Session(Session&&) noexcept;
  Session& operator=(Session&&) noexcept;

  // Does not throw for network failures. A call to another place, or with other trust, opens a new connection.
  boost::asio::awaitable<Exchange> send(Call call);

  struct Connection;

 private:
  Staying staying_;
  std::unique_ptr<Connection> kept_;
};

}  // namespace gateway::http
