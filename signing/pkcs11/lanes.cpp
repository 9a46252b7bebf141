#include "signing/pkcs11/lanes.h"

#include <algorithm>

namespace signing::pkcs11 {

Lanes::Lanes(const std::shared_ptr<KeyPlace>& place, unsigned count, std::chrono::milliseconds timeout)
    : timeout_(timeout) {
  for (unsigned i = 0; i < count; ++i) lanes_.push_back(std::make_unique<Lane>(place));
}

Lanes::~Lanes() {
  for (const auto& lane : lanes_) {
    lane->calls.run(timeout_, [connection = lane->connection] {
      connection->close();
      return true;
    });
  }
}

std::chrono::milliseconds Lanes::left_until(std::chrono::steady_clock::time_point end) {
  return std::max(std::chrono::milliseconds{0},
                  std::chrono::ceil<std::chrono::milliseconds>(end - std::chrono::steady_clock::now()));
}

Lanes::Lane* Lanes::take(std::chrono::steady_clock::time_point end) {
  Lane* free = nullptr;
  bool all_hang = false;
  const auto settled = [&] {
    all_hang = true;
    for (const auto& lane : lanes_) {
      if (!lane->taken && !lane->calls.hangs()) {
        free = lane.get();
        return true;
      }
      all_hang = all_hang && !lane->taken;
    }
    return all_hang;
  };
  std::unique_lock lock(mutex_);
  if (!given_back_.wait_until(lock, end, settled) || free == nullptr) return nullptr;
  free->taken = true;
  return free;
}

void Lanes::give_back(Lane& lane) {
  const std::scoped_lock lock(mutex_);
  lane.taken = false;
  given_back_.notify_all();
}

}  // namespace signing::pkcs11
