// Writes the report of a joint-test run into its folder and says where it is; `cebgate jointtest report` writes it
// anew.
#pragma once

#include <filesystem>

#include "schemas/catalog.h"
#include "tools/cebgate/program.h"
#include "tools/jointtest/results.h"

namespace tools::cebgate {

// Exit::unusable, with the faults on stderr, where a file could not be written. Personal data is masked.
Exit leave_report(const jointtest::RunResult& results, const std::filesystem::path& folder,
                  const schemas::Catalog& catalog, Format format, Language language);

void add_report(Program& program, CLI::App& jointtest);

}  // namespace tools::cebgate
