// The threads on which messages are sealed: one pool for all enterprises whose keys are in memory, a thread for each
// core; and a pool of its own for each enterprise whose keys are in devices, so that a slow card keeps no core waiting.
// What it is given outlives it.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "config/settings.h"
#include "gateway/keys/keys.h"
#include "gateway/offload/offload.h"

namespace gateway::app {

class SigningPools {
 public:
  SigningPools(const config::Settings& settings, const keys::Keys& keys, offload::Pool& cores);
  offload::Pool& of(const std::string& enterprise);
  void stop();  // waits for what has been taken; no longer than a device's timeout

 private:
  offload::Pool& cores_;
  std::map<std::string, std::unique_ptr<offload::Pool>> own_;
};

}  // namespace gateway::app
