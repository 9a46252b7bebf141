// Writes report.html, junit.xml and evidence.zip of a run into a folder. May block. docs/formats/joint-report.md.
#pragma once

#include <filesystem>

#include "base/result.h"
#include "schemas/catalog.h"
#include "tools/jointtest/report/masking.h"
#include "tools/jointtest/results.h"

namespace tools::jointtest::report {

// The folder is made where it is not there; each file is there whole or as it was before. Where personal data is shown,
// the files are for their owner alone. Faults: file.write; evidence.too_large, the two other files being written.
base::Done write_report(const RunResult& run, const std::filesystem::path& directory, const schemas::Catalog& catalog,
                        Masking masking);

}  // namespace tools::jointtest::report
