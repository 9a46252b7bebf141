// The gateway's API as an ERP calls it, and what its answers say. Each coroutine brings a session of its own.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/json/value.hpp>
#include <filesystem>
#include <string>
#include <string_view>

#include "base/secret.h"
#include "gateway/http/session.h"
#include "tools/jointtest/judgement.h"

namespace tools::jointtest {

class Api {
 public:
  Api(std::string url, std::filesystem::path ca, const base::Secret& token);

  boost::asio::awaitable<gateway::http::Exchange> get(gateway::http::Session& session, std::string target) const;
  boost::asio::awaitable<gateway::http::Exchange> post(gateway::http::Session& session, std::string target,
                                                       std::string content_type, std::string body,
                                                       std::string idempotency_key) const;

 private:
  gateway::http::Call call(std::string target) const;

  std::string url_;
  std::filesystem::path ca_;  // empty: the system's
  std::string authorization_;
};

bool succeeded(const gateway::http::Exchange& exchange);
boost::json::value answer_in(const gateway::http::Exchange& exchange);  // null where it is no JSON
// Why a call did not do what was asked, one line each: a problem's faults, or how far the call came.
std::string trouble_zh(const gateway::http::Exchange& exchange);
std::string trouble_en(const gateway::http::Exchange& exchange);
bool has_fault(const gateway::http::Exchange& exchange, std::string_view code);

// What GET /v1/documents/{id} shows.
Seen seen_in(const boost::json::value& document);

}  // namespace tools::jointtest
