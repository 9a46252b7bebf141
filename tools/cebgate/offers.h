// What a document offers to do next, for people: one line for each action, then what is left to fill in.
#pragma once

#include <boost/json/value.hpp>
#include <ostream>

#include "tools/cebgate/language.h"

namespace tools::cebgate {

// `answer` is the API's answer to GET /v1/documents/{id}/offers. Nothing is printed where nothing is offered.
void print_offers(std::ostream& out, const boost::json::value& answer, Language language);

}  // namespace tools::cebgate
