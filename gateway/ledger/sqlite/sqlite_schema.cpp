#include "gateway/ledger/sqlite/sqlite_schema.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <string>
#include <vector>

#include "gateway/ledger/ledger_error.h"
#include "gateway/ledger/sql/later_steps.h"

namespace gateway::ledger::sqlite {

namespace {

constexpr std::int64_t application_id = 0x43454247;  // "CEBG"

// `row` is the file's own number of a thing and never leaves it. Times are milliseconds since the epoch.
constexpr std::string_view tables = R"sql(
CREATE TABLE messages (
  row INTEGER PRIMARY KEY,
  guid TEXT NOT NULL UNIQUE,
  type TEXT NOT NULL, enterprise TEXT NOT NULL, port TEXT NOT NULL, dialect TEXT NOT NULL,
  signed_xml BLOB NOT NULL, envelope BLOB NOT NULL,
  sealed_at INTEGER NOT NULL,
  tries INTEGER NOT NULL DEFAULT 0,
  first_try INTEGER,
  in_flight INTEGER NOT NULL DEFAULT 0,  -- deliveries begun and not finished
  due INTEGER                            -- the earliest of its documents that still have to be sent
);
CREATE TABLE documents (
  row INTEGER PRIMARY KEY,
  id TEXT NOT NULL, version INTEGER NOT NULL, newest INTEGER NOT NULL DEFAULT 1,
  type TEXT NOT NULL, key TEXT NOT NULL, number TEXT NOT NULL,
  enterprise TEXT NOT NULL, port TEXT NOT NULL, dxp_id TEXT NOT NULL,
  guid TEXT NOT NULL, app_type TEXT NOT NULL, app_status TEXT NOT NULL, app_time TEXT NOT NULL,
  content_digest TEXT NOT NULL, body TEXT NOT NULL,
  state TEXT NOT NULL, stage TEXT NOT NULL DEFAULT '', outcome TEXT NOT NULL DEFAULT '',
  reason TEXT NOT NULL DEFAULT '',
  due INTEGER,
  revision INTEGER NOT NULL DEFAULT 1,
  message INTEGER REFERENCES messages (row),
  deliveries_begun INTEGER NOT NULL DEFAULT 0,
  first_send INTEGER,
  created_at INTEGER NOT NULL,
  UNIQUE (id, version),
  UNIQUE (key, version)
);
CREATE TABLE message_documents (
  message INTEGER NOT NULL REFERENCES messages (row),
  document INTEGER NOT NULL REFERENCES documents (row),
  PRIMARY KEY (document, message)
) WITHOUT ROWID;
CREATE TABLE numbers (
  value TEXT NOT NULL, kind TEXT NOT NULL,
  document INTEGER NOT NULL REFERENCES documents (row),
  PRIMARY KEY (value, kind, document)
) WITHOUT ROWID;
CREATE TABLE moves (
  cursor INTEGER PRIMARY KEY AUTOINCREMENT,
  document INTEGER NOT NULL REFERENCES documents (row),
  enterprise TEXT NOT NULL,
  at INTEGER NOT NULL,
  from_state TEXT NOT NULL, to_state TEXT NOT NULL,
  stage TEXT NOT NULL, outcome TEXT NOT NULL, reason TEXT NOT NULL, by TEXT NOT NULL
);
CREATE TABLE deliveries (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  message INTEGER NOT NULL REFERENCES messages (row),
  at INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  answer TEXT NOT NULL DEFAULT '',
  finished_at INTEGER
);
CREATE TABLE inbound (
  row INTEGER PRIMARY KEY,
  digest TEXT NOT NULL UNIQUE,
  port TEXT NOT NULL, source TEXT NOT NULL, dxp_id TEXT NOT NULL,
  bytes BLOB NOT NULL,
  received_at INTEGER NOT NULL,
  state TEXT NOT NULL,
  reason TEXT NOT NULL DEFAULT ''
);
CREATE TABLE receipts (
  row INTEGER PRIMARY KEY AUTOINCREMENT,  -- the order of arrival
  document INTEGER NOT NULL REFERENCES documents (row),
  inbound INTEGER NOT NULL REFERENCES inbound (row),
  status TEXT NOT NULL, return_time TEXT NOT NULL, return_info TEXT NOT NULL,
  returned_at INTEGER NOT NULL, at INTEGER NOT NULL,
  effect TEXT NOT NULL
);
CREATE TABLE foreign_numbers (
  value TEXT NOT NULL, kind TEXT NOT NULL, dxp_id TEXT NOT NULL,
  PRIMARY KEY (value, kind, dxp_id)
) WITHOUT ROWID;
CREATE TABLE windows (
  port TEXT NOT NULL, source TEXT NOT NULL, dxp_id TEXT NOT NULL,
  read_up_to INTEGER NOT NULL,
  PRIMARY KEY (port, source, dxp_id)
) WITHOUT ROWID;
CREATE TABLE idempotency (
  row INTEGER PRIMARY KEY AUTOINCREMENT,
  client TEXT NOT NULL, key TEXT NOT NULL,
  request_digest TEXT NOT NULL, status INTEGER NOT NULL, answer TEXT NOT NULL,
  at INTEGER NOT NULL,
  UNIQUE (client, key)
);
CREATE TABLE probe (one INTEGER PRIMARY KEY CHECK (one = 1), writes INTEGER NOT NULL);
INSERT INTO probe VALUES (1, 0);
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
)sql";

// Counts kept as things change: counting millions of rows for each look at the metrics would not do.
constexpr std::string_view counts = R"sql(
CREATE TABLE document_counts (state TEXT PRIMARY KEY, count INTEGER NOT NULL) WITHOUT ROWID;
CREATE TRIGGER documents_counted AFTER INSERT ON documents WHEN new.newest = 1 BEGIN
  INSERT INTO document_counts VALUES (new.state, 1) ON CONFLICT DO UPDATE SET count = count + 1;
END;
CREATE TRIGGER documents_counted_anew AFTER UPDATE OF state, newest ON documents
  WHEN new.state <> old.state OR new.newest <> old.newest BEGIN
  UPDATE document_counts SET count = count - 1 WHERE state = old.state AND old.newest = 1;
  INSERT INTO document_counts SELECT new.state, 1 WHERE new.newest = 1
    ON CONFLICT DO UPDATE SET count = count + 1;
END;
CREATE TABLE inbound_counts (state TEXT PRIMARY KEY, count INTEGER NOT NULL) WITHOUT ROWID;
CREATE TRIGGER inbound_counted AFTER INSERT ON inbound BEGIN
  INSERT INTO inbound_counts VALUES (new.state, 1) ON CONFLICT DO UPDATE SET count = count + 1;
END;
CREATE TRIGGER inbound_counted_anew AFTER UPDATE OF state ON inbound WHEN new.state <> old.state BEGIN
  UPDATE inbound_counts SET count = count - 1 WHERE state = old.state;
  INSERT INTO inbound_counts VALUES (new.state, 1) ON CONFLICT DO UPDATE SET count = count + 1;
END;
)sql";

