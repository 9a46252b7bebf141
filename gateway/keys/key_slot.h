// One key of the settings through its life: opened, proved, used, rested and probed, or put out of use. Safe from every
// thread; care() blocks, and only one thread calls it at a time.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "base/secret.h"
#include "config/settings.h"
#include "gateway/keys/measured_key.h"
#include "gateway/keys/report.h"
#include "signing/key_source.h"
#include "signing/keys/pin_memory.h"

namespace gateway::keys {

// What a key is opened and proved with, beside its own settings. Outlives the slots.
struct Surroundings {
  std::filesystem::path folder;  // of the settings
  std::vector<signing::Dialect> dialects;
  signing::keys::PinMemory& pins;
  const base::Clock& clock;
};

// What has to be fixed in the settings or on the disk before the gateway can start.
bool keeps_from_starting(const base::Fault& fault);

class KeySlot {
 public:
  // name: for the report. dialects: the names of those it signs in, and is proved in; empty: as its kind wants it.
  KeySlot(const config::SigningKey& settings, std::string name, std::vector<std::string> dialects,
          Surroundings& surroundings);

  bool is_due() const;  // for care()
  // Opens the key, or asks one that rests or has been idle.
  void care();
  // Whether the key makes signatures that hold; if not, it rests from now on.
  bool proves_itself();

  // The key while it may be used; nothing while it rests, waits or is out of use.
  std::shared_ptr<const MeasuredKey> usable() const;
  std::optional<base::Time> from() const { return settings_.from; }  // when it takes over
  bool has_come() const;                                             // that time, and the beginning of its certificate

  KeyReport report() const;  // without the enterprise, and as if no other key had taken over
  base::Faults faults() const;
  unsigned device_lanes() const;  // 0: the key is in this process's memory

 private:
  enum class Condition { fresh, good, resting, out_of_use };

  void open();
  base::Result<signing::KeySource> source() const;
  base::Done prove(const signing::Key& key) const;
  void set_good(std::shared_ptr<const signing::Key> key);
  void take_refusal(const base::Faults& faults);
  void rest(const base::Faults& faults);
  void put_out_of_use(const base::Faults& faults);
  void probe(const signing::Key& key);

  const config::SigningKey settings_;
  const std::string name_;
  const std::vector<std::string> dialects_;
  Surroundings& surroundings_;

  mutable std::mutex mutex_;
  Condition condition_ = Condition::fresh;
  base::Faults faults_;
  base::Secret tried_with_;  // the PIN, until the device refuses it
  std::shared_ptr<const MeasuredKey> key_;
  base::Time next_look_{};
  std::chrono::milliseconds pause_;
  std::uint64_t signatures_at_last_look_ = 0;
};

}  // namespace gateway::keys
