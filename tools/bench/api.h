// The gateway's API as one ERP calls it: address, token, trust. Each coroutine has a session of its own.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <optional>
#include <string>

#include "base/secret.h"
#include "gateway/http/session.h"
#include "tools/bench/process_use.h"

namespace tools::bench {

class Api {
 public:
  Api(std::string url, std::string trust, const base::Secret& token);

  boost::asio::awaitable<gateway::http::Exchange> get(gateway::http::Session& session, std::string target) const;
  // Several documents are taken each by itself: a faulty one keeps no other out.
  boost::asio::awaitable<gateway::http::Exchange> post_documents(gateway::http::Session& session, std::string body,
                                                                 std::size_t count) const;
  boost::asio::awaitable<std::optional<Use>> use(gateway::http::Session& session) const;

 private:
  gateway::http::Call call(std::string target) const;

  std::string url_, trust_, authorization_;
};

std::string trouble(const gateway::http::Exchange& exchange);  // one line, for an exchange that is not a 2xx
bool succeeded(const gateway::http::Exchange& exchange);

}  // namespace tools::bench
