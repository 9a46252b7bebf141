#include "gateway/app/signing_pools.h"

namespace gateway::app {

namespace {

constexpr std::size_t most_signings_waiting = 1000;  // for one enterprise's devices

}  // namespace

SigningPools::SigningPools(const config::Settings& settings, const keys::Keys& keys, offload::Pool& cores)
    : cores_(cores) {
  for (const auto& enterprise : settings.enterprises) {
    const unsigned lanes = keys.ring(enterprise.code).device_lanes();
    // One more, so that the next message is made ready while the devices are signing.
    if (lanes > 0) own_.emplace(enterprise.code, std::make_unique<offload::Pool>(lanes + 1, most_signings_waiting));
  }
}

offload::Pool& SigningPools::of(const std::string& enterprise) {
  const auto own = own_.find(enterprise);
  return own == own_.end() ? cores_ : *own->second;
}

void SigningPools::stop() {
  for (auto& [enterprise, pool] : own_) pool->stop();
}

}  // namespace gateway::app
