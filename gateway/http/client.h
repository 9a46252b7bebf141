// One HTTP(S) request under one deadline. What matters to delivery is how far it came: `reach` says whether the first
// byte of the body can have left. A redirection is an answer like any other: nothing follows it.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>

#include "gateway/http/addresses.h"
#include "gateway/http/message.h"

namespace gateway::http {

// What a client shows of itself where the server asks: PEM files.
struct ClientIdentity {
  std::filesystem::path certificate, key;
  bool operator==(const ClientIdentity&) const = default;
};

struct Call {
  std::string method = "GET";
  std::string url;  // http:// or https://, with path and query
  Headers headers;
  std::string body;
  std::chrono::milliseconds timeout{30000};  // for the whole exchange
  std::size_t answer_limit_bytes = std::size_t{64} << 20;
  std::optional<std::filesystem::path> trust;             // CA file for https; absent: the system's
  std::optional<ClientIdentity> identity = std::nullopt;  // for https; absent: none
  Addresses addresses = Addresses::any;                   // what the host's name may lead to
};

enum class Reach { answered, unreachable, unknown };

struct Exchange {
  Reach reach = Reach::unreachable;
  Response response;   // where answered
  std::string detail;  // where not: one sentence, English, e.g. "connect to 127.0.0.1:8090: Connection refused"
};

// Does not throw for network failures.
boost::asio::awaitable<Exchange> send(Call call);

}  // namespace gateway::http
