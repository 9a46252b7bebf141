// Which files of a folder are whole: those that were closed or renamed into place before our eyes, and those that have
// not changed for a while. Pure; one thread at a time.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <set>
#include <string>

namespace gateway::channels::directory {

inline constexpr std::chrono::milliseconds settled_after{500};

// Tells whether a file is still what it was.
struct Stamp {
  std::uint64_t inode = 0, bytes = 0;
  std::int64_t written_ns = 0;

  bool operator==(const Stamp&) const = default;
};

class Sightings {
 public:
  using Moment = std::chrono::steady_clock::time_point;

  // `closed`: nobody has written to these since the last look.
  void begin_look(const std::set<std::string>& closed, Moment now);
  bool is_whole(const std::string& name, const Stamp& stamp);
  void end_look();  // what was not asked about is gone

  // At the last look it had not changed for so long; no time for one that was not there.
  std::chrono::steady_clock::duration still_for(const std::string& name) const;

 private:
  struct Sighting {
    Stamp stamp;
    Moment since;
    bool is_closed = false;
    bool is_there = true;
  };

  std::map<std::string, Sighting> seen_;
  std::set<std::string> closed_;
  Moment now_;
};

}  // namespace gateway::channels::directory
