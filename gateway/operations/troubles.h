// Which troubles there are, by what is seen at one moment; the words for people with them. Pure.
#pragma once

#include <cstdint>
#include <vector>

#include "base/clock.h"
#include "config/settings.h"
#include "gateway/keys/report.h"
#include "gateway/ledger/alerts_book.h"
#include "gateway/ledger/ports_book.h"
#include "gateway/ledger/records.h"
#include "gateway/operations/operations.h"

namespace gateway::operations {

inline constexpr std::chrono::minutes held_lately{10};
inline constexpr std::int64_t many_held = 10;  // within that time

// Half of the time by which a receipt should have come.
std::chrono::milliseconds longest_silence(const config::Port& port);

struct Signs {
  std::vector<PortHealth> ports;
  std::vector<ledger::PortOrders> orders;
  std::vector<ledger::PortSilence> silences;
  std::vector<keys::KeyReport> keys;
  std::vector<ledger::NoticeBacklog> notices;
  std::int64_t held = 0;             // documents that came to be held lately
  bool is_held_growing_yet = false;  // it goes on until none is held any more
  base::Time now;
};

std::vector<ledger::Alert> troubles(const Signs& signs, const config::Settings& settings);

}  // namespace gateway::operations
