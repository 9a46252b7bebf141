// What waits for siblings is looked at again when one of them has changed. Inside a transaction that the caller holds.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "gateway/ledger/records.h"
#include "gateway/ledger/sql/connection.h"

namespace gateway::ledger::sql {

void add_numbers_of(SqlConnection& connection, std::int64_t document, std::vector<Number>& numbers);
// After everything else that the transaction locks, so that gateways on one ledger never wait for each other in a
// circle. Documents that wait and share a number with these, or with a document that does (an order between a payment
// and an inventory), are due now, and whoever looked at them before has to look again. Of one enterprise, or of any.
void wake_waiting(SqlConnection& connection, std::span<const Number> numbers, const std::string& enterprise,
                  base::Time now);

}  // namespace gateway::ledger::sql
