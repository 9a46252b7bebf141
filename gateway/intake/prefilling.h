// The document that an offer prepares: made from the newest version of another one, or of the same, with the numbers
// that customs gave; and what is left to a person. Pure; safe from every thread.
#pragma once

#include <string>
#include <vector>

#include "codecs/ceb/message.h"
#include "gateway/ledger/records.h"
#include "schemas/catalog.h"

namespace gateway::intake {

struct Prefilled {
  codecs::ceb::Element body;
  std::vector<std::string> fill_in;  // JSON Pointers into what is posted: "/document/reason"
};

// `newest` is of the offer's source; both types are the catalog's.
Prefilled prefill(const schemas::Catalog& catalog, const schemas::Offer& offer, const ledger::Standing& newest);

// What customs has given the document under this name, or the document says itself; "" for neither.
std::string known_number(const schemas::MessageType& type, const ledger::Standing& newest, const std::string& name);

}  // namespace gateway::intake
