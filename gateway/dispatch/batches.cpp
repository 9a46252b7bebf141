#include "gateway/dispatch/batches.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <utility>

namespace gateway::dispatch {

namespace {

std::size_t most_of(const std::string& type, const BatchLimits& limits) {
  return limits.of_type ? std::min(limits.documents, limits.of_type(type)) : limits.documents;
}

}  // namespace

Grouped group(std::vector<ledger::DueDocument> due, const BatchLimits& limits, base::Time now) {
  std::stable_sort(due.begin(), due.end(), [](const auto& a, const auto& b) { return a.created_at < b.created_at; });
  Grouped grouped;
  auto& batches = grouped.batches;
  std::vector<Batch> alone;
  std::map<std::pair<std::string, std::string>, std::size_t> open;  // the batch that still takes documents
  for (auto& document : due) {
    if (document.goes_alone) {
      alone.push_back({document.enterprise, document.type, {}});
      alone.back().documents.push_back(std::move(document));
      continue;
    }
    const auto group = std::make_pair(document.enterprise, document.type);
    const auto found = open.find(group);
    if (found == open.end() || batches[found->second].documents.size() >= most_of(document.type, limits)) {
      open[group] = batches.size();
      batches.push_back({document.enterprise, document.type, {}});
    }
    batches[open[group]].documents.push_back(std::move(document));
  }
  std::erase_if(batches, [&](const Batch& batch) {
    const auto created = batch.documents.front().created_at;
    const auto until = created + limits.linger;
    const bool clock_was_set_back = created > now;
    if (batch.documents.size() >= most_of(batch.type, limits) || now >= until || clock_was_set_back) return false;
    grouped.lingers_until = std::min(grouped.lingers_until.value_or(until), until);
    return true;
  });
  std::ranges::move(alone, std::back_inserter(batches));
  return grouped;
}

}  // namespace gateway::dispatch
