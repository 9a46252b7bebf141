// What the ERP is told: follows GET /v1/changes and keeps what it says of each document. One thread.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "tools/jointtest/api.h"

namespace tools::jointtest {

class Feed {
 public:
  // From that cursor on; empty: from the beginning.
  Feed(const Api& api, std::string cursor) : api_(api), cursor_(std::move(cursor)) {}

  // Passes over all that there is, without reading it: some fifty calls, however many changes there are.
  boost::asio::awaitable<void> go_to_the_end();
  // Reads what has come since; once it cannot, nothing is lost.
  boost::asio::awaitable<void> read();
  std::vector<Picture> heard(const std::string& id, int version) const;
  const std::string& cursor() const { return cursor_; }

 private:
  boost::asio::awaitable<bool> goes_on_after(std::int64_t cursor);

  const Api& api_;
  gateway::http::Session session_;
  std::string cursor_;
  std::map<std::pair<std::string, int>, std::vector<Picture>> heard_;
};

}  // namespace tools::jointtest
