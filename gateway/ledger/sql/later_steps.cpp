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

// Orders for many documents; and who had what was received matched anew. A document is named by its row and not
// referred to, for it may leave the ledger before the order does.
constexpr std::string_view replays = R"sql(
CREATE TABLE replays (
  id {identity},
  by TEXT NOT NULL, action TEXT NOT NULL, mode TEXT NOT NULL, reason TEXT NOT NULL,
  enterprises TEXT NOT NULL,  -- codes, a blank between two
  about TEXT NOT NULL,
  state TEXT NOT NULL,        -- preview, running, done, stopped
  created_at BIGINT NOT NULL, started_at BIGINT, finished_at BIGINT,
  stopped_by TEXT NOT NULL DEFAULT '',
  pace BIGINT NOT NULL,
  pending BIGINT NOT NULL DEFAULT 0, moved BIGINT NOT NULL DEFAULT 0, passed_over BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX replays_open ON replays (state, id) WHERE state IN ('preview', 'running');
CREATE TABLE replay_documents (
  replay BIGINT NOT NULL, place BIGINT NOT NULL,
  document BIGINT NOT NULL,
  revision BIGINT NOT NULL,
  outcome TEXT NOT NULL,      -- pending, moved, passed_over
  PRIMARY KEY (replay, place)
);
CREATE INDEX replay_documents_pending ON replay_documents (replay, place) WHERE outcome = 'pending';
CREATE INDEX replay_documents_by_document ON replay_documents (document, replay) WHERE outcome = 'pending';
CREATE TABLE inbound_acts (
  number {identity},
  inbound BIGINT NOT NULL,
  at BIGINT NOT NULL,
  by TEXT NOT NULL, reason TEXT NOT NULL
);
CREATE INDEX inbound_acts_of ON inbound_acts (inbound);
CREATE INDEX inbound_listed ON inbound (state, row);
)sql";

// What clients are told. A notice repeats what changed, so that it can be told whatever becomes of the document. `name`
// is what a client's notices are called after, since numbers begin anew in every ledger.
constexpr std::string_view notices = R"sql(
CREATE TABLE notice_feeds (client TEXT PRIMARY KEY, name TEXT NOT NULL, cursor BIGINT NOT NULL);
CREATE TABLE notices (
  number {identity},
  client TEXT NOT NULL, enterprise TEXT NOT NULL,
  cursor BIGINT NOT NULL, at BIGINT NOT NULL,
  id TEXT NOT NULL, key TEXT NOT NULL, type TEXT NOT NULL, version BIGINT NOT NULL,
  from_state TEXT NOT NULL, to_state TEXT NOT NULL,
  stage TEXT NOT NULL, outcome TEXT NOT NULL, reason TEXT NOT NULL,
  webhook_id TEXT NOT NULL,
  state TEXT NOT NULL,  -- waiting, heard, unheard
  tries BIGINT NOT NULL DEFAULT 0,
  since BIGINT NOT NULL,
  due BIGINT,
  answer TEXT NOT NULL DEFAULT '',
  created_at BIGINT NOT NULL,
  ended_at BIGINT,
  revision BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX notices_due ON notices (client, due) WHERE state = 'waiting';
CREATE INDEX notices_waiting ON notices (client, id, number) WHERE state = 'waiting';
CREATE INDEX notices_by_state ON notices (state, client, created_at);
CREATE INDEX notices_by_time ON notices (created_at);
CREATE INDEX notices_by_document ON notices (id);
CREATE INDEX notices_ended ON notices (state, ended_at) WHERE ended_at IS NOT NULL;
)sql";

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

// What a document says stands beside its row, which changes with every step of it and would be written whole each time.
// The guid of a message is no number of its documents any more: the message names them.
constexpr std::string_view bodies_apart = R"sql(
CREATE TABLE document_bodies (
  document {row} PRIMARY KEY REFERENCES documents (row),
  body TEXT NOT NULL
);
INSERT INTO document_bodies SELECT row, body FROM documents;
ALTER TABLE documents DROP COLUMN body;
CREATE INDEX message_documents_of_message ON message_documents (message);
DROP INDEX documents_unsettled;
DROP INDEX inbound_by_state;
)sql";

