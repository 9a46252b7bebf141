// What became of documents: the list, one document, its message, the feed of changes. A client sees its enterprises
// only; what is another's does not exist for it. Runs on the I/O thread, the ledger on `store`.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <optional>
#include <string>
#include <vector>

#include "gateway/http/router.h"
#include "gateway/intake/intake.h"
#include "gateway/ledger/records.h"
#include "gateway/views/personal.h"

namespace gateway::intake {

class Looking {
 public:
  explicit Looking(Parts parts) : parts_(std::move(parts)) {}

  boost::asio::awaitable<http::Response> list(http::Request request) const;
  boost::asio::awaitable<http::Response> count(http::Request request) const;
  boost::asio::awaitable<http::Response> document(http::Request request) const;
  boost::asio::awaitable<http::Response> message(http::Request request) const;
  boost::asio::awaitable<http::Response> changes(http::Request request) const;

 private:
  // Which version of which document, and how it is to be shown.
  struct Wanted {
    std::string id;
    std::optional<int> version;
    views::Personal personal = views::Personal::clear;
    std::string part = {};  // of its message
  };
  http::Response document_answer(const http::Caller& caller, const Wanted& wanted) const;
  http::Response message_answer(const http::Caller& caller, const Wanted& wanted) const;

  Parts parts_;
};

}  // namespace gateway::intake
