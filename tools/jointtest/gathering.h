// Everything the gateway keeps of one document, from its evidence, as the report tells it. One thread.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <string>
#include <vector>

#include "tools/jointtest/api.h"
#include "tools/jointtest/results.h"

namespace tools::jointtest {

struct Gathered {
  std::vector<MessageResult> messages;  // one for each version, the oldest first; none where it cannot be fetched
  std::string enterprise, certificate;  // whose, and what signed the newest: serial number and end
};

boost::asio::awaitable<Gathered> gather(const Api& api, gateway::http::Session& session, std::string id);

}  // namespace tools::jointtest
