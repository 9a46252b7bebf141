// What the parts of the archive's book share, inside a transaction that the caller holds.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/ledger/archive_records.h"
#include "gateway/ledger/sql/connection.h"

namespace gateway::ledger::sql {

// Changes whenever one of the document's versions does; empty: there is no such document. `lock`: behind the SELECT.
std::string mark_of(SqlConnection& connection, const std::string& id, std::string_view lock);

struct Rest {
  base::Time unchanged_since;
  std::int64_t told_up_to = 0;  // a cursor of the feed
  base::Time previews_since;    // older ones have lapsed
};
Rest rest_of(SqlConnection& connection, const Retention& retention);
// Whether the document has come to its end and nothing is running about it.
bool is_at_rest(SqlConnection& connection, const std::string& id, const Rest& rest);

// Those of the keys that have left.
std::vector<ArchivedDocument> find_archived(SqlConnection& connection, std::span<const std::string> keys);

}  // namespace gateway::ledger::sql
