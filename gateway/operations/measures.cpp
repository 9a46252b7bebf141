#include "gateway/operations/measures.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>
#include <utility>

#include "gateway/lifecycle/state.h"

namespace gateway::operations {
namespace {

using Family = prometheus::Family<prometheus::Gauge>;

Family& gauges(prometheus::Registry& registry, const std::string& name, const std::string& help) {
  return prometheus::BuildGauge().Name(name).Help(help).Register(registry);
}

prometheus::Family<prometheus::Counter>& counters(prometheus::Registry& registry, const std::string& name,
                                                  const std::string& help) {
  return prometheus::BuildCounter().Name(name).Help(help).Register(registry);
}

double seconds(std::chrono::milliseconds span) { return std::chrono::duration<double>(span).count(); }

// Every state has its line, so that a state that empties is seen to fall to nought.
void measure_states(prometheus::Registry& registry, const ledger::Backlog& backlog) {
  Family& documents = gauges(registry, "cebgate_documents", "Documents by state, the newest version of each key");
  for (std::size_t i = 0; i < lifecycle::state_count; ++i) {
    const auto state = static_cast<lifecycle::State>(i);
    const auto found = backlog.by_state.find(state);
    const double count = found == backlog.by_state.end() ? 0 : static_cast<double>(found->second);
    documents.Add({{"state", std::string(lifecycle::word(state))}}).Set(count);
  }
  using ledger::InboundState;
  static constexpr std::array inbound_states{InboundState::fresh, InboundState::applied, InboundState::unmatched,
                                             InboundState::foreign, InboundState::unreadable};
  Family& inbound = gauges(registry, "cebgate_inbound_records", "Records received from ports, by what became of them");
  for (const InboundState state : inbound_states) {
    const auto found = backlog.inbound.find(state);
    const double count = found == backlog.inbound.end() ? 0 : static_cast<double>(found->second);
    inbound.Add({{"state", std::string(ledger::word(state))}}).Set(count);
  }
}

void measure_codes(prometheus::Registry& registry, const ledger::Backlog& backlog) {
  gauges(registry, "cebgate_unexplained_codes", "Different codes of customs that came and that no table explains")
      .Add({})
      .Set(static_cast<double>(backlog.unexplained_codes));
}

void measure_ports(prometheus::Registry& registry, const Measured& measured) {
  Family& reachable = gauges(registry, "cebgate_port_reachable", "1 if the last exchange with the port succeeded");
  Family& oldest =
      gauges(registry, "cebgate_oldest_waiting_seconds", "Age of the oldest document that waits to be sent");
  for (const PortHealth& port : measured.ports) {
    reachable.Add({{"port", port.name}}).Set(port.reachable ? 1 : 0);
    oldest.Add({{"port", port.name}}).Set(0);
  }
  for (const auto& [port, since] : measured.backlog.oldest_waiting) {
    const auto age = std::max(measured.now - since, std::chrono::milliseconds(0));
    oldest.Add({{"port", port}}).Set(seconds(age));
  }
}

void measure_sending(prometheus::Registry& registry, std::span<const PortHealth> ports) {
  static constexpr std::array<std::string_view, 3> breaker_states{"closed", "open", "half_open"};
  Family& limit =
      gauges(registry, "cebgate_port_concurrency_limit", "How many deliveries may be under way at the same time");
  Family& under_way = gauges(registry, "cebgate_port_in_flight", "Deliveries under way");
  Family& breaker = gauges(registry, "cebgate_port_breaker", "1 for the state that the port's breaker is in");
  auto& failures =
      counters(registry, "cebgate_port_failures_total", "Deliveries unreachable or unknown since the start");
  for (const PortHealth& port : ports) {
    const prometheus::Labels labels{{"port", port.name}};
    limit.Add(labels).Set(static_cast<double>(port.limit));
    under_way.Add(labels).Set(static_cast<double>(port.under_way));
    failures.Add(labels).Increment(static_cast<double>(port.failures));
    for (const auto state : breaker_states) {
      breaker.Add({{"port", port.name}, {"state", std::string(state)}}).Set(port.breaker == state ? 1 : 0);
    }
  }
}

struct KeyFamilies {
  explicit KeyFamilies(prometheus::Registry& registry)
      : ends(gauges(registry, "cebgate_certificate_not_after_seconds",
                    "When the enterprise's certificate ends, seconds since the epoch")),
        in_use(gauges(registry, "cebgate_key_in_use", "1 if the key signs now")),
        seconds_each(
            gauges(registry, "cebgate_key_signature_seconds", "What one signature takes, the latest counting most")),
        queue_age(gauges(registry, "cebgate_key_queue_age_seconds",
                         "How long the oldest signature has been waiting that is asked of the key")),
        signatures(counters(registry, "cebgate_key_signatures_total", "Signatures made since the start")),
        failures(counters(registry, "cebgate_key_failures_total", "Signatures the key did not make, since the start")) {
  }
  Family &ends, &in_use, &seconds_each, &queue_age;
  prometheus::Family<prometheus::Counter>&signatures, &failures;
};

void measure_keys(prometheus::Registry& registry, std::span<const keys::KeyReport> all) {
  KeyFamilies families(registry);
  for (const auto& key : all) {
    prometheus::Labels labels{{"enterprise", key.enterprise}, {"key", key.key}};
    families.in_use.Add(labels).Set(key.standing == keys::Standing::in_use ? 1 : 0);
    families.seconds_each.Add(labels).Set(std::chrono::duration<double>(key.mean).count());
    families.queue_age.Add(labels).Set(seconds(key.queue_age));
    families.signatures.Add(labels).Increment(static_cast<double>(key.signatures));
    families.failures.Add(labels).Increment(static_cast<double>(key.failures));
    if (!key.certificate) continue;
    labels.erase("key");
    labels["serial"] = key.certificate->serial;
    families.ends.Add(labels).Set(seconds(key.certificate->not_after.time_since_epoch()));
  }
}

// A client that is told now has its lines though it has heard all.
void measure_notices(prometheus::Registry& registry, const Measured& measured) {
  Family& notices = gauges(registry, "cebgate_notices", "Notices that a client has not heard, by state");
  Family& oldest =
      gauges(registry, "cebgate_oldest_notice_seconds", "Age of the oldest notice that the client has yet to hear");
  auto& attempts = counters(registry, "cebgate_notice_attempts_total", "Attempts to tell a client, since the start");
  for (const NoticeAttempts& one : measured.notice_attempts) {
    for (const char* state : {"waiting", "unheard"}) notices.Add({{"client", one.client}, {"state", state}});
    oldest.Add({{"client", one.client}});
    for (const auto& [outcome, count] :
         {std::pair{"heard", one.heard}, std::pair{"failed", one.failed}, std::pair{"given_up", one.given_up}}) {
      attempts.Add({{"client", one.client}, {"outcome", outcome}}).Increment(static_cast<double>(count));
    }
  }
  for (const ledger::NoticeBacklog& one : measured.notice_backlog) {
    notices.Add({{"client", one.client}, {"state", "waiting"}}).Set(static_cast<double>(one.waiting));
    notices.Add({{"client", one.client}, {"state", "unheard"}}).Set(static_cast<double>(one.unheard));
    const auto age = measured.now - one.oldest_waiting.value_or(measured.now);
    oldest.Add({{"client", one.client}}).Set(seconds(std::max(age, std::chrono::milliseconds(0))));
  }
}

void measure_archive(prometheus::Registry& registry, const ArchiveHealth& archive) {
  const auto gauge = [&](const char* name, const char* help, double value) {
    gauges(registry, name, help).Add({}).Set(value);
  };
  gauge("cebgate_archived_documents", "Documents in the archive's files", static_cast<double>(archive.documents));
  gauge("cebgate_archive_files", "Files of the archive", static_cast<double>(archive.files));
  gauge("cebgate_archive_last_run_seconds", "When the archive last went well, seconds since the epoch; 0: not yet",
        archive.last_run ? seconds(archive.last_run->time_since_epoch()) : 0);
  gauge("cebgate_archive_failing", "1 while nothing can leave for the archive; the log says why",
        archive.is_failing ? 1 : 0);
}

}  // namespace

std::string prometheus_text(const Measured& measured) {
  prometheus::Registry registry;
  measure_states(registry, measured.backlog);
  measure_codes(registry, measured.backlog);
  measure_ports(registry, measured);
  measure_sending(registry, measured.ports);
  measure_keys(registry, measured.keys);
  measure_notices(registry, measured);
  if (measured.archive) measure_archive(registry, *measured.archive);
  counters(registry, "cebgate_documents_accepted_total", "Versions of documents accepted since the start")
      .Add({})
      .Increment(static_cast<double>(measured.accepted_total));
  return prometheus::TextSerializer().Serialize(registry.Collect());
}

}  // namespace gateway::operations
