// Every enterprise's keys, opened at start and cared for while the gateway runs. Safe from every thread; open() and
// care() block, care() on one thread at a time.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/log.h"
#include "base/result.h"
#include "config/settings.h"
#include "gateway/keys/key_ring.h"
#include "signing/keys/pin_memory.h"

namespace gateway::keys {

// Something about a key that the operator is to be told once.
struct Tidings {
  base::LogLevel level;
  std::string text;
};

class Keys {
 public:
  // Faults: what has to be mended before a start, each naming its enterprise. A device that is away, or that refuses
  // its PIN, does not keep the others from starting: it is among the tidings.
  static base::Result<std::unique_ptr<Keys>> open(const config::Settings& settings, const base::Clock& clock);
  // Not opened yet: care() opens them, report() says how that went. What is given outlives it.
  Keys(const config::Settings& settings, const base::Clock& clock);

  const KeyRing& ring(const std::string& enterprise) const { return *rings_.at(enterprise); }
  const std::vector<signing::Dialect>& dialects() const { return surroundings_.dialects; }

  void care();
  std::vector<Tidings> tidings();  // since the last call; from the thread of care()
  std::vector<KeyReport> report() const;

 private:
  base::Faults faults_that_keep_from_starting() const;

  const base::Clock& clock_;
  signing::keys::PinMemory pins_;
  Surroundings surroundings_;
  std::map<std::string, std::unique_ptr<KeyRing>> rings_;  // by enterprise code
  std::map<std::string, std::string> told_;                // by enterprise and key: what was told last
};

}  // namespace gateway::keys
