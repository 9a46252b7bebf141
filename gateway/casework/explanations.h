// The knowledge base as one leafs through it: what codes mean, whose side they are on and what to do. Runs on the I/O
// thread.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <vector>

#include "gateway/casework/casework.h"

namespace gateway::casework {

class Explanations {
 public:
  explicit Explanations(const Parts& parts) : catalog_(parts.catalog), all_(parts.knowledge.listed()) {}

  boost::asio::awaitable<http::Response> search(http::Request request) const;

 private:
  const schemas::Catalog& catalog_;
  std::vector<schemas::ListedMeaning> all_;
};

}  // namespace gateway::casework
