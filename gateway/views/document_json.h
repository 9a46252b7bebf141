// Documents as the API prints them (names of the contract), for whoever answers with one. Pure.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "base/fault.h"
#include "gateway/ledger/records.h"
#include "schemas/catalog.h"

namespace gateway::views {

// A row of the list: {id,type,key,number,enterprise,port,version,state,stage,outcome,reason,created_at}.
boost::json::object summary(const ledger::Summary& summary);

// The row with document, timeline, deliveries, receipts, explanation and versions.
boost::json::object whole_document(const schemas::Catalog& catalog, const ledger::WholeDocument& whole);

// What the receipt that stopped the document means and what to do: {code,zh,en,advice_zh,advice_en}; null where none
// did.
boost::json::value explanation(const schemas::Catalog& catalog, const ledger::WholeDocument& whole);

boost::json::array faults(const base::Faults& faults);

}  // namespace gateway::views
