// Taking messages apart whose bytes shall not leave any more, inside a transaction that the caller holds.
#pragma once

#include <cstdint>
#include <string>

#include "gateway/ledger/sql/rows.h"

namespace gateway::ledger::sql {

// The document's part of it, written with the move. False: the document has moved, its bytes are leaving right now, or
// (seals_again) a delivery was begun since it was looked at, or others of the message wait for its receipts.
bool write_departure(SqlConnection& connection, const Departure& departure, base::Time now,
                     std::optional<std::int64_t>& left_message);
// The rest: whoever else was to be sent with it is sealed anew.
void take_apart(SqlConnection& connection, std::int64_t message, const std::string& by, base::Time now);

}  // namespace gateway::ledger::sql