constexpr std::string_view unexplained_codes = R"sql(
CREATE TABLE unexplained_codes (
  type TEXT NOT NULL, code TEXT NOT NULL,
  example TEXT NOT NULL,
  times INTEGER NOT NULL,
  first_seen INTEGER NOT NULL, last_seen INTEGER NOT NULL,
  PRIMARY KEY (type, code)
) WITHOUT ROWID;
)sql";

// What keys have signed for other systems, kept for good.
constexpr std::string_view signings = R"sql(
CREATE TABLE signings (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  client TEXT NOT NULL, enterprise TEXT NOT NULL,
  kind TEXT NOT NULL,     -- xml, text
  bytes INTEGER NOT NULL, digest TEXT NOT NULL,
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

// Several gateways on one ledger, the chain of what happened, and messages whose bytes are packed. The moves that tell
// nothing new (told = 0) belong to the chain and not to the feed of changes.
constexpr std::string_view shared_and_chained = R"sql(
CREATE TABLE gateways (place TEXT PRIMARY KEY, until INTEGER NOT NULL) WITHOUT ROWID;
ALTER TABLE documents ADD COLUMN chain BLOB NOT NULL DEFAULT x'';
ALTER TABLE documents ADD COLUMN claimed_by TEXT;
ALTER TABLE documents ADD COLUMN claimed_until INTEGER;
ALTER TABLE moves ADD COLUMN evidence TEXT NOT NULL DEFAULT '';
ALTER TABLE moves ADD COLUMN digest BLOB NOT NULL DEFAULT x'';
ALTER TABLE moves ADD COLUMN told INTEGER NOT NULL DEFAULT 1;
ALTER TABLE deliveries ADD COLUMN gateway TEXT NOT NULL DEFAULT '';
)sql";

