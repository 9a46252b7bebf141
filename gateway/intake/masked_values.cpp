#include "gateway/intake/masked_values.h"

#include "codecs/ceb/identity.h"
#include "gateway/intake/prefilling.h"
#include "gateway/views/answers.h"
#include "gateway/views/personal_text.h"

namespace gateway::intake {

void unmask(Candidate& candidate, const ledger::Standing& newest) {
  if (candidate.type == nullptr || candidate.body.name.empty()) return;
  for (const std::string& field : candidate.type->private_fields) {
    if (codecs::ceb::head_field(*candidate.type, candidate.body, field) != views::mask) continue;
    codecs::ceb::set_head_field(*candidate.type, candidate.body, field, known_number(*candidate.type, newest, field));
  }
}

void refuse_masked(Candidate& candidate) {
  for (const std::string& field : candidate.type->private_fields) {
    if (codecs::ceb::head_field(*candidate.type, candidate.body, field) != views::mask) continue;
    candidate.refuse(Refusal::invalid,
                     views::fault("intake.masked", candidate.field_path(field),
                                  field + " 是遮盖后的 ***，不是原值；请填写原值（可先查看原文）。",
                                  field + " is the *** that was shown in its place: post the value itself (ask for its "
                                          "disclosure where you do not have it)."));
  }
}

}  // namespace gateway::intake
