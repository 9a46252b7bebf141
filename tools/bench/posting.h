// One ERP's connections: each posts, and posts again where the gateway is busy (Retry-After) or the answer was lost
// (the same documents; known ones are answered as such), until it is answered or the tries are used up.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <optional>

#include "tools/bench/api.h"
#include "tools/bench/documents.h"
#include "tools/bench/options.h"
#include "tools/bench/tally.h"

namespace tools::bench {

inline constexpr int most_tries_without_an_answer = 5;
inline constexpr std::chrono::seconds longest_wait_for_a_busy_gateway{300};  // of one post

class Posting {
 public:
  using Moment = std::chrono::steady_clock::time_point;

  Posting(const Options& options, const Api& api, Documents& documents, Posts& posts);

  boost::asio::awaitable<void> one_connection();
  void connection_ended() { --open_; }

  bool has_ended() const { return open_ == 0; }
  double part_done(Moment now) const;  // 0 to 1, of the time or the documents
  Moment begun() const { return begun_; }
  Moment last_answer() const { return last_answer_; }

 private:
  struct Slot {
    std::size_t count = 0;
    Moment due;
  };
  std::optional<Slot> next_slot();
  boost::asio::awaitable<gateway::http::Exchange> post(gateway::http::Session& session, std::string body,
                                                       std::size_t count);
  void count(const gateway::http::Exchange& exchange, std::size_t documents);
  void refuse(const std::string& kind, std::size_t documents);

  const Options& options_;
  const Api& api_;
  Documents& documents_;
  Posts& posts_;
  std::size_t limit_, open_;
  std::optional<Moment> end_;
  Moment begun_, last_answer_;
};

}  // namespace tools::bench
