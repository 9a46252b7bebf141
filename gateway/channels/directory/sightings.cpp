#include "gateway/channels/directory/sightings.h"

namespace gateway::channels::directory {

void Sightings::begin_look(const std::set<std::string>& closed, Moment now) {
  closed_ = closed;
  now_ = now;
  for (auto& [name, sighting] : seen_) sighting.is_there = false;
}

// One that is not fetched in the look that learns of its closing stays closed for later ones.
bool Sightings::is_whole(const std::string& name, const Stamp& stamp) {
  Sighting& sighting = seen_.try_emplace(name, Sighting{stamp, now_}).first->second;
  if (sighting.stamp != stamp) sighting = {stamp, now_};
  sighting.is_there = true;
  sighting.is_closed = sighting.is_closed || closed_.contains(name);
  return sighting.is_closed || now_ - sighting.since >= settled_after;
}

void Sightings::end_look() {
  std::erase_if(seen_, [](const auto& one) { return !one.second.is_there; });
}

std::chrono::steady_clock::duration Sightings::still_for(const std::string& name) const {
  const auto found = seen_.find(name);
  return found == seen_.end() ? Moment::duration::zero() : now_ - found->second.since;
}

}  // namespace gateway::channels::directory
