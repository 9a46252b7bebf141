#include "gateway/ledger/postgres/postgres_schema.h"

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/ledger/sql/later_steps.h"

namespace gateway::ledger::postgres {

namespace {

// `row` is the database's own number of a thing and never leaves it. Times are milliseconds since the epoch.
constexpr std::string_view tables = R"sql(
CREATE TABLE messages (
  row BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  guid TEXT NOT NULL UNIQUE,
  type TEXT NOT NULL, enterprise TEXT NOT NULL, port TEXT NOT NULL, dialect TEXT NOT NULL,
  signed_xml BYTEA NOT NULL, envelope BYTEA NOT NULL,
  sealed_at BIGINT NOT NULL,
  tries BIGINT NOT NULL DEFAULT 0,
  first_try BIGINT,
  in_flight BIGINT NOT NULL DEFAULT 0,  -- deliveries begun and not finished
  due BIGINT                            -- the earliest of its documents that still have to be sent
);
CREATE TABLE documents (
  row BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id TEXT NOT NULL, version BIGINT NOT NULL, newest BIGINT NOT NULL DEFAULT 1,
  type TEXT NOT NULL, key TEXT NOT NULL, number TEXT NOT NULL,
  enterprise TEXT NOT NULL, port TEXT NOT NULL, dxp_id TEXT NOT NULL,
  guid TEXT NOT NULL, app_type TEXT NOT NULL, app_status TEXT NOT NULL, app_time TEXT NOT NULL,
  content_digest TEXT NOT NULL, body TEXT NOT NULL,
  state TEXT NOT NULL, stage TEXT NOT NULL DEFAULT '', outcome TEXT NOT NULL DEFAULT '',
  reason TEXT NOT NULL DEFAULT '',
  due BIGINT,
  revision BIGINT NOT NULL DEFAULT 1,
  message BIGINT REFERENCES messages (row),
  deliveries_begun BIGINT NOT NULL DEFAULT 0,
  first_send BIGINT,
  created_at BIGINT NOT NULL,
  chain BYTEA NOT NULL,
  claimed_by TEXT,
  claimed_until BIGINT,
  UNIQUE (id, version),
  UNIQUE (key, version)
);
CREATE TABLE message_documents (
  message BIGINT NOT NULL REFERENCES messages (row),
  document BIGINT NOT NULL REFERENCES documents (row),
  PRIMARY KEY (document, message)
);
CREATE TABLE numbers (
  value TEXT NOT NULL, kind TEXT NOT NULL,
  document BIGINT NOT NULL REFERENCES documents (row),
  PRIMARY KEY (value, kind, document)
);
CREATE TABLE moves (
  row BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  cursor BIGINT UNIQUE,  -- the place in the feed, given as the move becomes visible
  document BIGINT NOT NULL REFERENCES documents (row),
  enterprise TEXT NOT NULL,
  at BIGINT NOT NULL,
  from_state TEXT NOT NULL, to_state TEXT NOT NULL,
  stage TEXT NOT NULL, outcome TEXT NOT NULL, reason TEXT NOT NULL, by TEXT NOT NULL,
  evidence TEXT NOT NULL, digest BYTEA NOT NULL, told BIGINT NOT NULL
);
CREATE TABLE deliveries (
  number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  message BIGINT NOT NULL REFERENCES messages (row),
  at BIGINT NOT NULL,
  outcome TEXT NOT NULL,
  answer TEXT NOT NULL DEFAULT '',
  finished_at BIGINT,
  gateway TEXT NOT NULL
);
CREATE TABLE inbound (
  row BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  digest TEXT NOT NULL UNIQUE,
  port TEXT NOT NULL, source TEXT NOT NULL, dxp_id TEXT NOT NULL,
  bytes BYTEA NOT NULL,
  received_at BIGINT NOT NULL,
  state TEXT NOT NULL,
  reason TEXT NOT NULL DEFAULT ''
);
CREATE TABLE receipts (
  row BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,  -- the order of arrival
  document BIGINT NOT NULL REFERENCES documents (row),
  inbound BIGINT NOT NULL REFERENCES inbound (row),
  status TEXT NOT NULL, return_time TEXT NOT NULL, return_info TEXT NOT NULL,
  returned_at BIGINT NOT NULL, at BIGINT NOT NULL,
  effect TEXT NOT NULL
);
CREATE TABLE foreign_numbers (
  value TEXT NOT NULL, kind TEXT NOT NULL, dxp_id TEXT NOT NULL,
  PRIMARY KEY (value, kind, dxp_id)
);
CREATE TABLE windows (
  port TEXT NOT NULL, source TEXT NOT NULL, dxp_id TEXT NOT NULL,
  read_up_to BIGINT NOT NULL,
  PRIMARY KEY (port, source, dxp_id)
);
CREATE TABLE idempotency (
  row BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  client TEXT NOT NULL, key TEXT NOT NULL,
  request_digest TEXT NOT NULL, status BIGINT NOT NULL, answer TEXT NOT NULL,
  at BIGINT NOT NULL,
  UNIQUE (client, key)
);
CREATE TABLE probe (one BIGINT PRIMARY KEY CHECK (one = 1), writes BIGINT NOT NULL);
INSERT INTO probe VALUES (1, 0);
CREATE TABLE gateways (place TEXT PRIMARY KEY, until BIGINT NOT NULL);
CREATE TABLE turns (work TEXT PRIMARY KEY, place TEXT NOT NULL, until BIGINT NOT NULL);
)sql";

// The lists' indexes hold newest versions only; the queues' hold only what waits, so they stay small however long the
// history is.
constexpr std::string_view indexes = R"sql(
CREATE INDEX documents_by_time ON documents (created_at) WHERE newest = 1;
CREATE INDEX documents_by_state ON documents (state, created_at) WHERE newest = 1;
CREATE INDEX documents_by_enterprise ON documents (enterprise, created_at) WHERE newest = 1;
CREATE INDEX documents_by_type ON documents (type, created_at) WHERE newest = 1;
CREATE INDEX documents_by_number ON documents (number) WHERE newest = 1;
CREATE INDEX documents_by_message ON documents (message) WHERE message IS NOT NULL;
CREATE INDEX documents_due ON documents (port, due) WHERE state = 'accepted';
CREATE INDEX documents_next_due ON documents (due) WHERE state = 'accepted';
CREATE INDEX documents_waiting ON documents (port, created_at, state)
  WHERE newest = 1 AND state IN ('accepted', 'sealed', 'deferred', 'unconfirmed');
CREATE INDEX documents_unsettled ON documents (port, first_send)
  WHERE first_send IS NOT NULL AND state IN ('sealed', 'deferred', 'unconfirmed', 'sent', 'held');
CREATE INDEX messages_due ON messages (port, due) WHERE due IS NOT NULL AND in_flight = 0;
CREATE INDEX messages_next_due ON messages (due) WHERE due IS NOT NULL AND in_flight = 0;
CREATE INDEX numbers_of_document ON numbers (document);
CREATE INDEX moves_of_document ON moves (document);
CREATE INDEX moves_of_enterprise ON moves (enterprise, cursor);
CREATE INDEX deliveries_of_message ON deliveries (message);
CREATE INDEX deliveries_open ON deliveries (number) WHERE outcome = 'begun';
CREATE INDEX inbound_by_state ON inbound (state);
CREATE INDEX receipts_of_document ON receipts (document);
CREATE INDEX idempotency_by_time ON idempotency (at);
CREATE INDEX moves_to_number ON moves (row) WHERE cursor IS NULL AND told = 1;
)sql";

