#include "gateway/ledger/trouble_line.h"

#include "base/log.h"
#include "gateway/ledger/ledger_error.h"

namespace gateway::ledger {

bool is_told_by_the_ledger(const std::exception& error) {
  const auto* const trouble = dynamic_cast<const LedgerError*>(&error);
  return trouble != nullptr && trouble->trouble() != Trouble::other;
}

void log_trouble(std::string_view part, const std::string& about, const std::exception& error) {
  if (!is_told_by_the_ledger(error)) base::log(base::LogLevel::error, part, about + error.what());
}

}  // namespace gateway::ledger
