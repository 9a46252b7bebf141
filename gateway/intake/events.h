// The feed of changes as server-sent events (WHATWG HTML §9.2): each client's stream looks at the ledger when it is
// woken and now and then, and goes on where its client says that it stood. As many streams as the pace allows; one more
// is 503. On the I/O thread, the ledger on `store`.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <memory>
#include <set>

#include "gateway/http/router.h"
#include "gateway/intake/intake.h"

namespace gateway::intake {

class EventStream;

class Events {
 public:
  explicit Events(Parts parts) : parts_(std::move(parts)), open_(std::make_shared<Open>()) {}

  boost::asio::awaitable<http::Response> stream(http::Request request) const;
  void wake() const;

  using Open = std::set<EventStream*>;

 private:
  Parts parts_;
  std::shared_ptr<Open> open_;  // the streams take themselves out
};

}  // namespace gateway::intake
