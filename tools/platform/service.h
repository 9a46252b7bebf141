// The Hainan side of the platform over HTTP: POST /cebcmsg, the receipt listings, GET /_received. Everything happens on
// the listener's I/O thread; what is referred to outlives it.
#pragma once

#include <boost/asio/awaitable.hpp>

#include "base/clock.h"
#include "codecs/hainan/listing.h"
#include "gateway/http/router.h"
#include "tools/platform/customs.h"
#include "tools/platform/inspection.h"
#include "tools/platform/journal.h"

namespace tools::platform {

class Service {
 public:
  // journal: nothing keeps no state.
  Service(const Inspection& inspection, Customs& customs, Journal* journal, const base::Clock& clock,
          std::size_t most_messages = 1'000'000);

  gateway::http::Router router();

 private:
  using Request = gateway::http::Request;
  using Response = gateway::http::Response;

  boost::asio::awaitable<Response> receive(Request request);
  boost::asio::awaitable<Response> list(const codecs::hainan::ListingForm& form, Request request);
  boost::asio::awaitable<Response> show_received(Request request);

  const Inspection& inspection_;
  Customs& customs_;
  Journal* journal_;
  const base::Clock& clock_;
  std::size_t most_messages_;
};

}  // namespace tools::platform
