// POST /v1/facts and GET /v1/facts: what other enterprises have sent, as clients report it. All or nothing, or with
// ?partial=true what is good. Runs on the I/O thread.
#pragma once

#include <boost/asio/awaitable.hpp>

#include "gateway/http/router.h"
#include "gateway/intake/fact_reading.h"
#include "gateway/intake/intake.h"

namespace gateway::intake {

class Facts {
 public:
  explicit Facts(Parts parts) : parts_(std::move(parts)), reader_(parts_.settings, parts_.catalog, parts_.judge) {}

  boost::asio::awaitable<http::Response> report(http::Request request) const;
  boost::asio::awaitable<http::Response> list(http::Request request) const;

 private:
  Parts parts_;
  FactReader reader_;
};

}  // namespace gateway::intake
