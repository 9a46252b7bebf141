// How many deliveries of one port may be under way: one more after as many confirmed ones as the limit has, while more
// than half of it is in use; half of it after a failure. Never less than one, never more than the port's setting. Pure.
#pragma once

#include <cstddef>
#include <cstdint>

namespace gateway::dispatch {

class Pace {
 public:
  explicit Pace(std::size_t most);

  std::size_t limit() const { return limit_; }
  void allow(std::size_t most);               // from now on
  std::uint64_t begin() { return ++begun_; }  // the delivery's number
  void confirmed(std::size_t under_way);      // this one included
  void failed(std::uint64_t delivery);

 private:
  std::size_t most_, limit_;
  std::size_t confirmed_ = 0;  // since the limit last changed
  std::uint64_t begun_ = 0;
  std::uint64_t begun_at_cut_ = 0;
};

}  // namespace gateway::dispatch
