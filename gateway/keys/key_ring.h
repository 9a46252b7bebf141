// The keys of one enterprise, used side by side: a signature goes to one that is idle, of those to the soonest done,
// and to another where a device does not answer. At the time that the settings state, newer keys take over from older
// ones. Safe from every thread.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "gateway/keys/key_slot.h"

namespace gateway::keys {

class KeyRing {
 public:
  KeyRing(const config::Settings& settings, const config::Enterprise& enterprise, Surroundings& surroundings);

  using Work = std::function<base::Result<std::string>(const signing::Key&)>;
  // What `work` makes with a key; where the key's device fails, made again with the next. Fault key.none: no key signs
  // now, which passes or needs a person, but is not the work's fault.
  base::Result<std::string> with_key(const Work& work) const;

  const std::vector<std::unique_ptr<KeySlot>>& slots() const { return slots_; }
  std::vector<KeyReport> report() const;
  // How many signatures devices make at the same time; 0: every key is in this process's memory.
  unsigned device_lanes() const;

 private:
  class Turn;

  std::vector<KeySlot*> on_duty() const;
  KeySlot* next(const std::set<KeySlot*>& failed) const;  // under the lock
  base::Fault none() const;
  std::string another_company(const std::vector<std::string>& companies) const;  // empty: it is ours, or nobody's

  std::string enterprise_, name_;
  std::vector<std::unique_ptr<KeySlot>> slots_;
  mutable std::mutex mutex_;
  mutable std::map<const KeySlot*, unsigned> at_work_;  // for how many callers
};

inline constexpr std::string_view no_key_signs = "key.none";

}  // namespace gateway::keys
