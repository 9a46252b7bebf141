// The parts of the page as HTML, in the order in which they stand. Pure.
#pragma once

#include <string>

#include "schemas/catalog.h"
#include "tools/jointtest/report/masking.h"
#include "tools/jointtest/results.h"

namespace tools::jointtest::report {

std::string heading_html(const RunResult& run, Masking masking);
std::string matrix_html(const RunResult& run, const schemas::Catalog& catalog);
std::string times_html(const RunResult& run, const schemas::Catalog& catalog);
std::string open_points_html(const RunResult& run, const schemas::Catalog& catalog);
std::string cases_html(const RunResult& run, const schemas::Catalog& catalog, Masking masking);
std::string messages_html(const CaseResult& one, std::size_t case_index, const schemas::Catalog& catalog,
                          Masking masking);
std::string signing_off_html(const RunResult& run);

}  // namespace tools::jointtest::report
