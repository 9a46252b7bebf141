// Every check, one function each: settings -> findings. None sends a message, takes a receipt or changes what it looks
// at, so a gateway may run meanwhile. A check may block for as long as what it asks may take.
#pragma once

#include <span>

#include "config/settings.h"
#include "tools/cebgate/doctor/finding.h"
#include "tools/cebgate/doctor/steps.h"

namespace tools::cebgate::doctor {

Findings check_settings(const config::Settings& settings);
Findings check_registration(const config::Settings& settings);
Findings check_filing(const config::Settings& settings);
Findings check_keys(const config::Settings& settings);
Findings check_dxp_ids(const config::Settings& settings);
Findings check_tls(const config::Settings& settings);
Findings check_ports(const config::Settings& settings);
Findings check_customs_data(const config::Settings& settings);
Findings check_ledger(const config::Settings& settings);
Findings check_archive(const config::Settings& settings);
Findings check_disks(const config::Settings& settings);
Findings check_open_files(const config::Settings& settings);
Findings check_trade_modes(const config::Settings& settings);

struct Check {
  Step step;
  Findings (*look)(const config::Settings& settings);
};
std::span<const Check> checks();  // in the order of the steps

Words enterprise_subject(const config::Enterprise& enterprise, const Words& what);

}  // namespace tools::cebgate::doctor
