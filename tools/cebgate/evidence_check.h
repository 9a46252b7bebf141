// Says whether a zip of evidence holds, by itself: no gateway, settings or network is asked.
#pragma once

#include <string>

#include "tools/cebgate/customs_data.h"
#include "tools/cebgate/exit_status.h"
#include "tools/cebgate/verify_terms.h"

namespace tools::cebgate {

struct EvidenceCheck {
  std::string file;
  TermsChoice terms;
  CustomsChoice customs;  // the edition: where it is left open, that of the evidence
};

Exit check_evidence(const EvidenceCheck& order, Format format, Language language);

}  // namespace tools::cebgate
