// Looks up each field that is bound to a code table. An unknown code is a warning that names the table's date, since
// codes are made faster than tables are published.
#pragma once

#include "base/fault.h"
#include "schemas/code_tables.h"
#include "schemas/libxml.h"
#include "schemas/shape.h"

namespace schemas {

// `told`: faults of the same message; a field that is named there is not named again.
base::Faults check_codes(const Node& shape, const xmlNode* root, const CodeTables& tables, const base::Faults& told);

}  // namespace schemas
