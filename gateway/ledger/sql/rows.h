// Reading and moving single documents inside a transaction that the caller holds. Where an id or a key names a
// document, its newest version is asked for by `newest > 0`: for `newest = 1` PostgreSQL takes an index of all newest
// versions, until it has counted its rows.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "gateway/ledger/ledger.h"
#include "gateway/ledger/sql/connection.h"
#include "gateway/ledger/sql/packing.h"

namespace gateway::ledger::sql {

// Of `documents d`, in the order of read_summary.
inline constexpr std::string_view summary_columns =
    "d.id, d.type, d.key, d.number, d.enterprise, d.port, d.version, d.state, d.stage, d.outcome, d.reason, "
    "d.created_at";
Summary read_summary(SqlStatement& row);

// `condition`: on documents d, with one parameter for each value.
std::string standing_query(std::string_view condition);
Standing standing_from(SqlConnection& connection, SqlStatement& row);
template <class... Values>
std::optional<Standing> read_standing(SqlConnection& connection, std::string_view condition, const Values&... values) {
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
  std::string guid, enterprise;
  std::string chain;  // the digest of its last entry
  base::Time created_at;
  bool is_newest = true;
};
// Of `documents`, in the order of read_place.
inline constexpr std::string_view place_columns =
    "row, message, state, stage, outcome, reason, guid, enterprise, chain, created_at, newest";
Place read_place(SqlStatement& row);
// Nothing if the document is not at the revision and state that the move starts from.
std::optional<Place> place_of(SqlConnection& connection, const Move& move);

enum class Told { yes, no };             // in the feed of changes
enum class Tell { always, if_changed };  // whether an unchanged picture still gives a row in the feed of changes

struct Step {
  Picture to;
  std::optional<base::Time> due;
  std::string by;
  base::Time at;
  std::string evidence;
  std::optional<std::int64_t> into_message{};  // that it is put into; absent: it stays in the one it is in
};
void insert_move(SqlConnection& connection, const Place& place, const MoveRow& entry, const std::string& digest,
                 Told told);
// Writes the picture and the entry in the chain, and counts the revision up; keeps its message's due time true.
// Left to the caller, where it moves many documents of one message: reading them all for each would cost their square.
enum class MessageDue { refreshed, left_to_caller };
void write_step(SqlConnection& connection, const Place& place, const Step& step, Tell tell,
                MessageDue message_due = MessageDue::refreshed);
// An entry in the chain: something happened that moves nothing. Told: `step.to.reason` says what. Gives its digest.
std::string note(SqlConnection& connection, const Place& place, Step step, Told told = Told::no);
// Of an entry whose evidence begins so the timeline shows what it tells, although nothing moves.
inline constexpr std::string_view notice_evidence = "notice ";
// `deliveries` of the document's message, which was refused as a whole, count no more.
void forget_deliveries(SqlConnection& connection, std::int64_t document, std::int64_t deliveries);
// The document stood with others in a message that was refused as a whole: it is to be sealed anew, alone.
void leave_message(SqlConnection& connection, const Place& place);
void refresh_due(SqlConnection& connection, std::int64_t message);
// What was received, before a change of it.
struct KeptRecord {
  std::int64_t row = 0;
  std::string state;
};
std::optional<KeptRecord> kept_record(SqlConnection& connection, const std::string& digest);
void mark(SqlConnection& connection, const KeptRecord& record, InboundState state, const std::string& reason);

std::string new_document_id();
void add_body(SqlConnection& connection, std::int64_t document, const std::string& body);
MessageBytes read_bytes(SqlConnection& connection, std::int64_t message);
// Gives how many of them are new.
std::int64_t add_numbers(SqlConnection& connection, std::int64_t document, std::span<const Number> numbers);

void add_code(SqlConnection& connection, std::int64_t document, const std::string& code);

// `rest`: further conditions on moves m and documents d, beginning with AND, and the order.
std::string moves_query(std::string_view rest);
std::vector<MoveRow> read_moves(SqlStatement& rows);

// For a word that the ledger cannot hold they throw.
DeliveryOutcome outcome_of(std::string_view text);
Said said_of(std::string_view text);
// Persons' orders to match the record anew, oldest first.
std::vector<InboundAct> acts_of(SqlConnection& connection, std::int64_t inbound);

}  // namespace gateway::ledger::sql