// Written once a transaction, and no more by triggers with each row.
constexpr std::string_view counts_apart = R"sql(
DROP TRIGGER documents_counted{of documents};
DROP TRIGGER documents_counted_anew{of documents};
DROP TRIGGER inbound_counted{of inbound};
DROP TRIGGER inbound_counted_anew{of inbound};
CREATE TABLE state_counts (
  things TEXT NOT NULL,     -- documents, inbound
  state TEXT NOT NULL,
  session BIGINT NOT NULL,  -- those who write beside each other do so in rows of their own
  count BIGINT NOT NULL,
  PRIMARY KEY (things, state, session)
);
INSERT INTO state_counts SELECT 'documents', state, 0, CAST(sum(count) AS BIGINT) FROM document_counts GROUP BY state;
INSERT INTO state_counts SELECT 'inbound', state, 0, CAST(sum(count) AS BIGINT) FROM inbound_counts GROUP BY state;
DROP TABLE document_counts;
DROP TABLE inbound_counts;
)sql";

// Documents that another system sent; and the sources that have to be asked once more from an earlier moment on, since
// they were read beyond it before such a document was taken over.
constexpr std::string_view taken_over = R"sql(
ALTER TABLE documents ADD COLUMN sent_elsewhere BIGINT NOT NULL DEFAULT 0;
CREATE TABLE catch_ups (
  port TEXT NOT NULL, source TEXT NOT NULL, dxp_id TEXT NOT NULL,
  since BIGINT NOT NULL,
  PRIMARY KEY (port, source, dxp_id)
);
)sql";

// What has left for the archive: a small row for each document, so that it is still found. Indexes by which what
// belongs to a document is let go of with it.
constexpr std::string_view archive = R"sql(
CREATE TABLE archive_files (
  row {identity},
  name TEXT NOT NULL UNIQUE,
  digest TEXT NOT NULL,         -- SHA-256, hexadecimal
  written_at BIGINT NOT NULL,
  newest_change BIGINT NOT NULL,
  documents BIGINT NOT NULL DEFAULT 0,  -- that are archived in it, without those that were restored
  whole BIGINT NOT NULL DEFAULT 0       -- 0: its documents are still being taken out of the ledger
);
CREATE TABLE archived (
  row {identity},
  id TEXT NOT NULL UNIQUE,
  type TEXT NOT NULL, key TEXT NOT NULL UNIQUE, number TEXT NOT NULL,
  enterprise TEXT NOT NULL, port TEXT NOT NULL, dxp_id TEXT NOT NULL,
  version BIGINT NOT NULL, guid TEXT NOT NULL, content_digest TEXT NOT NULL,
  state TEXT NOT NULL, stage TEXT NOT NULL, outcome TEXT NOT NULL, reason TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  file BIGINT NOT NULL REFERENCES archive_files (row),
  place BIGINT NOT NULL, length BIGINT NOT NULL,  -- of its frame in the file
  digest TEXT NOT NULL                            -- of the frame: SHA-256, hexadecimal
);
CREATE INDEX archived_by_number ON archived (number);
CREATE INDEX archived_of_file ON archived (file);
CREATE TABLE archived_numbers (
  value TEXT NOT NULL, kind TEXT NOT NULL,
  archived BIGINT NOT NULL REFERENCES archived (row),
  PRIMARY KEY (value, kind, archived)
);
CREATE INDEX archived_numbers_of ON archived_numbers (archived);
CREATE INDEX receipts_of_inbound ON receipts (inbound);
ALTER TABLE foreign_numbers ADD COLUMN seen_at BIGINT NOT NULL DEFAULT 0;
UPDATE foreign_numbers SET seen_at = (SELECT coalesce(max(received_at), 0) FROM inbound);
CREATE INDEX foreign_numbers_by_time ON foreign_numbers (seen_at);
)sql";

// What a port gave to prove its answer, as it came.
constexpr std::string_view proofs = R"sql(
ALTER TABLE deliveries ADD COLUMN proof {bytes};
)sql";

// What other enterprises have sent, by what clients report of it; and documents that wait for others of their sale.
constexpr std::string_view facts = R"sql(
CREATE TABLE facts (
  row {identity},
  enterprise TEXT NOT NULL,
  type TEXT NOT NULL, key TEXT NOT NULL, number TEXT NOT NULL,
  document TEXT NOT NULL,  -- what is known of it, as JSON
  status TEXT NOT NULL,    -- the last of customs; empty: not known
  client TEXT NOT NULL,
  reported_at BIGINT NOT NULL,
  UNIQUE (enterprise, key)
);
CREATE INDEX facts_by_time ON facts (reported_at, row);
CREATE INDEX facts_of_enterprise ON facts (enterprise, reported_at, row);
CREATE TABLE fact_numbers (
  value TEXT NOT NULL, kind TEXT NOT NULL,
  fact BIGINT NOT NULL REFERENCES facts (row),
  PRIMARY KEY (value, kind, fact)
);
CREATE INDEX fact_numbers_of ON fact_numbers (fact);
ALTER TABLE documents ADD COLUMN waits_until BIGINT;
CREATE INDEX documents_with_siblings ON documents (due) WHERE waits_until IS NOT NULL;
DROP INDEX documents_due_in_turn;
CREATE INDEX documents_due_in_turn ON documents (port, enterprise, due)
WHERE state = 'accepted' AND waits_until IS NULL;
)sql";

