// All that a run has left behind as files for one zip: report, results, every message and receipt by itself, what each
// file is in both languages, and a manifest with the digests of all of them. Pure.
#pragma once

#include <string>
#include <vector>

#include "gateway/evidence/zip.h"
#include "tools/jointtest/report/masking.h"
#include "tools/jointtest/results.h"

namespace tools::jointtest::report {

struct Written {
  std::string page, junit;
};

// `masking` says in words whether the run was masked.
std::vector<gateway::evidence::File> evidence_files(const RunResult& run, const Written& written, Masking masking);

}  // namespace tools::jointtest::report
