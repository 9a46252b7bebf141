// POST /v1/sign. What a key made or refused is in the ledger before the answer leaves, or no signature is given out.
// Runs on the I/O thread; reads on `work`, signs on the enterprise's pool, records on `store`.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <cstddef>
#include <map>
#include <string>

#include "gateway/http/router.h"
#include "gateway/signatures/making.h"
#include "gateway/signatures/orders.h"
#include "gateway/signatures/signatures.h"

namespace gateway::signatures {

class Desk {
 public:
  explicit Desk(Parts parts) : parts_(std::move(parts)), maker_(parts_.settings, parts_.catalog, parts_.keys) {}
  boost::asio::awaitable<http::Response> sign(http::Request request);

 private:
  boost::asio::awaitable<http::Response> signed_for(const http::Caller& caller, const Order& order);

  Parts parts_;
  Maker maker_;
  std::map<std::string, std::size_t> waiting_;  // by enterprise; on the I/O thread only
};

}  // namespace gateway::signatures
