// Reading and moving single documents inside a transaction that the caller holds.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "gateway/ledger/ledger.h"
#include "gateway/ledger/sqlite_ledger_connection.h"

namespace gateway::ledger {

// Of `documents d`, in the order of read_summary.
inline constexpr std::string_view summary_columns =
    "d.id, d.type, d.key, d.number, d.enterprise, d.port, d.version, d.state, d.stage, d.outcome, d.reason, "
    "d.created_at";
Summary read_summary(SqliteStatement& row);

// `condition`: on documents d, with one parameter for each value.
std::string standing_query(std::string_view condition);
Standing standing_from(SqliteConnection& connection, SqliteStatement& row);
template <class... Values>
std::optional<Standing> read_standing(SqliteConnection& connection, std::string_view condition,
                                      const Values&... values) {
  auto row = connection.prepare(standing_query(condition));
  row.bind(values...);
  if (!row.step()) return std::nullopt;
  return standing_from(connection, row);
}

// A document as it stands, before a move.
struct Place {
  std::int64_t row = 0;
  std::optional<std::int64_t> message;
  Picture picture;
};
// Nothing if the document is not at the revision and state that the move starts from.
std::optional<Place> place_of(SqliteConnection& connection, const Move& move);

enum class Tell { always, if_changed };  // whether an unchanged picture still gives a row in the feed of changes

struct Step {
  Picture to;
  std::optional<base::Time> due;
  std::string by;
  base::Time at;
};
// Writes the picture and counts the revision up; keeps its message's due time true.
void write_step(SqliteConnection& connection, const Place& place, const Step& step, Tell tell);
void add_move(SqliteConnection& connection, const Place& place, const Step& step);
void refresh_due(SqliteConnection& connection, std::int64_t message);
void add_numbers(SqliteConnection& connection, std::int64_t document, std::span<const Number> numbers);

// `rest`: further conditions on moves m and documents d, beginning with AND, and the order.
std::string moves_query(std::string_view rest);
std::vector<MoveRow> read_moves(SqliteStatement& rows);

}  // namespace gateway::ledger