// What persons did, and how far that goes.
constexpr std::string_view acts = R"sql(
CREATE TABLE acts (
  number BIGINT PRIMARY KEY,
  at BIGINT NOT NULL,
  by TEXT NOT NULL,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  enterprise TEXT NOT NULL,
  reason TEXT NOT NULL,
  digest {bytes} NOT NULL
);
CREATE INDEX acts_by_time ON acts (at, number);
CREATE INDEX acts_by_enterprise ON acts (enterprise, at, number);
CREATE INDEX acts_by_person ON acts (by, at, number);
CREATE INDEX acts_of_subject ON acts (subject, at, number);
CREATE TABLE acts_head (
  one BIGINT PRIMARY KEY CHECK (one = 1),
  acts BIGINT NOT NULL,
  digest {bytes} NOT NULL
);
INSERT INTO acts_head VALUES (1, 0, '');
)sql";

// Counts by enterprise; figures of the flow; what persons ordered of ports; troubles.
constexpr std::string_view watch = R"sql(
CREATE TABLE counts_by_owner (
  things TEXT NOT NULL,     -- documents, inbound
  owner TEXT NOT NULL,      -- of documents their enterprise
  state TEXT NOT NULL,
  session BIGINT NOT NULL,  -- those who write beside each other do so in rows of their own
  count BIGINT NOT NULL,
  PRIMARY KEY (things, owner, state, session)
);
INSERT INTO counts_by_owner SELECT 'documents', enterprise, state, 0, count(*) FROM documents WHERE newest = 1
  GROUP BY enterprise, state;
INSERT INTO counts_by_owner SELECT things, '', state, 0, CAST(sum(count) AS BIGINT) FROM state_counts
  WHERE things = 'inbound' GROUP BY things, state;
DROP TABLE state_counts;
ALTER TABLE counts_by_owner RENAME TO state_counts;
CREATE TABLE figures (
  span TEXT NOT NULL,       -- minute, day
  begins_at BIGINT NOT NULL,
  enterprise TEXT NOT NULL,
  event TEXT NOT NULL,      -- accepted, sent, settled, refused, held, code
  about TEXT NOT NULL,      -- of settled in minutes how long it took, of code type and code
  session BIGINT NOT NULL,
  count BIGINT NOT NULL,
  PRIMARY KEY (span, begins_at, enterprise, event, about, session)
);
CREATE TABLE port_orders (
  port TEXT PRIMARY KEY,
  paused_by TEXT NOT NULL DEFAULT '', paused_reason TEXT NOT NULL DEFAULT '', paused_at BIGINT,
  most_at_once BIGINT
);
CREATE INDEX deliveries_failed ON deliveries (number) WHERE outcome IN ('unreachable', 'unknown', 'refused');
CREATE TABLE alerts (
  id {identity},
  kind TEXT NOT NULL, subject TEXT NOT NULL, enterprise TEXT NOT NULL,
  zh TEXT NOT NULL, en TEXT NOT NULL,
  began_at BIGINT NOT NULL, ended_at BIGINT
);
CREATE UNIQUE INDEX alerts_open ON alerts (kind, subject) WHERE ended_at IS NULL;
CREATE INDEX alerts_ended ON alerts (ended_at) WHERE ended_at IS NOT NULL;
)sql";

