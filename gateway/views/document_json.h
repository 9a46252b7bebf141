// Documents as the API prints them (names of the contract), for whoever answers with one. Pure.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "base/fault.h"
#include "gateway/ledger/records.h"
#include "gateway/views/personal.h"
#include "schemas/knowledge.h"

namespace gateway::views {

// A row of the list: {id,type,key,number,enterprise,port,version,state,stage,outcome,reason,created_at}.
boost::json::object summary(const ledger::Summary& summary);

// The row with document, timeline, deliveries, receipts, notices, explanation, chain and versions.
// Where personal data is masked it says so.
boost::json::object whole_document(const schemas::Knowledge& knowledge, ledger::WholeDocument whole, Personal personal);

// What the receipt that decides means and what to do, in the form of explanation_json: the one that refused or detained
// the document, or one that keeps it waiting for somebody. Null where all is well.
boost::json::value explanation(const schemas::Knowledge& knowledge, const ledger::WholeDocument& whole);

// What one of its receipts means and what to do, likewise.
boost::json::value receipt_explanation(const schemas::Knowledge& knowledge, const ledger::WholeDocument& whole,
                                       const ledger::ReceiptRow& receipt);

// One change of the feed: {cursor,at,id,key,type,version,from,to,stage,outcome,reason}.
boost::json::object change(const ledger::MoveRow& row);

boost::json::array faults(const base::Faults& faults);

}  // namespace gateway::views
