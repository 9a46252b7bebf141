// Whether the machine's clock goes with a port's, by what has been seen of it. Pure.
#pragma once

#include "config/settings.h"
#include "gateway/channels/view.h"
#include "tools/cebgate/doctor/finding.h"

namespace tools::cebgate::doctor {

// By the Date of an answer, which has whole seconds: fails only where more than 2 s lie between for sure.
Finding judged_clock(const config::Port& port, const gateway::channels::View& view);

}  // namespace tools::cebgate::doctor
