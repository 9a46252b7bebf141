// Which documents a person means, read from the parameters of a list or from the filter of an order. Pure.
#pragma once

#include <initializer_list>
#include <string_view>
#include <vector>

#include "gateway/ledger/records.h"
#include "gateway/views/parameters.h"
#include "schemas/catalog.h"

namespace gateway::views {

// The names that read_document_query understands, and those that a list or a filter knows besides.
std::vector<std::string_view> document_filters(std::initializer_list<std::string_view> others);

// What the caller may see is left to the caller.
ledger::Query read_document_query(Parameters& parameters, const schemas::Catalog& catalog);

}  // namespace gateway::views
