#include "gateway/keys/keys.h"

#include <chrono>
#include <future>

#include "gateway/keys/dialects.h"

namespace gateway::keys {

namespace {

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

// What there is to tell of the certificate's end; empty while it is far.
std::string ending(const CertificateFacts& certificate, base::Time now) {
  const auto left = nearness(certificate.not_after, now);
  if (left == Nearness::far) return "";
  if (left == Nearness::ended)
    return "its certificate " + certificate.serial + " ended on " + date(certificate.not_after);
  const auto days = std::chrono::duration_cast<std::chrono::days>(certificate.not_after - now).count();
  return "its certificate " + certificate.serial + " ends in " + std::to_string(days) + " days, on " +
         date(certificate.not_after) + "; apply for the next one and set it beside this one with `from`";
}

// Same for the same news, so that it is told once.
std::string news_of(const KeyReport& key, base::Time now) {
  std::string news(word(key.standing));
  news += " " + key.why_en;
  if (key.certificate) news += " " + std::string(word(nearness(key.certificate->not_after, now)));
  return news;
}

Tidings told_of(const KeyReport& key, base::Time now) {
  const bool works = key.standing == Standing::in_use;
  const bool fails = key.standing == Standing::resting || key.standing == Standing::out_of_use;
  const std::string end = key.certificate ? ending(*key.certificate, now) : "";
  std::string text = "enterprise " + key.enterprise + ", key " + key.key + ": " + std::string(word(key.standing));
  if (works && key.certificate) text += ", certificate " + key.certificate->serial;
  if (!key.why_en.empty()) text += ": " + key.why_en;
  if (!end.empty() && key.why_en.empty()) text += "; " + end;
  return {fails ? base::LogLevel::error : end.empty() ? base::LogLevel::info : base::LogLevel::warning, text};
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
  auto faults = keys->faults_that_keep_from_starting();
  if (!faults.empty()) return faults;
  return keys;
}

// At the same time, so that a device that hangs keeps none of the others waiting.
void Keys::care() {
  std::vector<std::future<void>> under_way;
  for (const auto& [enterprise, ring] : rings_) {
    for (const auto& slot : ring->slots()) {
      if (!slot->is_due()) continue;
      under_way.push_back(std::async(std::launch::async, [one = slot.get()] { one->care(); }));
    }
  }
  for (auto& one : under_way) one.get();
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
