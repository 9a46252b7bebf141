// What the ledger still knows of documents that have left it, and how they come back.
#include <algorithm>
#include <boost/json/parse.hpp>

#include "base/base64.h"
#include "gateway/ledger/sql/archive.h"
#include "gateway/ledger/sql/archive_rows.h"
#include "gateway/ledger/sql/audit.h"
#include "gateway/ledger/sql/rows.h"
#include "gateway/ledger/sql/sql_ledger.h"
#include "schemas/document_key.h"

namespace gateway::ledger::sql {

namespace json = boost::json;
namespace tables = archived_tables;

namespace {

constexpr std::size_t keys_at_a_time = 100;

ArchivedDocument read_archived(SqlStatement& row) {
  ArchivedDocument archived;
  archived.summary = read_summary(row);
  row.read(archived.guid, archived.content_digest, archived.dxp_id, archived.file, archived.place.offset,
           archived.place.length, archived.place.digest);
  return archived;
}

// `condition`: on archived d.
template <class... Values>
std::vector<ArchivedDocument> find(SqlConnection& connection, const std::string& condition, const Values&... values) {
  auto rows = connection.prepare("SELECT " + std::string(summary_columns) +
                                 ", d.guid, d.content_digest, d.dxp_id, f.name, d.place, d.length, d.digest "
                                 "FROM archived d JOIN archive_files f ON f.row = d.file WHERE " +
                                 condition + " ORDER BY d.row DESC");
  rows.bind(values...);
  std::vector<ArchivedDocument> found;
  while (rows.step()) found.push_back(read_archived(rows));
  return found;
}

bool is_anything_archived(SqlConnection& connection) {
  return connection.prepare("SELECT 1 FROM archived LIMIT 1").step();
}

// A full list each time, so that there is one statement however many keys are asked for.
void find_keys(SqlConnection& connection, std::span<const std::string> keys, std::vector<ArchivedDocument>& found) {
  std::string places = "?";
  for (std::size_t i = 1; i < keys_at_a_time; ++i) places += ", ?";
  auto rows = connection.prepare("SELECT key FROM archived WHERE key IN (" + places + ")");
  for (std::size_t i = 0; i < keys_at_a_time; ++i) rows.bind(keys[std::min(i, keys.size() - 1)]);
  std::string key;
  while (rows.step()) {
    rows.read(key);
    for (auto& one : find(connection, "d.key = ?", key)) found.push_back(std::move(one));
  }
}

bool fits(const ArchivedDocument& document, const Traces& traces) {
  const Summary& summary = document.summary;
  if (document.dxp_id != traces.dxp_id || (!traces.type.empty() && summary.type != traces.type)) return false;
  const auto parts = schemas::parts_of_key(summary.key);
  for (std::size_t i = 0; i < traces.parts_of_key.size() && i < parts.size(); ++i) {
    if (traces.parts_of_key[i] && *traces.parts_of_key[i] != parts[i]) return false;
  }
  return true;
}

std::optional<ArchivedDocument> find_by(SqlConnection& connection, const Traces& traces) {
  std::vector<Number> numbers;
  for (const std::string& guid : traces.guids) numbers.push_back({"guid", guid});
  numbers.insert(numbers.end(), traces.numbers.begin(), traces.numbers.end());
  const std::string with_number = "d.row IN (SELECT archived FROM archived_numbers WHERE value = ? AND kind = ?)";
  for (const Number& number : numbers) {
    for (auto& found : find(connection, with_number, number.value, number.kind)) {
      if (fits(found, traces)) return std::move(found);
    }
  }
  if (traces.type.empty() || traces.parts_of_key.empty() || !traces.parts_of_key.back()) return std::nullopt;
  for (auto& found : find(connection, "d.number = ?", *traces.parts_of_key.back())) {
    if (fits(found, traces)) return std::move(found);
  }
  return std::nullopt;
}

std::optional<std::int64_t> row_of(SqlConnection& connection, const std::string& query, const std::string& name) {
  auto row = connection.prepare(query);
  row.bind(name);
  if (!row.step()) return std::nullopt;
  std::int64_t number = 0;
  row.read(number);
  return number;
}

std::optional<std::int64_t> message_row(SqlConnection& connection, const json::value& guid) {
  if (guid.is_null()) return std::nullopt;
  return row_of(connection, "SELECT row FROM messages WHERE guid = ?", std::string(guid.as_string()));
}

std::optional<std::int64_t> inbound_row(SqlConnection& connection, const json::value& digest) {
  return row_of(connection, "SELECT row FROM inbound WHERE digest = ?", std::string(digest.as_string()));
}

std::string read_envelope(const json::value& written, const std::string& signed_xml) {
  const auto* cut = written.if_object();
  if (cut == nullptr || !cut->contains("before")) return read_bytes(written);
  return read_bytes(cut->at("before")) + base::base64(signed_xml) + read_bytes(cut->at("after"));
}

// Others of the message may have kept it here.
void put_message_back(SqlConnection& connection, const std::string& line) {
  const json::value value = json::parse(line);
  const json::object& message = value.as_object();
  if (message_row(connection, message.at("guid"))) return;
  insert_row(connection, tables::messages, message);
  const auto row = message_row(connection, message.at("guid"));
  const std::string signed_xml = read_bytes(message.at("signed_xml"));
  const MessageBytes bytes = packed(signed_xml, read_envelope(message.at("envelope"), signed_xml));
  connection.prepare("INSERT INTO message_bytes (message, packing, signed_xml, envelope) VALUES (?, ?, ?, ?)")
      .bind(row, static_cast<std::int64_t>(Packing::zstd), Blob{bytes.signed_xml}, Blob{bytes.envelope})
      .run();
  for (const json::value& delivery : message.at("deliveries").as_array()) {
    insert_row(connection, tables::deliveries, delivery.as_object(), {{"message", row}});
  }
}

// A record that came again meanwhile is the same one: it has been applied.
void put_inbound_back(SqlConnection& connection, const json::object& record) {
  if (const auto here = kept_record(connection, std::string(record.at("digest").as_string()))) {
    return mark(connection, *here, InboundState::applied, {});
  }
  insert_row(connection, tables::inbound, record);
  connection.counts().inbound(record.at("state").as_string(), 1);
  const auto row = inbound_row(connection, record.at("digest"));
  for (const json::value& act : record.at("acts").as_array()) {
    insert_row(connection, tables::inbound_acts, act.as_object(), {{"inbound", row}});
  }
}

void put_version_back(SqlConnection& connection, const json::object& version) {
  insert_row(connection, tables::documents, version, {{"message", message_row(connection, version.at("message"))}});
  const auto row = connection.prepare("SELECT row FROM documents WHERE id = ? AND version = ?")
                       .bind(std::string(version.at("id").as_string()), version.at("version").to_number<int>())
                       .number();
  add_body(connection, row, read_bytes(version.at("body")));
  if (version.at("newest").to_number<int>() == 1) {
    connection.counts().documents(std::string(version.at("enterprise").as_string()), version.at("state").as_string(),
                                  1);
  }
  for (const json::value& number : version.at("numbers").as_array()) {
    insert_row(connection, tables::numbers, number.as_object(), {{"document", row}});
  }
  for (const json::value& move : version.at("moves").as_array()) {
    insert_row(connection, tables::moves, move.as_object(), {{"document", row}});
  }
  for (const json::value& receipt : version.at("receipts").as_array()) {
    insert_row(connection, tables::receipts, receipt.as_object(),
               {{"document", row}, {"inbound", inbound_row(connection, receipt.at("inbound"))}});
    add_code(connection, row, std::string(receipt.at("status").as_string()));
  }
  for (const json::value& guid : version.at("messages").as_array()) {
    connection.prepare("INSERT INTO message_documents (message, document) VALUES (?, ?)")
        .bind(message_row(connection, guid), row)
        .run();
  }
}

void note_return(SqlConnection& connection, const Restoration& restoration, const std::string& file) {
  auto row = connection.prepare("SELECT " + std::string(place_columns) + " FROM documents WHERE id = ? AND newest > 0");
  row.bind(restoration.id);
  if (!row.step()) connection.refuse("归档文件中没有该文档的最新版本 / the archive file lacks the newest version");
  const Place place = read_place(row);
  Step step;
  step.by = restoration.by;
  step.at = restoration.now;
  step.evidence = "restored from " + file + ": " + restoration.reason;
  note(connection, place, step);
}

void forget_archived(SqlConnection& connection, std::int64_t archived) {
  for (const char* const what :
       {"UPDATE archive_files SET documents = documents - 1 WHERE row = (SELECT file FROM archived WHERE row = ?)",
        "DELETE FROM archived_numbers WHERE archived = ?", "DELETE FROM archived WHERE row = ?"}) {
    connection.prepare(what).bind(archived).run();
  }
}

}  // namespace

std::vector<ArchivedDocument> find_archived(SqlConnection& connection, std::span<const std::string> keys) {
  std::vector<ArchivedDocument> found;
  if (keys.empty() || !is_anything_archived(connection)) return found;
  for (std::size_t begin = 0; begin < keys.size(); begin += keys_at_a_time) {
    find_keys(connection, keys.subspan(begin, std::min(keys_at_a_time, keys.size() - begin)), found);
  }
  return found;
}

std::vector<ArchivedDocument> SqlLedger::archived_keys(std::span<const std::string> keys) {
  return look([&](SqlConnection& connection) { return find_archived(connection, keys); });
}

std::vector<ArchivedDocument> SqlLedger::archived(const std::string& name) {
  return look([&](SqlConnection& connection) {
    return find(connection,
                "d.row IN (SELECT row FROM archived WHERE id = ?1 UNION SELECT row FROM archived WHERE key = ?1 "
                "UNION SELECT row FROM archived WHERE number = ?1)",
                name);
  });
}

std::optional<ArchivedDocument> SqlLedger::archived_by(const Traces& traces) {
  return look([&](SqlConnection& connection) -> std::optional<ArchivedDocument> {
    if (!is_anything_archived(connection)) return std::nullopt;
    return find_by(connection, traces);
  });
}

std::vector<ArchiveFile> SqlLedger::archive_files() {
  return look([](SqlConnection& connection) {
    std::vector<ArchiveFile> files;
    auto rows = connection.prepare(
        "SELECT name, digest, written_at, newest_change, documents, whole FROM archive_files ORDER BY row");
    while (rows.step()) {
      ArchiveFile& file = files.emplace_back();
      int whole = 0;
      rows.read(file.name, file.digest, file.written_at, file.newest_change, file.documents, whole);
      file.is_whole = whole == 1;
    }
    return files;
  });
}

bool SqlLedger::restore(const Restoration& restoration) {
  return write([&](SqlConnection& connection) {
    auto away = connection.prepare(
        "SELECT d.row, f.name, d.enterprise FROM archived d JOIN archive_files f ON f.row = d.file WHERE d.id = ?" +
        std::string(connection.dialect().lock_rows));
    away.bind(restoration.id);
    if (!away.step()) return false;
    std::int64_t archived = 0;
    std::string file;
    Act restored{.at = restoration.now, .by = restoration.by, .kind = ActKind::restore};
    restored.subject = "documents/" + restoration.id;
    restored.reason = restoration.reason;
    away.read(archived, file, restored.enterprise);
    for (const std::string& message : restoration.messages) put_message_back(connection, message);
    const json::value document = json::parse(restoration.line);
    for (const json::value& record : document.at("inbound").as_array()) {
      put_inbound_back(connection, record.as_object());
    }
    for (const json::value& version : document.at("versions").as_array()) {
      put_version_back(connection, version.as_object());
    }
    note_return(connection, restoration, file);
    forget_archived(connection, archived);
    add_act(connection, restored);
    return true;
  });
}

}  // namespace gateway::ledger::sql
