#include "gateway/keys/key_ring.h"

#include <algorithm>
#include <tuple>

#include "gateway/keys/dialects.h"

namespace gateway::keys {

namespace {

// When the key would be done with one signature more, and how many it has made: of equal ones, each in its turn.
std::tuple<double, std::uint64_t> burden(const MeasuredKey& key) {
  const auto measures = key.measures();
  const double waiting = static_cast<double>(measures.pending) / std::max(1U, key.parallel());
  return {(waiting + 1) * std::max(1.0, static_cast<double>(measures.mean.count())), measures.signatures};
}

}  // namespace

KeyRing::KeyRing(const config::Settings& settings, const config::Enterprise& enterprise, Surroundings& surroundings)
    : enterprise_(enterprise.code), clock_(surroundings.clock) {
  const config::Port* port = settings.port(enterprise.port);
  const std::string dialect = dialect_name(enterprise, port == nullptr ? config::Port{} : *port);
  for (const auto& key : enterprise.keys) slots_.push_back(std::make_unique<KeySlot>(key, dialect, surroundings));
}

base::Result<std::string> KeyRing::with_key(const Work& work) const {
  std::set<KeySlot*> failed;
  while (KeySlot* const slot = soonest_free(failed)) {
    const auto key = slot->usable();
    if (!key) continue;  // it began to rest just now
    auto made = work(*key);
    if (made) return made;
    const std::string& code = made.faults().front().code;
    const bool is_the_signature = code.starts_with("key.") || code == "signature.self";
    // A key that holds another proof is good: then it is this message that it refuses.
    if (!is_the_signature || (slot->usable() && slot->proves_itself())) return made;
    failed.insert(slot);
  }
  return none();
}

// The keys of the newest time of taking over that has come.
std::vector<KeySlot*> KeyRing::on_duty() const {
  const auto now = clock_.now();
  std::optional<base::Time> newest;
  for (const auto& slot : slots_) {
    if (slot->from() && *slot->from() <= now) newest = std::max(newest.value_or(*slot->from()), *slot->from());
  }
  std::vector<KeySlot*> keys;
  for (const auto& slot : slots_) {
    if (slot->from() == newest) keys.push_back(slot.get());
  }
  return keys;
}

KeySlot* KeyRing::soonest_free(const std::set<KeySlot*>& failed) const {
  KeySlot* best = nullptr;
  std::tuple<double, std::uint64_t> least;
  for (KeySlot* slot : on_duty()) {
    const auto key = failed.contains(slot) ? nullptr : slot->usable();
    if (!key) continue;
    if (const auto its = burden(*key); best == nullptr || its < least) {
      best = slot;
      least = its;
    }
  }
  return best;
}

base::Fault KeyRing::none() const {
  base::Fault fault{.code = std::string(no_key_signs),
                    .path = {},
                    .zh = "企业 " + enterprise_ + " 目前没有可用的签名密钥",
                    .en = "no key of enterprise " + enterprise_ + " signs now",
                    .source = {}};
  for (const KeyReport& key : report()) {
    if (key.why_en.empty()) continue;
    fault.zh += "；" + key.key + "：" + key.why_zh;
    fault.en += "; " + key.key + ": " + key.why_en;
  }
  return fault;
}

std::vector<KeyReport> KeyRing::report() const {
  const auto duty = on_duty();
  const auto now = clock_.now();
  std::vector<KeyReport> reports;
  for (const auto& slot : slots_) {
    KeyReport report = slot->report();
    report.enterprise = enterprise_;
    const bool has_come = !slot->from() || *slot->from() <= now;
    if (has_come && std::ranges::find(duty, slot.get()) == duty.end()) report.standing = Standing::relieved;
    reports.push_back(std::move(report));
  }
  return reports;
}

unsigned KeyRing::device_lanes() const {
  unsigned lanes = 0;
  for (const auto& slot : slots_) lanes += slot->device_lanes();
  return lanes;
}

}  // namespace gateway::keys
