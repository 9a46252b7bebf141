// The Hainan side of the platform over HTTP: POST /cebcmsg, the receipt listings, GET /_received. Everything happens on
// the listener's I/O thread; what is referred to outlives it.
#pragma once

#include <boost/asio/awaitable.hpp>

#include "base/clock.h"
#include "codecs/hainan/listing.h"
#include "gateway/http/router.h"
#include "tools/platform/customs.h"
#include "tools/platform/inbox.h"

namespace tools::platform {

class Service {
 public:
  Service(Inbox& inbox, Customs& customs, const base::Clock& clock) : inbox_(inbox), customs_(customs), clock_(clock) {}

  gateway::http::Router router();

 private:
  using Request = gateway::http::Request;
  using Response = gateway::http::Response;

  boost::asio::awaitable<Response> receive(Request request);
  boost::asio::awaitable<Response> list(const codecs::hainan::ListingForm& form, Request request);
  boost::asio::awaitable<Response> show_received(Request request);

  Inbox& inbox_;
  Customs& customs_;
  const base::Clock& clock_;
};

}  // namespace tools::platform
