// The codes that name an enterprise, judged by their form alone. Pure.
#pragma once

#include <string_view>

#include "schemas/code_tables.h"
#include "tools/cebgate/doctor/finding.h"

namespace tools::cebgate::doctor {

// 18 characters with a check digit of its own and that of the organisation's code in it (GB 32100-2015, GB 11714-1997).
Finding judged_credit_code(const Words& subject, std::string_view code);

// 10 characters: district (4 digits), economic zone, kind of enterprise, number. No digit of it checks the others.
// `districts` is nothing where the tables cannot be read.
Finding judged_customs_code(const Words& subject, std::string_view code, const schemas::CodeTable* districts);

}  // namespace tools::cebgate::doctor
