// How far back a source is asked, and which of its records are kept already. Each question reaches back by the port's
// overlap; where that lists very much, most questions reach back a little only, and one in each quarter of the overlap
// the whole way. Pure; one thread.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <set>
#include <string_view>

#include "base/clock.h"

namespace gateway::receipts {

class Windows {
 public:
  static constexpr std::size_t much = 2'000;  // records in one listing

  Windows(std::chrono::milliseconds overlap, std::chrono::milliseconds poll_interval);

  // How far to reach back behind the newest record.
  std::chrono::milliseconds reach(base::Time now);
  // What the question just asked has listed.
  void listed(std::size_t records);
  // Whether the record (SHA-256, hexadecimal) was kept within the last two whole looks.
  bool is_kept(std::string_view digest) const;
  void kept(std::string_view digest);  // durable now

 private:
  using Short = std::array<std::uint64_t, 2>;  // of a digest; no two records share it

  std::chrono::milliseconds overlap_, little_;
  std::optional<base::Time> looked_whole_;
  bool is_whole_ = true, is_much_ = false;
  std::set<Short> recent_, earlier_;
};

}  // namespace gateway::receipts
