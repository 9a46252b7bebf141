// Every enterprise's keys, opened at start and cared for while the gateway runs. Safe from every thread; open(), care()
// and settle() block, and only one thread is in them at a time. The destructor waits as settle() does.
#pragma once

#include <future>
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
  // Not opened yet: care() and settle() open them, report() says how that went. What is given outlives it.
  Keys(const config::Settings& settings, const base::Clock& clock);

  const KeyRing& ring(const std::string& enterprise) const { return *rings_.at(enterprise); }
  const std::vector<signing::Dialect>& dialects() const { return surroundings_.dialects; }

  // Looks at every key that is due, at all of them at the same time. Waits for them, but only for a second: a device
  // that hangs keeps none of the others waiting, and the look at it goes on by itself.
  void care();
  void settle();  // waits until no look goes on; no longer than the slowest device's timeout for each of its calls
  std::vector<Tidings> tidings();  // since the last call; from the thread of care()
  std::vector<KeyReport> report() const;

 private:
  base::Faults faults_that_keep_from_starting() const;
  void look_at_due();

  const base::Clock& clock_;
  signing::keys::PinMemory pins_;
  Surroundings surroundings_;
  std::map<std::string, std::unique_ptr<KeyRing>> rings_;  // by enterprise code
  std::map<std::string, std::string> told_;                // by enterprise and key: what was told last
  std::map<const KeySlot*, std::future<void>> looks_;      // that go on
};

}  // namespace gateway::keys
