// Notes of persons on documents, and on codes of customs. Runs on the I/O thread, the ledger on its pool.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <string>
#include <utility>

#include "gateway/casework/casework.h"

namespace gateway::casework {

class Notes {
 public:
  explicit Notes(Parts parts) : parts_(std::move(parts)) {}

  boost::asio::awaitable<http::Response> list(http::Request request) const;
  boost::asio::awaitable<http::Response> add(http::Request request) const;
  boost::asio::awaitable<http::Response> list_of_codes(http::Request request) const;
  boost::asio::awaitable<http::Response> put_on_code(http::Request request) const;

 private:
  Parts parts_;
};

}  // namespace gateway::casework
