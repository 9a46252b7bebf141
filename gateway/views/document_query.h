// Which documents a person means, read from the parameters of a list or from the filter of an order. Pure.
#pragma once

#include "gateway/ledger/records.h"
#include "gateway/views/parameters.h"
#include "schemas/catalog.h"

namespace gateway::views {

// type, key, number, state, enterprise, since and until; what the caller may see is left to the caller.
ledger::Query read_document_query(Parameters& parameters, const schemas::Catalog& catalog);

}  // namespace gateway::views