// Counts kept as things change, by each session in rows of its own: in common rows every gateway would wait for every
// other.
constexpr std::string_view counts = R"sql(
CREATE TABLE document_counts (state TEXT NOT NULL, session BIGINT NOT NULL, count BIGINT NOT NULL, PRIMARY KEY (state, session));
CREATE TABLE inbound_counts (state TEXT NOT NULL, session BIGINT NOT NULL, count BIGINT NOT NULL, PRIMARY KEY (state, session));
CREATE FUNCTION count_document(counted TEXT, difference BIGINT) RETURNS void LANGUAGE sql AS $$
  INSERT INTO document_counts VALUES (counted, pg_backend_pid(), difference)
    ON CONFLICT (state, session) DO UPDATE SET count = document_counts.count + difference;
$$;
CREATE FUNCTION count_inbound(counted TEXT, difference BIGINT) RETURNS void LANGUAGE sql AS $$
  INSERT INTO inbound_counts VALUES (counted, pg_backend_pid(), difference)
    ON CONFLICT (state, session) DO UPDATE SET count = inbound_counts.count + difference;
$$;
CREATE FUNCTION documents_counted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND old.newest = 1 THEN PERFORM count_document(old.state, -1); END IF;
  IF new.newest = 1 THEN PERFORM count_document(new.state, 1); END IF;
  RETURN NULL;
END $$;
CREATE FUNCTION inbound_counted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN PERFORM count_inbound(old.state, -1); END IF;
  PERFORM count_inbound(new.state, 1);
  RETURN NULL;
