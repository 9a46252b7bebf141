// Faults of the settings as findings that fail.
#pragma once

#include <string>

#include "base/fault.h"
#include "tools/cebgate/doctor/finding.h"

namespace tools::cebgate::doctor {

Words settings_at(const std::string& file);
Findings faulty(const base::Faults& faults, const std::string& file);

}  // namespace tools::cebgate::doctor
