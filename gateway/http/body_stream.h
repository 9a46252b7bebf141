// A body that is sent in parts as they come: chunked (RFC 9112 §7.1), to HTTP/1.0 until the close. The next part is
// asked for when the client has taken the one before, so no more than one is ever held. On the listener's I/O thread.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <optional>
#include <string>

namespace gateway::http {

class BodyStream {
 public:
  virtual ~BodyStream() = default;

  // Nothing: the body is whole. An exception cuts the connection, which tells the client that it is not.
  virtual boost::asio::awaitable<std::optional<std::string>> next() = 0;
  // The client has gone or the listener stops: next() is to come to its end soon.
  virtual void end() = 0;
};

}  // namespace gateway::http
