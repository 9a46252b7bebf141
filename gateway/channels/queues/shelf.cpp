#include "gateway/channels/queues/shelf.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace gateway::channels::queues {

Room Shelf::room_for(std::uint64_t bytes) const {
  if (bytes > most_bytes_) return Room::never;
  return bytes > most_bytes_ - bytes_ ? Room::later : Room::now;
}

void Shelf::keep(Tag tag, std::string body) {
  bytes_ += body.size();
  kept_.emplace(tag, std::move(body));
}

void Shelf::put_off(Tag tag) { put_off_.push_back(tag); }

void Shelf::leave_out(Tag tag) { left_out_.push_back(tag); }

std::vector<std::string> Shelf::give(std::size_t most) {
  given_ = std::max(given_, std::min(most, kept_.size()));
  std::vector<std::string> given;
  for (const auto& one : kept_) {
    if (given.size() == std::min(given_, most)) break;
    given.push_back(one.second);
  }
  return given;
}

Acknowledgement Shelf::acknowledge() {
  Acknowledgement all;
  if (given_ == 0) return all;
  const auto end = std::next(kept_.begin(), static_cast<std::ptrdiff_t>(given_));
  const Tag last = std::prev(end)->first;
  const auto before_it = [last](Tag tag) { return tag < last; };
  const bool is_whole = std::ranges::none_of(left_out_, before_it) && std::ranges::none_of(put_off_, before_it);
  if (is_whole) all.all_up_to = last;
  for (auto one = kept_.begin(); one != end; ++one) {
    if (!is_whole) all.alone.push_back(one->first);
    bytes_ -= one->second.size();
  }
  kept_.erase(kept_.begin(), end);
  given_ = 0;
  all.back = std::exchange(put_off_, {});
  return all;
}

void Shelf::lose() {
  kept_.clear();
  put_off_.clear();
  left_out_.clear();
  bytes_ = given_ = 0;
}

}  // namespace gateway::channels::queues
