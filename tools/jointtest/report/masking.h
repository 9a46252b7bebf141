// A run as it may be shown to those who must not see whom its documents are about. Pure.
#pragma once

#include "schemas/catalog.h"
#include "tools/jointtest/results.h"

namespace tools::jointtest::report {

enum class Masking { masked, shown };

// In every message, receipt, step and verdict "***" stands for what an element holds that is personal in any type of
// the catalog (private_fields), for that value wherever else it stands (from four bytes on), for identity numbers and
// telephones as such, and for the signer's certificate, whose extensions may name its holder. What the data exchange
// platform's envelope carries in Base64 is masked inside. All else stays byte for byte; no signature holds afterwards.
RunResult masked(RunResult run, const schemas::Catalog& catalog);

}  // namespace tools::jointtest::report
