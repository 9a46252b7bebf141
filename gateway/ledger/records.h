// The rows the ledger keeps, as values.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "gateway/ledger/audit_records.h"
#include "gateway/lifecycle/notices.h"
#include "gateway/lifecycle/receipts.h"
#include "gateway/lifecycle/state.h"

namespace gateway::ledger {

using lifecycle::NoticeState;
using lifecycle::Picture;
using lifecycle::State;

struct Number {
  std::string kind;  // guid, orderNo, logisticsNo, payTransactionId, copNo, preNo, invtNo, customsGuid
  std::string value;
};

// One row of a list of documents: the newest version of a key (or the version asked for).
struct Summary {
  std::string id;  // belongs to the key
  std::string type, key, number, enterprise, port;
  int version = 1;
  Picture picture;
  base::Time created_at;  // of this version
};

// What a post becomes. `version` is the one it will be; accept() refuses it if the key has moved on meanwhile.
struct NewVersion {
  std::string type, key, number, enterprise, port, dxp_id;
  int version = 1;
  std::string guid, app_type, app_status, app_time;
  std::string content_digest;  // SHA-256 of the canonical content, hexadecimal
  std::string body;            // the "document" JSON text, everything filled in
  std::vector<Number> numbers;
  std::string by;        // client
  std::string reason{};  // why, where a person said so
  // It is sealed only once the documents it refers to are at customs, and held if that takes longer.
  std::optional<base::Time> waits_until{};
};

// The newest version of a key as intake and dispatch need it.
struct Standing {
  Summary summary;
  std::string guid, app_type, app_status, app_time, content_digest, body, dxp_id;
  std::vector<lifecycle::ReceiptFact> receipts;  // of this version; `answer` is left for the caller
  std::map<std::string, std::string> learnt;     // preNo, invtNo
  int deliveries_begun = 0;                      // without those of messages that were refused as a whole
  bool sent_elsewhere = false;  // taken over from another system, which sent it: there are no bytes of it here
  int refused_together = 0;     // messages refused as a whole that it shared with others: one is enough to go alone
  std::int64_t revision = 0;    // every change of the version counts it up: the compare of compare-and-set
};

struct DocumentRef {
  std::string id;
  int version = 1;
  auto operator<=>(const DocumentRef&) const = default;
};

// One document's move, as lifecycle computed it.
struct Move {
  DocumentRef ref;
  std::int64_t revision = 0;  // as read
  State from = State::accepted;
  Picture to;
  std::optional<base::Time> due;  // when somebody has to look again, of a sent one: for its silence; absent: never
  std::string by;
};

// A document that waits to be sealed.
struct DueDocument {
  DocumentRef ref;
  std::string type, key, enterprise, port, body, guid;
  std::int64_t revision = 0;
  base::Time created_at;
  bool goes_alone = false;  // in a message of its own
};

struct SealedMessage {
  std::string guid;  // the root's
  std::string type, enterprise, port, dialect;
  std::string signed_xml, envelope;  // exact bytes
  std::vector<DocumentRef> documents;
};

// A message with at least one document that still has to be sent.
struct DueMessage {
  std::string guid, type, enterprise, port;
  int tries = 0;           // deliveries begun
  base::Time tried_since;  // when it was sealed, first sent, or last sent back to be tried by a person
  std::vector<std::pair<DocumentRef, State>> documents;  // all of the message
};

enum class DeliveryOutcome { begun, confirmed, unreachable, unknown, refused };
std::string_view word(DeliveryOutcome outcome);
std::optional<DeliveryOutcome> read_delivery_outcome(std::string_view word);

struct DeliveryRow {
  base::Time at;
  DeliveryOutcome outcome = DeliveryOutcome::begun;
  std::string answer;
};

// What bears on whether a person may have a document sent, held or let go: its newest version, read at one moment.
struct Bearings {
  Standing standing;
  bool has_bytes = false;                   // it is in a message that is kept
  std::vector<DeliveryOutcome> deliveries;  // of that message, oldest first
  bool others_await_answer = false;         // another document of the message is unconfirmed or sent
  bool others_withdrawn = false;            // another document of the message was withdrawn
};

// One thing received, byte for byte, before anything is made of it.
struct InboundRecord {
  std::string digest;                // SHA-256 of port, source and bytes, hexadecimal; the same record is kept once
  std::string port, source, dxp_id;  // source: the listing's path
  std::string bytes;
  base::Time received_at;
};

enum class InboundState { fresh, applied, unmatched, foreign, unreadable };
std::string_view word(InboundState state);
std::optional<InboundState> read_inbound_state(std::string_view word);

// A person's order to match it anew.
struct InboundAct {
  base::Time at;
  std::string by, reason;
};

struct InboundRow {
  std::int64_t row = 0;  // the order of arrival
  InboundRecord record;
  InboundState state = InboundState::fresh;
  std::string reason;              // why it is unmatched, foreign or unreadable
  std::vector<InboundAct> acts{};  // oldest first; not in lists
};

struct InboundQuery {
  std::optional<InboundState> state;
  std::optional<std::string> port, source;
  std::optional<base::Time> since, until;           // received_at, since inclusive, until exclusive
  std::optional<std::vector<std::string>> dxp_ids;  // what the client may see; absent: all
  std::size_t limit = 100;
  std::int64_t before = 0;  // the row a page before ended with; 0: from the newest
};

// A notice is about a document and answers nothing; one that decides (CEB792) moves the document like a receipt.
enum class Said { receipt, notice, deciding_notice };
std::string_view word(Said said);
std::optional<Said> read_said(std::string_view word);

struct ReceiptRow {
  std::string status;  // returnStatus
  std::string return_time, return_info;
  base::Time returned_at, at;  // at: arrival
  std::string effect;          // the state it moved the document to, or "recorded"
  Said said = Said::receipt;
  std::string type = {};  // of what came: "CEB816Message"
};

// A status or customs code that no table explains, as often as it came.
struct UnexplainedCode {
  std::string type, code;  // type: of the declaration that was answered
  std::string example;     // the text it last came with, personal data masked
  std::int64_t times = 0;
  base::Time first_seen, last_seen;
};

struct MoveRow {
  std::int64_t cursor = 0;  // over all documents
  base::Time at;
  std::string id, key, type;
  int version = 1;
  State from = State::accepted, to = State::accepted;  // equal: only stage or outcome changed
  std::string stage, outcome, reason;
  std::string by;        // a client, "dispatch", "receipts"
  std::string evidence;  // what it rests on, e.g. "inbound SHA-256", "delivery 17 confirmed OK"
};

// What a row of an import says of a document that another system sent.
struct Import {
  InboundRecord row;                    // kept as it came, like what a port says
  std::optional<NewVersion> version{};  // absent: it was taken over before, and the row tells more of it
  base::Time sent_at;                   // by the other system
  std::optional<ReceiptRow> heard{};    // what customs said of it last
  std::vector<Number> learnt{};
  Move move;  // with what was heard; of a new version `ref`, `revision` and `from` are not read
};

struct WholeDocument {
  Summary summary;
  std::string guid, app_type, body;
  bool sent_elsewhere = false;    // as of a Standing
  std::string chain;              // the digest of its last entry (chain.h); empty where it is older than the chain
  std::vector<MoveRow> timeline;  // oldest first, all of this version
  std::vector<DeliveryRow> deliveries;
  std::vector<ReceiptRow> receipts;
  std::vector<ReceiptRow> notices;
  std::vector<Summary> versions;  // all of the key, oldest first
};

struct Query {
  std::optional<std::string> type, key, number, enterprise;  // key: the whole key or the number
  std::vector<State> states;                                 // any of these; empty: all
  std::optional<base::Time> since, until;                    // created_at, since inclusive, until exclusive
  std::vector<std::string> enterprises;                      // what the client may see; empty: all
  std::optional<std::string> port, outcome;
  std::optional<std::string> reason;  // a part of it
  std::optional<std::string> code;    // that a receipt of it said, as its status or within its text
  std::optional<std::string> assigned_to;
  std::optional<std::string> business;  // any number it goes by, in any version; from 4 characters on its beginning
  std::vector<std::string> ids;         // any of these; empty: all
  std::size_t limit = 100;
  std::string cursor;  // from the page before; empty: newest first from the top
};

struct Page {
  std::vector<Summary> documents;
  std::optional<std::string> next;
};

// The window up to which a source has been read.
struct WindowKey {
  std::string port, source, dxp_id;
};

struct Idempotent {
  std::string client, key;
  std::string request_digest;
  unsigned status = 0;
  std::string answer;
};

struct Backlog {
  std::map<State, std::size_t> by_state;
  std::map<std::string, base::Time> oldest_waiting;  // by port
  std::map<InboundState, std::size_t> inbound;
  std::size_t unexplained_codes = 0;
};

enum class SigningKind { xml, text };
std::string_view word(SigningKind kind);
enum class SigningOutcome { made, refused };
std::string_view word(SigningOutcome outcome);

// What a key was asked to sign for another system: never the text itself, which holds personal data.
struct Signing {
  std::int64_t number = 0;  // over all of them; not read when one is recorded
  base::Time at;
  std::string client, enterprise;
  SigningKind kind = SigningKind::xml;
  std::size_t bytes = 0;
  std::string digest;  // SHA-256 of what was given, hexadecimal
  std::string type;    // of the message; empty where it is none of the catalog
  std::string manner;  // the dialect, or the algorithm of a plain text; empty where no key was tried
  std::string serial;  // of the certificate; likewise
  SigningOutcome outcome = SigningOutcome::made;
  std::string reason;  // of a refusal
};

enum class ReplayState { preview, running, done, stopped };
std::string_view word(ReplayState state);

// An order for many documents: previewed first, then carried out document by document.
struct Replay {
  std::int64_t id = 0;
  std::string by;                        // the client whose order it is
  std::string action, mode, reason;      // in the words of the API
  std::vector<std::string> enterprises;  // whose documents are among them
  std::string about;                     // what the preview told, as JSON; the ledger does not read it
  ReplayState state = ReplayState::preview;
  base::Time created_at;
  std::optional<base::Time> started_at, finished_at;
  std::string stopped_by;
  std::int64_t pace = 0;  // documents a second
  std::int64_t pending = 0, moved = 0, passed_over = 0;
};

struct ReplayDocument {
  std::int64_t place = 0;  // within the order
  DocumentRef ref;
  std::int64_t revision = 0;  // as previewed
};

// How a move leaves the message the document is in.
enum class Leaving {
  stays,
  takes_apart,  // the message is not sent any more; the others of it are sealed anew
  seals_again,  // likewise, and only while no delivery of it was begun since it was looked at
};

struct Departure {
  Move move;
  Leaving leaving = Leaving::stays;
  int deliveries_begun = 0;  // as read
  std::optional<Act> act{};  // of the person who ordered it for this document, written with it
};

// What becomes of one document of an order; no departure: it is passed over.
struct ReplayAct {
  std::int64_t place = 0;
  std::optional<Departure> departure;
};

struct SigningQuery {
  std::optional<std::string> enterprise, client;
  std::optional<base::Time> since, until;  // since inclusive, until exclusive
  std::vector<std::string> enterprises;    // what the caller may see; empty: all
  std::size_t limit = 100;
  std::string cursor;  // from the page before; empty: newest first from the top
};

struct SigningPage {
  std::vector<Signing> signings;
  std::optional<std::string> next;
};

// One change that a client is to be told.
struct Notice {
  std::int64_t number = 0;  // over all of them
  std::string webhook_id;   // the same at every attempt, and no other ledger's
  std::string client, enterprise;
  MoveRow change;  // without `by` and `evidence`
  NoticeState state = NoticeState::waiting;
  int tries = 0;          // since it was made, or sent again by a person
  base::Time since;       // when that was
  std::string answer;     // the last one, in a few words
  base::Time created_at;  // the notice, not the change
  std::optional<base::Time> due, ended_at;
  std::int64_t revision = 0;  // every change of the notice counts it up: the compare of compare-and-set
};

struct NoticeQuery {
  std::optional<std::string> client, document;  // document: id, key or number
  std::optional<NoticeState> state;
  std::optional<base::Time> since, until;  // created_at, since inclusive, until exclusive
  std::vector<std::string> enterprises;    // what the caller may see; empty: all
  std::size_t limit = 100;
  std::string cursor;  // from the page before; empty: newest first from the top
};

struct NoticePage {
  std::vector<Notice> notices;
  std::optional<std::string> next;
};

// What one client has not heard.
struct NoticeBacklog {
  std::string client;
  std::size_t waiting = 0, unheard = 0;
  std::optional<base::Time> oldest_waiting;
};

}  // namespace gateway::ledger
