// What both sides have to come back to after the run. Pure.
#pragma once

#include <string>
#include <vector>

#include "schemas/catalog.h"
#include "tools/jointtest/report/words.h"

namespace tools::jointtest::report {

enum class OpenKind { failed, not_run, skipped, not_ended, bad_signature };
Words title(OpenKind kind);

struct OpenPoint {
  OpenKind kind = OpenKind::failed;
  std::string place;  // "bonded-import-1210:12", or the key of a document
  std::string step;   // as it stands in the scenario; empty where it is about a document or a whole case
  Words says;
  std::string id;  // where the page tells of it
};

// Failed steps; cases that were not come to, or not to their end; skipped cases and steps; documents that are neither
// settled, refused nor withdrawn; messages whose signature does not hold. A case may be about one of the last two:
// where it passed, that is said. In the order of `OpenKind`, then of the run.
std::vector<OpenPoint> open_points(const RunResult& run, const schemas::Catalog& catalog);

// Where a step stands: "bonded-import-1210:12".
std::string place_of(const CaseResult& one, const StepResult& step);

}  // namespace tools::jointtest::report
