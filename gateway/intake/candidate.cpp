#include "gateway/intake/candidate.h"

#include <algorithm>

namespace gateway::intake {

void Candidate::refuse(Refusal why, base::Fault fault) {
  refusal = std::max(refusal, why);
  faults.push_back(std::move(fault));
}

void Candidate::refuse_all(Refusal why, const base::Faults& all) {
  for (const base::Fault& fault : all) refuse(why, fault);
}

std::string Candidate::document_path() const { return form == PostForm::json ? place + "/document" : place; }

std::string Candidate::field_path(std::string_view head_field) const {
  const std::string_view step = form == PostForm::json ? "/" : "/ceb:";
  std::string path = document_path();
  if (!type->head.empty()) path.append(step).append(type->head);
  return path.append(step).append(head_field);
}

}  // namespace gateway::intake
