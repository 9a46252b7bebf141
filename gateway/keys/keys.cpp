#include "gateway/keys/keys.h"

#include <chrono>
#include <future>

#include "gateway/keys/dialects.h"

namespace gateway::keys {

namespace {

constexpr std::chrono::seconds longest_round{1};

base::Fault about(const std::string& enterprise, base::Fault fault) {
  fault.zh = "企业 " + enterprise + "：" + fault.zh;
  fault.en = "enterprise " + enterprise + ": " + fault.en;
  return fault;
}

// Beside the ledger, where the gateway may write; the settings' own folder where the ledger has none.
std::filesystem::path state_folder(const config::Settings& settings) {
  constexpr std::string_view sqlite = "sqlite:";
  const std::string& url = settings.ledger.url;
  return url.starts_with(sqlite) ? std::filesystem::path(url.substr(sqlite.size())).parent_path()
                                 : settings.file.parent_path();
}

std::string date(base::Time time) { return base::rfc3339(time).substr(0, 10); }

// Nothing is to be done about the end of a certificate that another has relieved.
Nearness end_to_tell(const KeyReport& key, base::Time now) {
  if (!key.certificate || key.standing == Standing::relieved) return Nearness::far;
  return nearness(key.certificate->not_after, now);
}

std::string coming_end(const CertificateFacts& certificate, base::Time now) {
  const auto days = std::chrono::duration_cast<std::chrono::days>(certificate.not_after - now).count();
  return "its certificate " + certificate.serial + " ends in " + std::to_string(days) + " days, on " +
         date(certificate.not_after) + "; apply for the next one and set it beside this one with `from`";
}

// Same for the same news, so that it is told once.
std::string news_of(const KeyReport& key, base::Time now) {
  return std::string(word(key.standing)) + " " + key.why_en + " " + std::string(word(end_to_tell(key, now))) + " " +
         key.another_company;
}

Tidings told_of(const KeyReport& key, base::Time now) {
  const bool fails = key.standing == Standing::resting || key.standing == Standing::out_of_use;
  const auto end = end_to_tell(key, now);
  const bool ends = end != Nearness::far && end != Nearness::ended;  // an end that has come is why it is out of use
  std::string text = "enterprise " + key.enterprise + ", key " + key.key + ": " + std::string(word(key.standing));
  if (key.standing == Standing::in_use) text += ", certificate " + key.certificate->serial;
  if (!key.why_en.empty()) text += ": " + key.why_en;
  if (ends) text += "; " + coming_end(*key.certificate, now);
  const bool another = !key.another_company.empty();
  if (another) text += "; its certificate belongs to " + key.another_company + ": check `name` and the certificate";
  return {fails ? base::LogLevel::error : ends || another ? base::LogLevel::warning : base::LogLevel::info, text};
}

}  // namespace

Keys::Keys(const config::Settings& settings, const base::Clock& clock)
    : clock_(clock),
      pins_(state_folder(settings) / "refused-pins"),
      surroundings_{settings.file.parent_path(), dialects_of(settings), pins_, clock} {
  for (const auto& enterprise : settings.enterprises) {
    rings_.emplace(enterprise.code, std::make_unique<KeyRing>(settings, enterprise, surroundings_));
  }
}

base::Result<std::unique_ptr<Keys>> Keys::open(const config::Settings& settings, const base::Clock& clock) {
  auto keys = std::make_unique<Keys>(settings, clock);
  keys->care();
  keys->settle();
  auto faults = keys->faults_that_keep_from_starting();
  if (!faults.empty()) return faults;
  return keys;
}

void Keys::care() {
  look_at_due();
  const auto end = std::chrono::steady_clock::now() + longest_round;
  for (const auto& [slot, look] : looks_) look.wait_until(end);
  for (auto next = looks_.begin(); next != looks_.end();) {
    if (next->second.wait_for(std::chrono::seconds(0)) != std::future_status::ready) {
      ++next;
      continue;
    }
    auto finished = std::move(next->second);
    next = looks_.erase(next);
    finished.get();
  }
}

void Keys::settle() {
  while (!looks_.empty()) {
    auto look = std::move(looks_.begin()->second);
    looks_.erase(looks_.begin());
    look.get();
  }
}

void Keys::look_at_due() {
  for (const auto& [enterprise, ring] : rings_) {
    for (const auto& slot : ring->slots()) {
      if (looks_.contains(slot.get()) || !slot->is_due()) continue;
      looks_[slot.get()] = std::async(std::launch::async, [one = slot.get()] { one->care(); });
    }
  }
}

base::Faults Keys::faults_that_keep_from_starting() const {
  base::Faults faults;
  for (const auto& [enterprise, ring] : rings_) {
    for (const auto& slot : ring->slots()) {
      for (const auto& fault : slot->faults()) {
        if (keeps_from_starting(fault)) faults.push_back(about(enterprise, fault));
      }
    }
  }
  return faults;
}

std::vector<Tidings> Keys::tidings() {
  const auto now = clock_.now();
  std::vector<Tidings> all;
  for (const auto& key : report()) {
    std::string news = news_of(key, now);
    std::string& told = told_[key.enterprise + " " + key.key];
    if (told == news) continue;
    told = std::move(news);
    all.push_back(told_of(key, now));
  }
  return all;
}

std::vector<KeyReport> Keys::report() const {
  std::vector<KeyReport> all;
  for (const auto& [enterprise, ring] : rings_) {
    for (auto& report : ring->report()) all.push_back(std::move(report));
  }
  return all;
}

}  // namespace gateway::keys
