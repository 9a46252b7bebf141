// Personal data of one document in clear, for a reason that is recorded before anything is shown. Runs on the I/O
// thread, the ledger on its pool.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <optional>
#include <string>
#include <utility>

#include "gateway/casework/casework.h"

namespace gateway::casework {

class Disclosure {
 public:
  explicit Disclosure(Parts parts) : parts_(std::move(parts)) {}

  boost::asio::awaitable<http::Response> disclose(http::Request request) const;

 private:
  http::Response answer(const http::Caller& caller, const std::string& id, std::optional<int> version,
                        const std::string& reason) const;

  Parts parts_;
};

}  // namespace gateway::casework
