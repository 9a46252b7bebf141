#include "tools/bench/tally.h"

#include <algorithm>

namespace tools::bench {

namespace {

constexpr std::array<std::string_view, 10> words{"",     "accepted", "sealed",  "deferred", "unconfirmed",
                                                 "sent", "settled",  "refused", "held",     "withdrawn"};
constexpr std::size_t accepted = 1, settled_state = 6, first_end = 6;

}  // namespace

void Courses::moved(const Place& place, std::string_view to, base::Time at) {
  const auto word = std::ranges::find(words, to);
  if (word == words.end()) return;
  const auto state = static_cast<std::uint8_t>(word - words.begin());
  auto& of_type = courses_[place.type];
  if (of_type.size() <= place.sale) of_type.resize(place.sale + 1);
  Course& course = of_type[place.sale];
  if (course.state == 0) {
    ++seen_;
    course.accepted = at;
    if (!first_accepted_) first_accepted_ = at;
  } else {
    --counts_[course.state];
  }
  course.state = state;
  ++counts_[state];
  if (state != settled_state || course.was_settled) return;
  course.was_settled = true;
  last_settled_ = std::max(last_settled_, at);
  latencies_.add(static_cast<double>((at - course.accepted).count()));
}

std::size_t Courses::ended() const {
  std::size_t sum = 0;
  for (std::size_t state = first_end; state < counts_.size(); ++state) sum += counts_[state];
  return sum;
}

std::size_t Courses::settled() const { return counts_[settled_state]; }

std::map<std::string, std::size_t> Courses::by_state() const {
  std::map<std::string, std::size_t> named;
  for (std::size_t state = accepted; state < counts_.size(); ++state) {
    if (counts_[state] > 0) named[std::string(words[state])] = counts_[state];
  }
  return named;
}

std::chrono::milliseconds Courses::settling() const {
  if (!first_accepted_) return {};
  return std::max(last_settled_ - *first_accepted_, std::chrono::milliseconds(0));
}

}  // namespace tools::bench
