// Groups due documents into messages: one enterprise, one type, at most the port's limit and the type's. Pure.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "gateway/ledger/records.h"

namespace gateway::dispatch {

struct Batch {
  std::string enterprise, type;
  std::vector<ledger::DueDocument> documents;
};

struct BatchLimits {
  std::size_t documents = 1;                                 // the port's
  std::function<std::size_t(const std::string&)> of_type{};  // what a message of the type may hold; absent: any number
  std::chrono::milliseconds linger{0};                       // a batch that is not full waits so long for more
};

struct Grouped {
  std::vector<Batch> batches;  // in the order of age, without those that linger; those that go alone last
  std::optional<base::Time> lingers_until = {};  // when the first of these has to go, full or not
};
Grouped group(std::vector<ledger::DueDocument> due, const BatchLimits& limits, base::Time now);

}  // namespace gateway::dispatch
