// How everything stands, in figures that are kept as things happen: none of this goes through the documents themselves.
// `enterprises`: whose figures are asked for; empty: everybody's.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "gateway/ledger/records.h"

namespace gateway::ledger {

// What became of documents in a stretch of time.
struct Flow {
  std::int64_t accepted = 0, sent = 0, settled = 0, refused = 0, held = 0;
};

struct FlowMinute {
  base::Time minute;
  Flow flow;
  std::optional<double> p50_seconds, p90_seconds;  // from acceptance to settlement, of those settled in it
};

struct OldestWaiting {
  std::string port, id, key;
  State state = State::accepted;
  base::Time since;
};

struct RefusalCount {
  std::string type, code;
  std::int64_t count = 0;
};

struct Overview {
  std::map<State, std::size_t> states;
  Flow today;                                                      // the day of China
  std::vector<FlowMinute> minutes;                                 // the last 60, oldest first, this one included
  std::vector<OldestWaiting> oldest_waiting;                       // one for each port that has any
  std::size_t unmatched = 0, unreadable = 0, unheard_notices = 0;  // counted up to `most_counted`
  std::vector<RefusalCount> codes_today;                           // the commonest first, no more than `most_codes`
};

struct OverviewQuery {
  base::Time now;
  std::vector<std::string> enterprises;
  std::optional<std::vector<std::string>> dxp_ids;  // of them; absent: everybody's
  std::vector<std::string> ports;
};

class OverviewBook {
 public:
  virtual ~OverviewBook() = default;

  static constexpr int minutes_shown = 60;
  static constexpr std::size_t most_counted = 10'000, most_codes = 50;
  virtual Overview overview(const OverviewQuery& query) = 0;
  // What happened since, by the minutes' figures, of everybody.
  virtual Flow flow_since(base::Time since) = 0;
  // Minutes are forgotten after a day, days after a year. Gives how many figures went.
  virtual std::size_t prune_figures(base::Time now) = 0;
};

}  // namespace gateway::ledger
