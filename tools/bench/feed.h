// The feed of changes, page after page from the moment a run begins. One coroutine at a time. A cursor of this gateway
// is a number that grows; where the feed ends is found by halving, so that a long ledger is not read through.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <string>

#include "tools/bench/api.h"
#include "tools/bench/documents.h"
#include "tools/bench/tally.h"

namespace tools::bench {

class Feed {
 public:
  explicit Feed(const Api& api) : api_(api) {}

  // "" or why the feed cannot be read.
  boost::asio::awaitable<std::string> go_to_the_end();
  enum class More { at_once, later, unreadable };
  boost::asio::awaitable<More> read_page(const Documents& documents, Courses& courses);

 private:
  enum class Probe { ended, goes_on, unreadable };
  boost::asio::awaitable<Probe> probe(std::int64_t after);

  const Api& api_;
  gateway::http::Session session_;
  std::string cursor_ = "0";
  std::string trouble_;
};

}  // namespace tools::bench
