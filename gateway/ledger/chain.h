// The chain that makes the history of a document provable: each entry's digest is SM3 over the digest before it and all
// that the entry says, so that none can be changed, taken out or slipped in unseen. The first entry of a version
// follows the last of the version before it. Pure; docs/formats/evidence.md.
#pragma once

#include <string>
#include <string_view>

#include "gateway/ledger/records.h"

namespace gateway::ledger {

// 32 bytes. `previous`: 32 bytes, or empty for the first entry of a document. `guid`: of the document's version.
std::string link(std::string_view previous, std::string_view guid, const MoveRow& entry);

}  // namespace gateway::ledger
