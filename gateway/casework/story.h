// What happened to the documents of one sale, on one line of time. Runs on the I/O thread, the ledger on its pool.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <string>
#include <utility>

#include "gateway/casework/casework.h"
#include "gateway/views/personal.h"

namespace gateway::casework {

class Story {
 public:
  explicit Story(Parts parts) : parts_(std::move(parts)) {}

  boost::asio::awaitable<http::Response> tell(http::Request request) const;

 private:
  http::Response answer(const http::Caller& caller, const std::string& id, views::Personal personal) const;

  Parts parts_;
};

}  // namespace gateway::casework
