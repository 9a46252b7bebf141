// Received bytes -> one receipt by the names of its CEB type. Pure.
#pragma once

#include <string>

#include "base/result.h"
#include "config/settings.h"
#include "gateway/sealing/sealing.h"

namespace gateway::sealing {

// One record of a listing of the Hainan platform. Faults: listing.source, listing.record, listing.status, listing.time.
base::Result<Opened> open_listing_record(const config::Port& port, const std::string& source, const std::string& bytes);

}  // namespace gateway::sealing