END $$;
CREATE TRIGGER documents_counted AFTER INSERT ON documents FOR EACH ROW EXECUTE FUNCTION documents_counted();
CREATE TRIGGER documents_counted_anew AFTER UPDATE OF state, newest ON documents FOR EACH ROW
  WHEN (new.state <> old.state OR new.newest <> old.newest) EXECUTE FUNCTION documents_counted();
CREATE TRIGGER inbound_counted AFTER INSERT ON inbound FOR EACH ROW EXECUTE FUNCTION inbound_counted();
CREATE TRIGGER inbound_counted_anew AFTER UPDATE OF state ON inbound FOR EACH ROW
  WHEN (new.state <> old.state) EXECUTE FUNCTION inbound_counted();
)sql";

constexpr std::string_view unexplained_codes = R"sql(
CREATE TABLE unexplained_codes (
  type TEXT NOT NULL, code TEXT NOT NULL,
  example TEXT NOT NULL,
  times BIGINT NOT NULL,
  first_seen BIGINT NOT NULL, last_seen BIGINT NOT NULL,
  PRIMARY KEY (type, code)
);
)sql";

// What keys have signed for other systems, kept for good.
constexpr std::string_view signings = R"sql(
CREATE TABLE signings (
  number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at BIGINT NOT NULL,
  client TEXT NOT NULL, enterprise TEXT NOT NULL,
  kind TEXT NOT NULL,     -- xml, text
  bytes BIGINT NOT NULL, digest TEXT NOT NULL,
  type TEXT NOT NULL,
  manner TEXT NOT NULL,   -- the dialect, or the algorithm of a plain text
  serial TEXT NOT NULL,
  outcome TEXT NOT NULL,  -- made, refused
  reason TEXT NOT NULL
);
CREATE INDEX signings_by_time ON signings (at);
CREATE INDEX signings_by_enterprise ON signings (enterprise, at);
CREATE INDEX signings_by_client ON signings (client, at);
)sql";

// Step n leads from version n to n + 1. A released step never changes.
using Step = std::array<std::string_view, 5>;
constexpr std::array<Step, 1> own_steps{{{tables, indexes, counts, unexplained_codes, signings}}};

std::vector<std::string> all_steps() {
  std::vector<std::string> all;
  for (const Step& step : own_steps) {
    std::string& script = all.emplace_back();
    for (const std::string_view part : step) script += part;
  }
  constexpr sql::DatabaseTypes types{
      .identity = "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
      .row = "BIGINT",
      .bytes = "BYTEA",
      .of_documents = " ON documents",
      .of_inbound = " ON inbound",
      .numbers_bytewise = "ALTER TABLE numbers ALTER COLUMN value TYPE TEXT COLLATE \"C\";"};
  for (const std::string_view step : sql::later_steps()) all.push_back(sql::written_for(types, step));
  return all;
}

void refuse_what_is_newer(const PostgresConnection& connection, std::int64_t version) {
  if (version >= 0 && version <= newest_version()) return;
  connection.refuse("账本版本为 " + std::to_string(version) +
                    "，新于本程序，请使用较新的程序 / the ledger has version " + std::to_string(version) +
                    ", newer than this program: use the newer program");
}

}  // namespace

std::int64_t newest_version() { return static_cast<std::int64_t>(all_steps().size()); }

std::optional<std::int64_t> version_of(PostgresConnection& connection) {
  connection.execute("BEGIN READ ONLY");
  const bool is_there = connection.prepare("SELECT count(to_regclass('cebgate.ledger'))").number() > 0;
  std::optional<std::int64_t> version;
  if (is_there) version = connection.prepare("SELECT coalesce(max(version), 0) FROM ledger").number();
  connection.execute("ROLLBACK");
  if (version) refuse_what_is_newer(connection, *version);
  return version;
}

void migrate(PostgresConnection& connection) {
  connection.execute("BEGIN");
  connection.execute("SELECT pg_advisory_xact_lock(hashtext('cebgate.migration'))");
  connection.execute("CREATE SCHEMA IF NOT EXISTS cebgate");
  connection.execute("CREATE TABLE IF NOT EXISTS ledger (version BIGINT NOT NULL)");
  const auto version = connection.prepare("SELECT coalesce(max(version), 0) FROM ledger").number();
  refuse_what_is_newer(connection, version);
  const auto steps = all_steps();
  for (auto from = static_cast<std::size_t>(version); from < steps.size(); ++from) {
    connection.execute(steps[from]);
    connection.prepare("INSERT INTO ledger (version) VALUES (?)").bind(from + 1).run();
  }
  connection.execute("COMMIT");
}

}  // namespace gateway::ledger::postgres
