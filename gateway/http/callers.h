// Who calls, by what the header of a request shows; the answer may take time. Called on the listener's I/O thread.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <optional>

#include "gateway/http/router.h"

namespace gateway::http {

struct Identity {
  std::optional<Caller> caller;       // nothing: nobody that is known
  std::optional<Response> refusal{};  // in place of the usual 401, or of a call that this caller's client forged
};

class Callers {
 public:
  virtual ~Callers() = default;
  // The request is without its body and outlives the call. What is thrown is answered as where a handler throws.
  virtual boost::asio::awaitable<Identity> identify(const Request& request) const = 0;
  // Whether who was identified may still be told things. Asked while an answer goes on; a session is not used by it.
  virtual boost::asio::awaitable<bool> still_knows(const Caller& caller) const = 0;
};

}  // namespace gateway::http
