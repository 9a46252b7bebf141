// The report as one HTML file: both languages, nothing loaded, no script but its own. Pure;
// docs/formats/joint-report.md.
#pragma once

#include <string>

#include "schemas/catalog.h"
#include "tools/jointtest/report/masking.h"
#include "tools/jointtest/results.h"

namespace tools::jointtest::report {

// The run is shown as it is; `masking` says in words whether it was masked.
std::string page(const RunResult& run, const schemas::Catalog& catalog, Masking masking);

}  // namespace tools::jointtest::report
