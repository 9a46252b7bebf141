#include "gateway/ledger/sql/later_steps.h"

#include <array>
#include <utility>

namespace gateway::ledger::sql {

namespace {

// Documents of messages refused as a whole, records that say several things, notices about documents, and the time by
// which a receipt should have come: until now a sent document was never due.
constexpr std::string_view apart_and_silent = R"sql(
ALTER TABLE documents ADD COLUMN refused_together BIGINT NOT NULL DEFAULT 0;
ALTER TABLE receipts ADD COLUMN said TEXT NOT NULL DEFAULT 'receipt';
ALTER TABLE receipts ADD COLUMN type TEXT NOT NULL DEFAULT '';
CREATE TABLE applied_parts (
  inbound BIGINT NOT NULL REFERENCES inbound (row),
  part TEXT NOT NULL,
  PRIMARY KEY (inbound, part)
);
UPDATE documents SET due = first_send + 86400000 WHERE state = 'sent';
CREATE INDEX documents_silent ON documents (due) WHERE state = 'sent' AND newest = 1 AND due IS NOT NULL;
)sql";

constexpr std::array<std::string_view, 1> steps{apart_and_silent};

}  // namespace

std::span<const std::string_view> later_steps() { return steps; }

std::string written_for(const DatabaseTypes& types, std::string_view step) {
  std::string written(step);
  for (const auto& [name, type] : {std::pair<std::string_view, std::string_view>{"{identity}", types.identity},
                                   std::pair<std::string_view, std::string_view>{"{bytes}", types.bytes}}) {
    for (auto at = written.find(name); at != std::string::npos; at = written.find(name, at)) {
      written.replace(at, name.size(), type);
    }
  }
  return written;
}

}  // namespace gateway::ledger::sql
