// A document's history for people: its key, then each state word and each receipt status on a line of its own, what is
// known of it indented below; last the explanation, where something has to be done.
#pragma once

#include <boost/json/value.hpp>
#include <ostream>

#include "tools/cebgate/language.h"

namespace tools::cebgate {

// `document` is the API's answer to GET /v1/documents/{id}.
void print_timeline(std::ostream& out, const boost::json::value& document, Language language);

}  // namespace tools::cebgate
