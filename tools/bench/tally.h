// What became of everything that was posted: answers by kind, and the course of each document as the feed of changes
// tells it, by the gateway's own clock. Nothing that was posted leaves the count. One thread.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "tools/bench/documents.h"
#include "tools/bench/latencies.h"

namespace tools::bench {

struct Posts {
  std::size_t posted = 0, accepted = 0, refused = 0, unanswered = 0;  // documents; refused by the answer to the post
  std::size_t calls = 0, busy = 0, repeated = 0;                      // answers 503; posts sent again without an answer
  std::map<std::string, std::size_t> refusals;  // documents by the first fault's code, or "HTTP 500"
  std::map<std::string, std::size_t> failures;  // calls by what went wrong on the way
  Latencies latencies;                          // of calls, waiting for a busy gateway included
};

class Courses {
 public:
  explicit Courses(std::size_t types) : courses_(types) {}

  void moved(const Place& place, std::string_view to, base::Time at);

  std::size_t seen() const { return seen_; }
  std::size_t ended() const;  // settled, refused, held or withdrawn
  std::size_t settled() const;
  std::map<std::string, std::size_t> by_state() const;  // the last state of each
  std::chrono::milliseconds settling() const;           // from the first accepted to the last settled
  const Latencies& latencies() const { return latencies_; }

 private:
  struct Course {
    base::Time accepted{};
    std::uint8_t state = 0;  // place in the words; 0: not seen
    bool was_settled = false;
  };
  std::vector<std::vector<Course>> courses_;  // by type and sale
  std::array<std::size_t, 10> counts_{};
  std::size_t seen_ = 0;
  std::optional<base::Time> first_accepted_;
  base::Time last_settled_{};
  Latencies latencies_;
};

}  // namespace tools::bench
