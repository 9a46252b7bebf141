#include "gateway/ledger/sql/counts.h"

#include "gateway/ledger/sql/connection.h"

namespace gateway::ledger::sql {

std::string_view word(Countable things) { return things == Countable::documents ? "documents" : "inbound"; }

void Counts::documents(const std::string& enterprise, std::string_view state, std::int64_t difference) {
  changes_.states[{Countable::documents, enterprise, std::string(state)}] += difference;
}

void Counts::inbound(std::string_view state, std::int64_t difference) {
  changes_.states[{Countable::inbound, std::string(), std::string(state)}] += difference;
}

void Counts::move_document(const std::string& enterprise, std::string_view from, std::string_view to) {
  documents(enterprise, from, -1);
  documents(enterprise, to, 1);
}

void Counts::move_inbound(std::string_view from, std::string_view to) {
  inbound(from, -1);
  inbound(to, 1);
}

// In one order, so that those who write the same rows never wait for each other in a circle.
void Counts::write(SqlConnection& connection) {
  for (const auto& [what, difference] : std::exchange(changes_.states, {})) {
    if (difference == 0) continue;
    const auto& [things, owner, state] = what;
    connection
        .prepare("INSERT INTO state_counts (things, owner, state, session, count) VALUES (?, ?, ?, " +
                 std::string(connection.dialect().session) +
                 ", ?) ON CONFLICT (things, owner, state, session) DO UPDATE SET count = state_counts.count + "
                 "excluded.count")
        .bind(word(things), owner, state, difference)
        .run();
  }
  changes_.figures.write(connection);
}

}  // namespace gateway::ledger::sql
