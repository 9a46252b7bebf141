// One document before one order: what bears on it, and the move that the order becomes. Pure.
#pragma once

#include <optional>
#include <string>

#include "base/clock.h"
#include "config/settings.h"
#include "gateway/ledger/records.h"
#include "gateway/operations/orders.h"
#include "schemas/knowledge.h"

namespace gateway::operations {

Subject subject_of(const schemas::Knowledge& knowledge, const ledger::Bearings& bearings);

// Whose order it is, and what bears on it besides the document.
struct Circumstances {
  const config::Settings& settings;
  std::string by;
  base::Time now;
};

// Nothing: the document does not let it, see not_allowed().
std::optional<ledger::Departure> departure_of(const Subject& subject, const ledger::Bearings& bearings,
                                              const Order& order, const Circumstances& circumstances);

}  // namespace gateway::operations