// Persons who sign in; nothing that would let anybody in stands here in the clear.
constexpr std::string_view accounts = R"sql(
CREATE TABLE users (
  name TEXT PRIMARY KEY,
  role TEXT NOT NULL,
  enterprises TEXT NOT NULL,    -- their codes with blanks between them; *: all
  password_hash TEXT NOT NULL,  -- empty: none yet
  state TEXT NOT NULL,          -- active, disabled
  created_at BIGINT NOT NULL,
  last_signed_in_at BIGINT
);
CREATE TABLE one_time_codes (
  digest TEXT PRIMARY KEY,  -- SHA-256, hexadecimal
  name TEXT NOT NULL REFERENCES users (name),
  ends_at BIGINT NOT NULL
);
CREATE INDEX one_time_codes_of ON one_time_codes (name);
CREATE TABLE sessions (
  digest TEXT PRIMARY KEY,     -- of its id: SHA-256, hexadecimal
  name TEXT NOT NULL,
  means TEXT NOT NULL,         -- password, token, code
  token_sha256 TEXT NOT NULL,  -- of the client whose token it was; empty: a user's
  signed_in_at BIGINT NOT NULL, last_seen_at BIGINT NOT NULL,
  address TEXT NOT NULL, agent TEXT NOT NULL
);
CREATE INDEX sessions_of ON sessions (name, last_seen_at);
CREATE INDEX sessions_by_use ON sessions (last_seen_at);
CREATE INDEX sessions_by_age ON sessions (signed_in_at);
CREATE TABLE sign_in_tries (
  subject TEXT PRIMARY KEY,
  count BIGINT NOT NULL,
  last_at BIGINT NOT NULL, closed_until BIGINT NOT NULL
);
CREATE INDEX sign_in_tries_by_time ON sign_in_tries (last_at, subject);
)sql";

// Documents are found by what customs said of them, by what became of them there, and by the beginning of a number.
constexpr std::string_view searching = R"sql(
CREATE TABLE document_codes (
  document BIGINT NOT NULL REFERENCES documents (row),
  code TEXT NOT NULL,  -- the status of a receipt, or one within its text
  PRIMARY KEY (document, code)
);
INSERT INTO document_codes SELECT DISTINCT document, status FROM receipts WHERE said <> 'notice';
CREATE INDEX document_codes_by_code ON document_codes (code, document);
CREATE INDEX documents_by_outcome ON documents (outcome, created_at) WHERE newest = 1 AND outcome <> '';
CREATE INDEX documents_by_port ON documents (port, created_at) WHERE newest = 1;
{numbers bytewise}
)sql";

// What waits at a port, without its documents' rows; and what was sent and has heard nothing. Beside an index of all a
// port's documents the one before would not be taken.
constexpr std::string_view waiting_at_port = R"sql(
DROP INDEX documents_waiting;
CREATE INDEX documents_waiting ON documents (port, state, created_at, enterprise)
WHERE newest = 1 AND state IN ('accepted', 'sealed', 'deferred', 'unconfirmed');
CREATE INDEX documents_unheard ON documents (port, due) WHERE state = 'sent' AND newest = 1 AND stage = '';
)sql";

// What persons keep of documents, by the document's id: it stays when the document leaves for the archive.
constexpr std::string_view casework = R"sql(
CREATE TABLE document_notes (
  number {identity},
  id TEXT NOT NULL,
  at BIGINT NOT NULL,
  by TEXT NOT NULL, text TEXT NOT NULL
);
CREATE INDEX document_notes_of ON document_notes (id, number);
CREATE TABLE code_notes (code TEXT PRIMARY KEY, text TEXT NOT NULL, by TEXT NOT NULL, at BIGINT NOT NULL);
CREATE TABLE assignments (
  id TEXT PRIMARY KEY,
  assignee TEXT NOT NULL,
  by TEXT NOT NULL, reason TEXT NOT NULL,
  at BIGINT NOT NULL
);
CREATE INDEX assignments_to ON assignments (assignee);
)sql";

constexpr std::array<std::string_view, 17> steps{
    turns,  message_bytes, replays, notices, apart_and_silent, bodies_apart, counts_apart,    taken_over, archive,
    proofs, facts,         acts,    watch,   accounts,         searching,    waiting_at_port, casework};

}  // namespace

std::span<const std::string_view> later_steps() { return steps; }

std::string written_for(const DatabaseTypes& types, std::string_view step) {
  std::string written(step);
  for (const auto& [name, type] :
       {std::pair<std::string_view, std::string_view>{"{identity}", types.identity},
        std::pair<std::string_view, std::string_view>{"{row}", types.row},
        std::pair<std::string_view, std::string_view>{"{of documents}", types.of_documents},
        std::pair<std::string_view, std::string_view>{"{of inbound}", types.of_inbound},
        std::pair<std::string_view, std::string_view>{"{numbers bytewise}", types.numbers_bytewise},
        std::pair<std::string_view, std::string_view>{"{bytes}", types.bytes}}) {
    for (auto at = written.find(name); at != std::string::npos; at = written.find(name, at)) {
      written.replace(at, name.size(), type);
    }
  }
  return written;
}

}  // namespace gateway::ledger::sql
