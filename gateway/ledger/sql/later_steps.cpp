#include "gateway/ledger/sql/later_steps.h"

#include <array>
#include <utility>

namespace gateway::ledger::sql {

namespace {

// What is due is looked for enterprise by enterprise.
constexpr std::string_view turns = R"sql(
CREATE INDEX documents_due_in_turn ON documents (port, enterprise, due) WHERE state = 'accepted';
CREATE INDEX messages_due_in_turn ON messages (port, enterprise, due) WHERE due IS NOT NULL AND in_flight = 0;
DROP INDEX documents_due;
)sql";

// Beside the messages, whose rows change with every delivery and would be written whole each time.
constexpr std::string_view message_bytes = R"sql(
CREATE TABLE message_bytes (
  message BIGINT PRIMARY KEY REFERENCES messages (row),
  packing BIGINT NOT NULL,  -- sql::Packing
  signed_xml {bytes} NOT NULL, envelope {bytes} NOT NULL
);
INSERT INTO message_bytes SELECT row, 0, signed_xml, envelope FROM messages;
ALTER TABLE messages DROP COLUMN signed_xml;
ALTER TABLE messages DROP COLUMN envelope;
)sql";

constexpr std::array<std::string_view, 2> steps{turns, message_bytes};

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
