// Received bytes -> what they say, by the names of its CEB type. Pure.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "config/settings.h"
#include "gateway/sealing/sealing.h"

namespace gateway::sealing {

// Whether the source is one of the listings of the Hainan platform.
bool is_listing(const config::Port& port, const std::string& source);

// One record of a listing of the Hainan platform. Faults: listing.source, listing.record, listing.status, listing.time.
base::Result<Opened> open_listing_record(const config::Port& port, const std::string& source, const std::string& bytes);

// XML: a CEB receipt or notice, a DxpMsg or DxpMsgSv round one, a DxpRep. Faults: xml.*, dxp.*, opening.type; of single
// receipts opening.status, opening.time.
base::Result<std::vector<Opened>> open_xml(const schemas::Catalog& catalog, const std::string& bytes);

// The document's guids that a receipt repeats: its own guid field, and those in brackets in its sentence.
std::vector<std::string> guids_of(std::string_view guid, std::string_view info);

}  // namespace gateway::sealing
