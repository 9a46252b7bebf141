// Which notices a person wants told again: {"client","state","since","until","limit"}. Pure.
#pragma once

#include <string_view>

#include "base/result.h"
#include "gateway/ledger/records.h"

namespace gateway::operations {

// Faults: json.syntax (cannot be read at all), json.shape, notice.* (every one at once).
base::Result<ledger::NoticeQuery> read_resend_order(std::string_view body);

}  // namespace gateway::operations
