#include "gateway/intake/post_answers.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "gateway/lifecycle/state.h"
#include "gateway/views/answers.h"
#include "gateway/views/document_json.h"

namespace gateway::intake {
namespace {

namespace json = boost::json;

json::object item(const Candidate& candidate, const ledger::Summary& summary) {
  json::object taken{{"id", summary.id},
                     {"type", summary.type},
                     {"key", summary.key},
                     {"number", summary.number},
                     {"version", summary.version},
                     {"state", lifecycle::word(summary.picture.state)},
                     {"href", "/v1/documents/" + summary.id}};
  if (!candidate.faults.empty()) taken["warnings"] = views::faults(candidate.faults);
  return taken;
}

}  // namespace

http::Response taken(const Candidates& candidates, std::span<const ledger::Summary> accepted) {
  json::array items;
  bool all_known = true;
  auto next = accepted.begin();
  for (const Candidate& candidate : candidates) {
    all_known = all_known && candidate.known && !candidate.is_refused();
    if (candidate.is_refused()) {
      items.push_back({{"index", candidate.index}, {"faults", views::faults(candidate.faults)}});
    } else {
      items.push_back(item(candidate, candidate.known ? *candidate.known : *next++));
    }
  }
  return views::json_answer(all_known ? 200 : 202, items);
}

http::Response refused(const Candidates& candidates) {
  Refusal worst = Refusal::none;
  base::Faults faults;
  for (const Candidate& candidate : candidates) {
    worst = std::max(worst, candidate.refusal);
    if (candidate.is_refused()) faults.insert(faults.end(), candidate.faults.begin(), candidate.faults.end());
  }
  if (worst == Refusal::forbidden) return http::Response::problem(403, "not allowed", faults);
  if (worst == Refusal::invalid)
    return http::Response::problem(422, "the documents have faults; nothing was taken", faults);
  return http::Response::problem(409, "in conflict with what was posted before; nothing was taken", faults);
}

http::Response judged(const Candidates& candidates) {
  json::array verdicts;
  for (const Candidate& candidate : candidates) {
    verdicts.push_back({{"index", candidate.index},
                        {"type", candidate.type_name},
                        {"key", candidate.key},
                        {"valid", !candidate.is_refused()},
                        {"faults", views::faults(candidate.faults)}});
  }
  return views::json_answer(200, verdicts);
}

}  // namespace gateway::intake
