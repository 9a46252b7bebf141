// Calls of a running gateway's API, one at a time, each under a deadline. Nothing is retried: the person decides.
#pragma once

#include <boost/json/value.hpp>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/secret.h"
#include "gateway/http/client.h"
#include "tools/cebgate/program.h"

namespace tools::cebgate {

struct GatewayChoice {
  std::string url = "http://127.0.0.1:8080";
  std::string token_file;  // empty: CEBGATE_TOKEN
  std::string trust;       // --ca; empty: the system's
};

void add_gateway_options(const Program& program, CLI::App& command, GatewayChoice& choice);

class GatewayClient {
 public:
  // Nothing: the token cannot be read, which has been told on stderr.
  static std::optional<GatewayClient> open(const GatewayChoice& choice, Language language);

  gateway::http::Exchange get(const std::string& target) const;  // "/v1/documents?limit=1"
  gateway::http::Exchange post(const std::string& target, std::string content_type, std::string body) const;

 private:
  GatewayClient(GatewayChoice choice, base::Secret token) : choice_(std::move(choice)), token_(std::move(token)) {}
  gateway::http::Exchange call(gateway::http::Call call) const;

  GatewayChoice choice_;
  base::Secret token_;
};

bool succeeded(const gateway::http::Exchange& exchange);

// Says on stderr why a call did not do what was asked, the problem's faults included; as JSON the problem unchanged.
// 1: the input is at fault; 2: the gateway cannot be reached, refuses the token, or is in trouble. `place` tells the
// gateway's faults as places of what the person gave.
using Place = std::function<base::Fault(base::Fault)>;
Exit tell_failure(const gateway::http::Exchange& exchange, std::string_view subject, Format format, Language language,
                  const Place& place = nullptr);

// The faults of an API answer or of one of its items ("faults", "warnings").
base::Faults faults_of(const boost::json::value& object, std::string_view member);

std::string percent_encoded(std::string_view text);

}  // namespace tools::cebgate
