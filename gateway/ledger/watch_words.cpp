#include <algorithm>
#include <array>

#include "gateway/ledger/alerts_book.h"
#include "gateway/ledger/ports_book.h"

namespace gateway::ledger {

namespace {

constexpr std::array<std::string_view, 3> port_order_words{"pause", "resume", "set_concurrency"};
constexpr std::array<std::string_view, 8> alert_words{"port_unreachable", "port_paused",     "key_out",
                                                      "ledger_trouble",   "receipts_silent", "held_growing",
                                                      "notices_unheard",  "certificate_ends"};

}  // namespace

std::string_view word(PortOrder order) { return port_order_words.at(static_cast<std::size_t>(order)); }

std::optional<PortOrder> read_port_order(std::string_view word) {
  const auto* found = std::ranges::find(port_order_words, word);
  if (found == port_order_words.end()) return std::nullopt;
  return static_cast<PortOrder>(found - port_order_words.begin());
}

std::string_view word(AlertKind kind) { return alert_words.at(static_cast<std::size_t>(kind)); }

std::optional<AlertKind> read_alert_kind(std::string_view word) {
  const auto* found = std::ranges::find(alert_words, word);
  if (found == alert_words.end()) return std::nullopt;
  return static_cast<AlertKind>(found - alert_words.begin());
}

std::optional<AlertState> read_alert_state(std::string_view word) {
  if (word == "open") return AlertState::open;
  if (word == "ended") return AlertState::ended;
  return std::nullopt;
}

}  // namespace gateway::ledger
