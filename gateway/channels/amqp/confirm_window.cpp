#include "gateway/channels/amqp/confirm_window.h"

#include <algorithm>
#include <utility>

namespace gateway::channels::amqp {

std::uint64_t ConfirmWindow::publish(std::string message_id) {
  open_.emplace(++last_, Publication{.message_id = std::move(message_id), .is_returned = false, .words = {}});
  return last_;
}

void ConfirmWindow::returned(const std::string& message_id, std::string words) {
  const auto found = std::ranges::find_if(
      open_, [&](const auto& one) { return one.second.message_id == message_id && !one.second.is_returned; });
  if (found == open_.end()) return;
  found->second.is_returned = true;
  found->second.words = std::move(words);
}

std::vector<Settled> ConfirmWindow::settle(std::uint64_t number, Reach reach, Word word) {
  // Number 0 with "all up to it" means all (AMQP 0-9-1, basic.ack).
  const auto end = number == 0 ? open_.end() : open_.upper_bound(number);
  const auto first = reach == Reach::all_up_to_it ? open_.begin() : open_.lower_bound(number);
  std::vector<Settled> settled;
  for (auto one = first; one != end; ++one) {
    const Settlement taken = one->second.is_returned ? Settlement::returned : Settlement::confirmed;
    settled.push_back({one->first, word == Word::ack ? taken : Settlement::not_taken, std::move(one->second.words)});
  }
  open_.erase(first, end);
  return settled;
}

std::vector<std::uint64_t> ConfirmWindow::lose() {
  std::vector<std::uint64_t> lost;
  for (const auto& one : open_) lost.push_back(one.first);
  open_.clear();
  last_ = 0;
  return lost;
}

}  // namespace gateway::channels::amqp
