#include "gateway/keys/key_ring.h"

#include <algorithm>
#include <map>
#include <thread>

#include "gateway/keys/dialects.h"
#include "signing/company.h"

namespace gateway::keys {

namespace {

constexpr double like = 2;  // keys that differ in speed by no more than this get the same share

struct Prospect {
  KeySlot* slot;
  bool idle;
  double microseconds;  // until it would be done with one signature more
  std::uint64_t signatures;
};

// Keys in memory share the cores: what makes one of them slow makes all slow.
Prospect prospect_of(KeySlot* slot, const MeasuredKey& key, unsigned at_work) {
  const bool in_memory = key.parallel() == 0;
  const unsigned places = in_memory ? std::max(1U, std::thread::hardware_concurrency()) : key.parallel();
  const auto measures = key.measures();
  const double each = in_memory ? 1 : static_cast<double>(std::max<std::int64_t>(1, measures.mean.count()));
  return {slot, at_work < places, (at_work / places + 1) * each, measures.signatures};
}

// One that has nothing to do, so that all keys work when there is work for all; of those the soonest done; of like ones
// each in its turn.
KeySlot* best_of(std::vector<Prospect> keys) {
  if (keys.empty()) return nullptr;
  if (std::ranges::any_of(keys, &Prospect::idle)) std::erase_if(keys, [](const auto& one) { return !one.idle; });
  const double soonest = std::ranges::min(keys, {}, &Prospect::microseconds).microseconds;
  std::erase_if(keys, [&](const auto& one) { return one.microseconds > like * soonest; });
  return std::ranges::min(keys, {}, &Prospect::signatures).slot;
}

// Of the port of every type that the enterprise declares, each once.
std::vector<std::string> dialects_used(const config::Settings& settings, const config::Enterprise& enterprise) {
  std::vector<std::string> names;
  const auto add = [&](const std::string& port_name) {
    const config::Port* port = settings.port(port_name);
    const std::string name = dialect_name(enterprise, port == nullptr ? config::Port{} : *port);
    if (std::ranges::find(names, name) == names.end()) names.push_back(name);
  };
  add(enterprise.port);
  for (const auto& [type, port] : enterprise.ports) add(port);
  return names;
}

std::vector<std::unique_ptr<KeySlot>> slots_for(const config::Settings& settings, const config::Enterprise& enterprise,
                                                Surroundings& surroundings) {
  const auto dialects = dialects_used(settings, enterprise);
  std::vector<std::unique_ptr<KeySlot>> slots;
  std::map<std::string, int> named;  // one key may stand there twice, with an old certificate and a new one
  for (const auto& key : enterprise.keys) {
    std::string name = uri_without_pin(key.uri);
    if (const int times = ++named[name]; times > 1) name += " #" + std::to_string(times);
    slots.push_back(std::make_unique<KeySlot>(key, name, dialects, surroundings));
  }
  return slots;
}

}  // namespace

KeyRing::KeyRing(const config::Settings& settings, const config::Enterprise& enterprise, Surroundings& surroundings)
    : enterprise_(enterprise.code), name_(enterprise.name), slots_(slots_for(settings, enterprise, surroundings)) {}

// A key that is at work for a caller.
class KeyRing::Turn {
 public:
  Turn(const KeyRing& ring, const std::set<KeySlot*>& failed) : ring_(ring) {
    const std::scoped_lock lock(ring.mutex_);
    slot_ = ring.next(failed);
    if (slot_ != nullptr) ++ring.at_work_[slot_];
  }
  ~Turn() {
    const std::scoped_lock lock(ring_.mutex_);
    if (slot_ != nullptr) --ring_.at_work_[slot_];
  }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;
  KeySlot* slot() const { return slot_; }

 private:
  const KeyRing& ring_;
  KeySlot* slot_;
};

base::Result<std::string> KeyRing::with_key(const Work& work) const {
  std::set<KeySlot*> failed;
  for (;;) {
    const Turn turn(*this, failed);
    KeySlot* const slot = turn.slot();
    if (slot == nullptr) return none();
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
}

// The keys of the newest time of taking over that has come.
std::vector<KeySlot*> KeyRing::on_duty() const {
  std::optional<base::Time> newest;
  for (const auto& slot : slots_) {
    if (slot->from() && slot->has_come()) newest = std::max(newest.value_or(*slot->from()), *slot->from());
  }
  std::vector<KeySlot*> keys;
  for (const auto& slot : slots_) {
    if (slot->from() == newest) keys.push_back(slot.get());
  }
  return keys;
}

KeySlot* KeyRing::next(const std::set<KeySlot*>& failed) const {
  std::vector<Prospect> keys;
  for (KeySlot* slot : on_duty()) {
    const auto key = failed.contains(slot) ? nullptr : slot->usable();
    if (key) keys.push_back(prospect_of(slot, *key, at_work_[slot]));
  }
  return best_of(std::move(keys));
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
  std::vector<KeyReport> reports;
  for (const auto& slot : slots_) {
    KeyReport report = slot->report();
    report.enterprise = enterprise_;
    if (report.certificate) report.another_company = another_company(report.certificate->companies);
    if (slot->has_come() && std::ranges::find(duty, slot.get()) == duty.end()) {
      report.standing = Standing::relieved;
      report.why_zh = "已由新密钥接替";
      report.why_en = "a newer key has taken over";
    }
    reports.push_back(std::move(report));
  }
  return reports;
}

// Some authorities write the code in the place of the name.
std::string KeyRing::another_company(const std::vector<std::string>& companies) const {
  const auto is_ours = [&](const auto& one) {
    return signing::same_company(one, name_) || signing::same_company(one, enterprise_);
  };
  if (std::ranges::any_of(companies, is_ours)) return "";
  std::string listed;
  for (const auto& one : companies) listed += (listed.empty() ? "" : ", ") + one;
  return listed;
}

unsigned KeyRing::device_lanes() const {
  unsigned lanes = 0;
  for (const auto& slot : slots_) lanes += slot->device_lanes();
  return lanes;
}

}  // namespace gateway::keys