// Step n leads from version n to n + 1. A released step never changes.
using Step = std::array<std::string_view, 3>;
constexpr std::array<Step, 4> own_steps{
    {{tables, indexes, counts}, {unexplained_codes}, {signings}, {shared_and_chained}}};

std::vector<std::string> all_steps() {
  std::vector<std::string> all;
  for (const Step& step : own_steps) {
    std::string& script = all.emplace_back();
    for (const std::string_view part : step) script += part;
  }
  constexpr sql::DatabaseTypes types{.identity = "INTEGER PRIMARY KEY AUTOINCREMENT",
                                     .row = "INTEGER",
                                     .bytes = "BLOB",
                                     .of_documents = "",
                                     .of_inbound = "",
                                     .numbers_bytewise = ""};
  for (const std::string_view step : sql::later_steps()) all.push_back(sql::written_for(types, step));
  return all;
}

std::int64_t number_of(SqliteConnection& connection, const std::string& query) {
  return connection.prepare(query).number();
}

std::int64_t version_of_ours(SqliteConnection& connection) {
  const auto things = number_of(connection, "SELECT count(*) FROM sqlite_schema");
  const auto owner = number_of(connection, "PRAGMA application_id");
  if (owner != application_id && (owner != 0 || things != 0)) {
    connection.refuse(
        "该文件属于另一个程序，不是账本，请改用其他路径 / the file belongs to another program and is no ledger: name "
        "another path");
  }
  const auto version = number_of(connection, "PRAGMA user_version");
  if (version < 0 || version > newest_version()) {
    connection.refuse("账本版本为 " + std::to_string(version) +
                      "，新于本程序，请使用较新的程序 / the ledger has version " + std::to_string(version) +
                      ", newer than this program: use the newer program");
  }
  return version;
}

// It reads the whole file, so a large one is left out: what is damaged there is said when it is come by. Only what it
// says of pages counts: SQLite 3.40 mistakes the columns of tables without row ids and finds NULL where there is none.
void refuse_what_is_damaged(SqliteConnection& connection) {
  constexpr std::uintmax_t most_bytes = std::uintmax_t{64} << 20;
  if (std::filesystem::file_size(connection.file()) > most_bytes) return;
  std::string found;
  auto row = connection.prepare("PRAGMA quick_check(1)");
  if (row.step()) row.read(found);
  if (!found.starts_with("*** in database")) return;
  std::ranges::replace(found, '\n', ' ');
  connection.refuse("文件已损坏，请从备份恢复 / the file is damaged: restore a backup (" + found + ")");
}

}  // namespace

std::int64_t newest_version() { return static_cast<std::int64_t>(all_steps().size()); }

std::int64_t version_of(SqliteConnection& connection) {
  const auto version = version_of_ours(connection);
  refuse_what_is_damaged(connection);
  return version;
}

void refuse_what_was_emptied(const std::filesystem::path& file) {
  auto log = file;
  log += "-wal";
  std::error_code none;
  const auto bytes = std::filesystem::file_size(file, none);
  if (none || bytes > 0) return;
  const auto log_bytes = std::filesystem::file_size(log, none);
  if (none || log_bytes == 0) return;
  throw LedgerError(file.string() + ": 文件为空，而日志 " + log.string() +
                    " 尚有内容，请从备份恢复 / the file is empty while its log " + log.string() +
                    " is not: restore a backup");
}

void migrate(SqliteConnection& connection) {
  connection.at_close(SqliteConnection::AtClose::leave_everything);  // where it is refused
  const auto version = static_cast<std::size_t>(version_of(connection));
  connection.at_close(SqliteConnection::AtClose::write_log_back);
  connection.execute("PRAGMA journal_mode = WAL");
  const auto steps = all_steps();
  for (std::size_t from = version; from < steps.size(); ++from) {
    connection.execute("BEGIN IMMEDIATE");
    connection.execute(steps[from]);
    connection.execute("PRAGMA application_id = " + std::to_string(application_id));
    connection.execute("PRAGMA user_version = " + std::to_string(from + 1));
    connection.execute("COMMIT");
  }
}

}  // namespace gateway::ledger::sqlite
