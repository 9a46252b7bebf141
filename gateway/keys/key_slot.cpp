#include "gateway/keys/key_slot.h"

#include <algorithm>
#include <array>

#include "config/secret_reading.h"
#include "gateway/keys/dialects.h"
#include "signing/company.h"
#include "signing/keys/file_key.h"
#include "signing/keys/open_key.h"
#include "signing/sign.h"

namespace gateway::keys {

namespace {

constexpr std::chrono::seconds first_pause{5}, longest_pause{60};
constexpr std::chrono::seconds idle_look{30};  // at a device that has signed nothing meanwhile

bool one_of(const std::string& code, std::initializer_list<std::string_view> codes) {
  return std::ranges::find(codes, code) != codes.end();
}

bool is_about_the_pin(const base::Fault& fault) { return one_of(fault.code, {"key.pin", "key.locked"}); }

bool is_about_the_device(const base::Fault& fault) { return one_of(fault.code, {"key.absent", "key.silent"}); }

base::Fault refused_before(const std::filesystem::path& memory) {
  return {
      .code = "key.pin",
      .path = {},
      .zh =
          "此口令（PIN）此前已被拒绝，不再尝试，以免锁定介质；请核对设置中的 pin，改正后重启；如介质已更换或解锁、"
          "口令确实无误，请先删除 " +
          memory.string(),
      .en =
          "this PIN was refused before and is not tried again, so that the card does not lock; correct `pin` in the "
          "settings and start again; if the card is another one or unlocked, and the PIN right, delete " +
          memory.string() + " first",
      .source = {}};
}

base::Fault ended(base::Time not_after) {
  return {.code = "key.expired",
          .path = {},
          .zh = "证书已于 " + base::rfc3339(not_after) + " 到期；请换用新证书",
          .en = "the certificate ended on " + base::rfc3339(not_after) + "; put a new one in its place",
          .source = {}};
}

base::Fault not_yet(base::Time begins) {
  return {.code = "key.none",
          .path = {},
          .zh = "等到 " + base::rfc3339(begins) + " 才启用",
          .en = "waits until " + base::rfc3339(begins),
          .source = {}};
}

// What a device is opened with: the PIN, or the URI that carries it or says where it is; empty: none. Files do not
// lock.
base::Secret tried_with(const signing::KeySource& source) {
  if (signing::keys::is_file_key(source.uri)) return {};
  if (!source.pin.empty()) return source.pin.copy();
  return uri_without_pin(source.uri) == source.uri ? base::Secret() : base::Secret(std::string_view(source.uri));
}

}  // namespace

bool keeps_from_starting(const base::Fault& fault) {
  return fault.code.starts_with("settings.") || fault.code == "signing.dialect" ||
         one_of(fault.code, {"key.read", "key.form", "key.certificate", "key.kind", "key.library", "key.memory"});
}

KeySlot::KeySlot(const config::SigningKey& settings, std::string name, std::vector<std::string> dialects,
                 Surroundings& surroundings)
    : settings_(settings),
      name_(std::move(name)),
      dialects_(std::move(dialects)),
      surroundings_(surroundings),
      pause_(first_pause) {}

bool KeySlot::is_due() const {
  const std::scoped_lock lock(mutex_);
  return condition_ != Condition::out_of_use && next_look_ <= surroundings_.clock.now();
}

void KeySlot::care() {
  std::shared_ptr<const MeasuredKey> key;
  {
    const std::scoped_lock lock(mutex_);
    key = key_;
    if (condition_ == Condition::good) {
      next_look_ = surroundings_.clock.now() + idle_look;
      const auto signatures = key->measures().signatures;
      const bool was_idle = std::exchange(signatures_at_last_look_, signatures) == signatures;
      if (!was_idle || key->parallel() == 0) return;
    }
  }
  if (key) {
    probe(*key);
  } else {
    open();
  }
}

base::Result<signing::KeySource> KeySlot::source() const {
  signing::KeySource source{.uri = settings_.uri,
                            .certificate = settings_.certificate,
                            .timeout = settings_.timeout,
                            .parallel = settings_.parallel};
  if (settings_.sm2_mechanism) {
    using Takes = signing::Sm2Mechanism::Takes;
    source.sm2_mechanism = signing::Sm2Mechanism{*settings_.sm2_mechanism,
                                                 settings_.sm2_takes == "message" ? Takes::message : Takes::digest};
  }
  if (!settings_.pin.empty()) {
    auto pin = config::read_secret(settings_.pin, surroundings_.folder);
    if (!pin) return pin.faults();
    source.pin = std::move(pin).value();
  }
  return source;
}

void KeySlot::open() {
  auto from = source();
  if (!from) return rest(from.faults());
  auto tried = tried_with(*from);
  const bool spends_a_try = !tried.empty();
  if (spends_a_try) {
    auto& pins = surroundings_.pins;
    if (const auto can_remember = pins.check(); !can_remember) return rest(can_remember.faults());
    if (pins.was_refused(uri_without_pin(from->uri), tried)) return put_out_of_use({refused_before(pins.file())});
    const std::scoped_lock lock(mutex_);
    tried_with_ = std::move(tried);
  }
  auto key = signing::keys::open_key(*from);
  const auto proved = key ? prove(**key) : base::Done(key.faults());
  if (proved) return set_good(std::move(key).value());
  // Some clients tell a wrong PIN in words that nobody knows: asked again and again, the card would lock.
  if (spends_a_try && proved.faults().front().code == "key.sign") return put_out_of_use(proved.faults());
  take_refusal(proved.faults());
}

base::Done KeySlot::prove(const signing::Key& key) const {
  for (const auto& name : dialects_) {
    const auto dialect = find_dialect(surroundings_.dialects, name, key.certificate().key_kind);
    if (!dialect) return dialect.faults();
    if (auto proved = signing::prove(key, *dialect); !proved) return proved;
  }
  return base::Nothing{};
}

void KeySlot::probe(const signing::Key& key) {
  const bool was_resting = [&] {
    const std::scoped_lock lock(mutex_);
    return condition_ == Condition::resting;
  }();
  const auto answered = key.check();
  // A key that rested signs again only after its signature has been seen to hold.
  const auto proved = answered && was_resting ? prove(key) : answered;
  if (!proved) return take_refusal(proved.faults());
  const std::scoped_lock lock(mutex_);
  if (condition_ != Condition::resting) return;
  condition_ = Condition::good;
  faults_.clear();
  pause_ = first_pause;
  next_look_ = surroundings_.clock.now() + idle_look;
}

bool KeySlot::proves_itself() {
  const auto key = [&] {
    const std::scoped_lock lock(mutex_);
    return key_;
  }();
  const auto proved = key ? prove(*key) : base::Done(base::Faults{});
  if (!proved && !proved.faults().empty()) rest(proved.faults());
  return static_cast<bool>(proved);
}

void KeySlot::set_good(std::shared_ptr<const signing::Key> key) {
  auto measured = std::make_shared<const MeasuredKey>(std::move(key), [this](const base::Fault& fault) {
    if (is_about_the_pin(fault) || is_about_the_device(fault)) take_refusal({fault});
  });
  const std::scoped_lock lock(mutex_);
  key_ = std::move(measured);
  condition_ = Condition::good;
  faults_.clear();
  pause_ = first_pause;
  next_look_ = surroundings_.clock.now() + idle_look;
}

void KeySlot::take_refusal(const base::Faults& faults) {
  if (!is_about_the_pin(faults.front())) return rest(faults);
  base::Secret refused;
  {
    const std::scoped_lock lock(mutex_);
    if (condition_ == Condition::out_of_use) return;
    condition_ = Condition::out_of_use;
    faults_ = faults;
    refused = std::move(tried_with_);
  }
  if (refused.empty()) return;
  const auto remembered = surroundings_.pins.remember(uri_without_pin(settings_.uri), refused);
  if (remembered) return;
  const std::scoped_lock lock(mutex_);
  faults_.insert(faults_.end(), remembered.faults().begin(), remembered.faults().end());
}

void KeySlot::rest(const base::Faults& faults) {
  const std::scoped_lock lock(mutex_);
  const auto now = surroundings_.clock.now();
  const bool rests_already = condition_ == Condition::resting && now < next_look_;
  if (condition_ == Condition::out_of_use) return;
  condition_ = Condition::resting;
  faults_ = faults;
  if (rests_already) return;
  next_look_ = now + pause_;
  pause_ = std::min<std::chrono::milliseconds>(2 * pause_, longest_pause);
}

void KeySlot::put_out_of_use(const base::Faults& faults) {
  const std::scoped_lock lock(mutex_);
  condition_ = Condition::out_of_use;
  faults_ = faults;
}

bool KeySlot::has_come() const {
  const auto now = surroundings_.clock.now();
  const std::scoped_lock lock(mutex_);
  return (!settings_.from || *settings_.from <= now) && (!key_ || key_->certificate().not_before <= now);
}

std::shared_ptr<const MeasuredKey> KeySlot::usable() const {
  const auto now = surroundings_.clock.now();
  const std::scoped_lock lock(mutex_);
  if (condition_ != Condition::good) return nullptr;
  const auto& certificate = key_->certificate();
  return certificate.not_before <= now && now <= certificate.not_after ? key_ : nullptr;
}

base::Faults KeySlot::faults() const {
  const std::scoped_lock lock(mutex_);
  return faults_;
}

unsigned KeySlot::device_lanes() const {
  const std::scoped_lock lock(mutex_);
  if (key_) return key_->parallel();
  return signing::keys::is_file_key(settings_.uri) ? 0 : std::max(1U, settings_.parallel);
}

KeyReport KeySlot::report() const {
  const auto now = surroundings_.clock.now();
  const std::scoped_lock lock(mutex_);
  KeyReport report;
  report.key = name_;
  report.from = settings_.from;
  base::Faults why = faults_;
  report.standing = condition_ == Condition::good         ? Standing::in_use
                    : condition_ == Condition::out_of_use ? Standing::out_of_use
                                                          : Standing::resting;
  if (key_) {
    const auto& certificate = key_->certificate();
    report.certificate = {certificate.serial,
                          certificate.subject,
                          certificate.not_before,
                          certificate.not_after,
                          signing::companies_of(certificate),
                          signing::organisation_code_of(certificate),
                          certificate.issuer};
    const auto measures = key_->measures();
    report.signatures = measures.signatures;
    report.failures = measures.failures;
    report.mean = measures.mean;
    report.queue_age = measures.oldest_pending;
    const auto begins = std::max(certificate.not_before, settings_.from.value_or(certificate.not_before));
    if (certificate.not_after < now) {
      report.standing = Standing::out_of_use;
      why.insert(why.begin(), ended(certificate.not_after));
    } else if (condition_ == Condition::good && now < begins) {
      report.standing = Standing::waiting;
      why = {not_yet(begins)};
    }
  }
  for (const auto& one : why) {
    report.why_zh += (report.why_zh.empty() ? "" : "；") + one.zh;
    report.why_en += (report.why_en.empty() ? "" : "; ") + one.en;
  }
  return report;
}

}  // namespace gateway::keys
