#include "gateway/operations/alert_watch.h"

#include <algorithm>

#include "base/log.h"
#include "gateway/ledger/ledger_error.h"

namespace gateway::operations {

using boost::asio::awaitable;
using ledger::Alert;
using ledger::AlertKind;
using std::chrono::milliseconds;

namespace {

constexpr milliseconds between_alert_looks{2'000};
constexpr std::chrono::hours between_prunings{1}, ended_alerts_kept{24 * 366};
constexpr const char* alerts_turn = "alerts";

bool is_among(const std::vector<Alert>& alerts, const Alert& one) {
  return std::ranges::any_of(
      alerts, [&](const Alert& other) { return other.kind == one.kind && other.subject == one.subject; });
}

// Its words may hold what a person wrote, which is not for the log.
std::string line_of(const Alert& alert) {
  return std::string(ledger::word(alert.kind)) + (alert.subject.empty() ? "" : " " + alert.subject);
}

}  // namespace

AlertWatch::AlertWatch(boost::asio::any_io_executor executor, AlertParts parts)
    : parts_(std::move(parts)), loop_(executor, {"alerts", "", between_alert_looks}) {}

void AlertWatch::start() {
  loop_.start([self = shared_from_this()] { return self->look(); });
}

awaitable<milliseconds> AlertWatch::look() {
  Signs signs;
  signs.now = parts_.clock.now();
  signs.ports = parts_.ports();
  signs.keys = parts_.keys();
  auto compare_them = [this, seen = std::move(signs)] {
    try {
      compare(seen);
    } catch (const ledger::LedgerError& error) {  // the ledger's own line in the log tells of it
      if (!outage_) outage_ = Outage{seen.now, error.what()};
    }
  };
  co_await parts_.store.run(std::move(compare_them));
  co_return between_alert_looks;
}

void AlertWatch::compare(Signs signs) {
  parts_.ledger.check();
  if (!parts_.ledger.take_turn(alerts_turn)) {
    outage_.reset();
    seen_.clear();
    return;
  }
  tell_of_outage(signs.now);
  ledger::AlertQuery query;
  query.state = ledger::AlertState::open;
  query.limit = ledger::Ledger::most_open_alerts;
  const auto open = parts_.ledger.alerts(query);
  gather(signs, open);
  const auto found = troubles(signs, parts_.settings);
  begin_new(found, open);
  end_those_over(found, open, signs.now);
  forget_old(signs.now);
}

void AlertWatch::gather(Signs& signs, const std::vector<Alert>& open) const {
  std::vector<ledger::SilenceQuery> ports;
  for (const config::Port& port : parts_.settings.ports) {
    ports.push_back({port.name, signs.now + longest_silence(port)});
  }
  signs.orders = parts_.ledger.port_orders();
  signs.silences = parts_.ledger.port_silences(ports);
  signs.notices = parts_.ledger.notice_backlog();
  signs.held = parts_.ledger.flow_since(signs.now - held_lately).held;
  signs.is_held_growing_yet =
      std::ranges::any_of(open, [](const Alert& alert) { return alert.kind == AlertKind::held_growing; });
}

// While it went on nothing could be written: it is told when it is over, with when it began.
void AlertWatch::tell_of_outage(base::Time now) {
  if (!outage_) return;
  Alert alert;
  alert.kind = AlertKind::ledger_trouble;
  alert.zh = "账本曾无法写入：" + outage_->what;
  alert.en = "the ledger could not be written: " + outage_->what;
  alert.began_at = outage_->since;
  alert.ended_at = now;
  parts_.ledger.begin_alert(alert);
  outage_.reset();
}

// What is seen once may be over by the next look: a poll that failed, a card that was slow.
void AlertWatch::begin_new(const std::vector<Alert>& found, const std::vector<Alert>& open) {
  std::set<Subject> seen;
  for (const Alert& alert : found) {
    const Subject subject{alert.kind, alert.subject};
    const bool was_seen = seen_.contains(subject);
    seen.insert(subject);
    if (!was_seen || is_among(open, alert) || !parts_.ledger.begin_alert(alert)) continue;
    base::log(base::LogLevel::warning, "alerts", line_of(alert) + " began");
  }
  seen_ = std::move(seen);
}

void AlertWatch::end_those_over(const std::vector<Alert>& found, const std::vector<Alert>& open, base::Time now) {
  for (const Alert& alert : open) {
    if (is_among(found, alert) || !parts_.ledger.end_alert(alert.id, now)) continue;
    base::log(base::LogLevel::info, "alerts", line_of(alert) + " is over");
  }
}

void AlertWatch::forget_old(base::Time now) {
  if (now - forgot_at_ < between_prunings) return;
  forgot_at_ = now;
  parts_.ledger.prune_figures(now);
  parts_.ledger.prune_alerts(now - ended_alerts_kept);
}

}  // namespace gateway::operations
