// The rows the ledger keeps, as values.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "gateway/lifecycle/receipts.h"
#include "gateway/lifecycle/state.h"

namespace gateway::ledger {

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
  std::string by;  // client
};

// The newest version of a key as intake and dispatch need it.
struct Standing {
  Summary summary;
  std::string guid, app_type, app_status, app_time, content_digest, body, dxp_id;
  std::vector<lifecycle::ReceiptFact> receipts;  // of this version; `answer` is left for the caller
  std::map<std::string, std::string> learnt;     // preNo, invtNo
  int deliveries_begun = 0;                      // without those of messages that were refused as a whole
  int refused_together = 0;   // messages refused as a whole that it shared with others: one is enough to go alone
  std::int64_t revision = 0;  // every change of the version counts it up: the compare of compare-and-set
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
  std::string guid, type, enterprise, port, envelope;
  int tries = 0;  // deliveries begun
  std::optional<base::Time> first_try;
  std::vector<std::pair<DocumentRef, State>> documents;  // all of the message
};

enum class DeliveryOutcome { begun, confirmed, unreachable, unknown, refused };
std::string_view word(DeliveryOutcome outcome);

struct DeliveryRow {
  base::Time at;
  DeliveryOutcome outcome = DeliveryOutcome::begun;
  std::string answer;
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

// A notice is about a document and answers nothing; one that decides (CEB792) moves the document like a receipt.
enum class Said { receipt, notice, deciding_notice };
std::string_view word(Said said);

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

struct WholeDocument {
  Summary summary;
  std::string guid, app_type, body;
  std::vector<MoveRow> timeline;  // oldest first, all of this version
  std::vector<DeliveryRow> deliveries;
  std::vector<ReceiptRow> receipts;
  std::vector<ReceiptRow> notices;
  std::vector<Summary> versions;  // all of the key, oldest first
};

struct Query {
  std::optional<std::string> type, key, number, enterprise;  // key: the whole key or the number
  std::optional<State> state;
  std::optional<base::Time> since, until;  // created_at, since inclusive, until exclusive
  std::vector<std::string> enterprises;    // what the client may see; empty: all
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

}  // namespace gateway::ledger
