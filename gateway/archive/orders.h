// POST /v1/archive/restore: a person has a document brought back. Handlers run on the I/O thread.
#pragma once

#include "gateway/archive/restoring.h"
#include "gateway/http/router.h"
#include "gateway/ledger/ledger.h"
#include "gateway/offload/offload.h"

namespace gateway::archive {

inline constexpr std::size_t longest_reason_bytes = 2'000;

class Orders {
 public:
  Orders(const Restoring& restoring, ledger::Ledger& ledger, offload::Pool& store)
      : restoring_(restoring), ledger_(ledger), store_(store) {}

  boost::asio::awaitable<http::Response> restore(http::Request request) const;

 private:
  struct Order {
    std::string document, reason;
  };
  static base::Result<Order> read(const std::string& body);
  http::Response carry_out(const Order& order, const http::Caller& caller) const;

  const Restoring& restoring_;
  ledger::Ledger& ledger_;
  offload::Pool& store_;
};

}  // namespace gateway::archive
