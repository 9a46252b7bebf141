// What an order for many documents would do: each document that its filter finds is looked at, counted, and kept with
// the revision it was seen at. Runs on the I/O thread, the ledger on its pool, a page of documents at a time.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/json/object.hpp>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "gateway/http/caller.h"
#include "gateway/http/message.h"
#include "gateway/operations/operations.h"
#include "gateway/operations/replay_orders.h"

namespace gateway::operations {

class Previews {
 public:
  explicit Previews(Parts parts) : parts_(std::move(parts)) {}

  // The number it is kept under, or why it is not: 422, 503.
  boost::asio::awaitable<std::variant<std::int64_t, http::Response>> make(const http::Caller& caller,
                                                                          ReplayOrder wanted) const;

 private:
  struct Tally {
    std::int64_t matched = 0;
    std::map<std::string, std::int64_t> by_state, by_type, by_enterprise, would;
    std::map<std::pair<std::string, std::string>, std::int64_t> not_allowed;  // by the words of both languages
    boost::json::array examples, examples_not_allowed;
    std::vector<ledger::ReplayDocument> documents;  // newest first
    std::set<std::string> enterprises;
  };

  // Blocks; the cursor of the next page, or "".
  std::string look(const ledger::Query& query, const Order& order, Tally& tally) const;
  void count(const ledger::Bearings& bearings, const Order& order, Tally& tally) const;
  boost::asio::awaitable<std::variant<std::int64_t, http::Response>> keep(const http::Caller& caller,
                                                                          const ReplayOrder& wanted, Tally tally) const;

  Parts parts_;
};

}  // namespace gateway::operations
