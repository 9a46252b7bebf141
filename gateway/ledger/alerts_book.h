// Troubles that began and ended: one row each, however many gateways see it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/ledger/records.h"

namespace gateway::ledger {

enum class AlertKind {
  port_unreachable,
  port_paused,
  key_out,
  ledger_trouble,
  receipts_silent,
  held_growing,
  notices_unheard,
  certificate_ends,
};
std::string_view word(AlertKind kind);
std::optional<AlertKind> read_alert_kind(std::string_view word);

struct Alert {
  std::int64_t id = 0;  // not read when it begins
  AlertKind kind = AlertKind::port_unreachable;
  std::string subject;     // a port, a client, an enterprise and its key; empty: the gateway itself
  std::string enterprise;  // only for whoever sees it; empty: for everybody
  std::string zh, en;
  base::Time began_at;
  std::optional<base::Time> ended_at{};
};

enum class AlertState { open, ended };
std::optional<AlertState> read_alert_state(std::string_view word);

struct AlertQuery {
  std::optional<AlertState> state;
  std::vector<std::string> enterprises;  // what the caller may see; empty: all
  std::size_t limit = 100;
  std::int64_t before = 0;  // the id a page before ended with; 0: from the newest
};

// Whether ports answer what was sent to them.
struct SilenceQuery {
  std::string port;
  base::Time due_by;  // what is due later is not looked at
};

struct PortSilence {
  std::string port;
  std::optional<base::Time> first_due;   // when the first receipt of something unanswered should be here
  std::optional<base::Time> last_heard;  // among the newest records of all ports
};

class AlertsBook {
 public:
  virtual ~AlertsBook() = default;

  // False: it goes on already; its words and its beginning stay as they are.
  virtual bool begin_alert(const Alert& alert) = 0;
  virtual bool end_alert(std::int64_t id, base::Time now) = 0;     // false: it has ended
  virtual std::vector<Alert> alerts(const AlertQuery& query) = 0;  // newest first
  static constexpr std::size_t most_open_alerts = 10'000;
  virtual std::vector<PortSilence> port_silences(const std::vector<SilenceQuery>& ports) = 0;
  virtual std::size_t prune_alerts(base::Time ended_before) = 0;
};

}  // namespace gateway::ledger
