#include "gateway/ledger/sql/counts.h"

#include "gateway/ledger/sql/connection.h"

namespace gateway::ledger::sql {

std::string_view word(Countable things) { return things == Countable::documents ? "documents" : "inbound"; }

void Counts::add(Countable things, std::string_view state, std::int64_t difference) {
  changes_[{things, std::string(state)}] += difference;
}

void Counts::move(Countable things, std::string_view from, std::string_view to) {
  if (from == to) return;
  add(things, from, -1);
  add(things, to, 1);
}

// In one order, so that those who write the same rows never wait for each other in a circle.
void Counts::write(SqlConnection& connection) {
  for (const auto& [what, difference] : std::exchange(changes_, {})) {
    if (difference == 0) continue;
    connection
        .prepare("INSERT INTO state_counts (things, state, session, count) VALUES (?, ?, " +
                 std::string(connection.dialect().session) +
                 ", ?) ON CONFLICT (things, state, session) DO UPDATE SET count = state_counts.count + excluded.count")
        .bind(word(what.first), what.second, difference)
        .run();
  }
}

}  // namespace gateway::ledger::sql
