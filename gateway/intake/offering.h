// What a document offers to do next: change, delete, cancel, refund, each with the document to post. A client sees its
// enterprises only. Runs on the I/O thread, the ledger on `store`.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/json/array.hpp>
#include <optional>
#include <string>

#include "gateway/http/router.h"
#include "gateway/intake/intake.h"
#include "gateway/intake/standing.h"
#include "gateway/ledger/records.h"

namespace gateway::intake {

class Offering {
 public:
  explicit Offering(Parts parts) : parts_(std::move(parts)) {}

  boost::asio::awaitable<http::Response> offers(http::Request request) const;

 private:
  http::Response answer(const http::Caller& caller, const std::string& id) const;
  boost::json::array offers_of(const ledger::Standing& newest) const;
  bool may_declare(const ledger::Standing& newest, const std::string& type) const;
  std::optional<Words> obstacle(const schemas::Offer& offer, const ledger::Standing& newest,
                                const schemas::Correction& correction) const;
  std::optional<Words> rival(const schemas::Offer& offer, const ledger::Standing& newest,
                             const std::string& number) const;

  Parts parts_;
};

}  // namespace gateway::intake
