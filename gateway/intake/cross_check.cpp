#include "gateway/intake/cross_check.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "codecs/ceb/differences.h"
#include "codecs/ceb/identity.h"
#include "gateway/intake/cross_words.h"

namespace gateway::intake {

using codecs::ceb::OfSale;
using codecs::ceb::Reference;

namespace {

bool can_be_compared(const Candidate& candidate) {
  return candidate.type != nullptr && candidate.enterprise != nullptr && !candidate.body.name.empty() &&
         candidate.refusal != Refusal::conflict && candidate.refusal != Refusal::forbidden;
}

std::optional<base::Severity> severity_for(const Candidate& candidate, CrossCheck::Manner manner) {
  if (!can_be_compared(candidate)) return std::nullopt;
  if (manner == CrossCheck::Manner::as_asked) return base::Severity::error;
  const config::CrossCheck wanted = candidate.enterprise->cross_check;
  if (wanted == config::CrossCheck::off || candidate.known) return std::nullopt;
  return wanted == config::CrossCheck::refuse ? base::Severity::error : base::Severity::warning;
}

// Where two others differ, only the inventory that refers to both is told.
bool concerns(const schemas::Catalog& catalog, const codecs::ceb::Difference& difference,
              const codecs::ceb::Sale& sale) {
  const OfSale* subject = &sale.subject();
  return difference.left.document == subject || difference.right.document == subject ||
         catalog.siblings().awaits(subject->type->name);
}

}  // namespace

// The documents of one post, by the numbers that they are named by.
class CrossCheck::Post {
 public:
  explicit Post(const Candidates& candidates) {
    for (const Candidate& one : candidates) {
      if (!can_be_compared(one)) continue;
      for (const std::string& field : one.type->number_fields) {
        by_number_.emplace(codecs::ceb::head_field(*one.type, one.body, field), &one);
      }
    }
  }

  std::vector<OfSale> find(const Reference& reference) const {
    std::vector<OfSale> found;
    const auto [begin, end] = by_number_.equal_range(reference.values.back());
    for (auto at = begin; at != end; ++at) {
      const Candidate& one = *at->second;
      const auto is_it = [&](const OfSale& other) { return other.key == one.key; };
      if (one.type != reference.type || !fits(reference, one.body) || std::ranges::any_of(found, is_it)) continue;
      found.push_back({one.type, one.key, one.body});
    }
    return found;
  }

 private:
  std::multimap<std::string, const Candidate*> by_number_;
};

bool CrossCheck::is_wanted(const Candidates& candidates) {
  return std::ranges::any_of(candidates,
                             [](const Candidate& one) { return severity_for(one, Manner::by_settings).has_value(); });
}

void CrossCheck::check(const http::Caller& caller, Candidates& candidates, Manner manner) const {
  const Post post(candidates);
  for (Candidate& candidate : candidates) {
    if (const auto severity = severity_for(candidate, manner)) check_one(caller, post, candidate, *severity);
  }
}

void CrossCheck::check_one(const http::Caller& caller, const Post& post, Candidate& candidate,
                           base::Severity severity) const {
  const sales::Scope scope{
      candidate.enterprise->code, [&](const std::string& enterprise) { return caller.may(enterprise); },
      [&](const Reference& reference) { return post.find(reference); }, sales::Scope::Refused::left_out};
  const auto known = sales_.sale_of({candidate.type, candidate.key, candidate.body}, scope);
  for (const codecs::ceb::Difference& one : differences(catalog_, known.sale)) {
    if (!concerns(catalog_, one, known.sale)) continue;
    base::Fault fault = difference_fault(candidate, known.sale, one);
    const bool is_certain = one.certainty == codecs::ceb::Certainty::certain;
    fault.severity = is_certain ? severity : base::Severity::warning;
    if (fault.severity == base::Severity::error) {
      candidate.refuse(Refusal::invalid, std::move(fault));
    } else {
      candidate.faults.push_back(std::move(fault));
    }
  }
  for (const schemas::SiblingRule* rule : known.sale.missing) {
    candidate.faults.push_back(missing_warning(candidate, catalog_, *rule));
  }
}

}  // namespace gateway::intake
