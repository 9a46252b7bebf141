// The steps of the Hainan guide, from registration to joint debugging, and the office that sees to each. The settings
// stand before them.
#pragma once

#include "tools/cebgate/doctor/finding.h"

namespace tools::cebgate::doctor {

enum class Step { settings, registration, filing, key, dxp_id, channel, development, joint_debugging };

int number(Step step);  // 0 for the settings
Words name(Step step);
Words office(Step step);  // whom to ask
Words own_administrators();

Words whom(const Finding& finding, Step step);

}  // namespace tools::cebgate::doctor
