#include "gateway/ledger/sql/archive_rows.h"

#include <array>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <stdexcept>

#include "base/base64.h"
#include "base/digest.h"

namespace gateway::ledger::sql {

namespace json = boost::json;
using Name = std::string_view;

namespace {

using enum Holds;

constexpr std::array<Column, 25> document_columns{{{"id"},
                                                   {"version", number},
                                                   {"newest", number},
                                                   {"type"},
                                                   {"key"},
                                                   {"number"},
                                                   {"enterprise"},
                                                   {"port"},
                                                   {"dxp_id"},
                                                   {"guid"},
                                                   {"app_type"},
                                                   {"app_status"},
                                                   {"app_time"},
                                                   {"content_digest"},
                                                   {"state"},
                                                   {"stage"},
                                                   {"outcome"},
                                                   {"reason"},
                                                   {"revision", number},
                                                   {"deliveries_begun", number},
                                                   {"first_send", number},
                                                   {"created_at", number},
                                                   {"refused_together", number},
                                                   {"sent_elsewhere", number},
                                                   {"chain", digest}}};
constexpr std::array<Name, 6> documents_left_out{"row", "message", "due", "claimed_by", "claimed_until", "waits_until"};
constexpr std::array<Column, 2> number_columns{{{"value"}, {"kind"}}};
constexpr std::array<Name, 1> of_a_document{"document"};
constexpr std::array<Column, 12> move_columns{{{"cursor", number},
                                               {"enterprise"},
                                               {"at", number},
                                               {"from_state"},
                                               {"to_state"},
                                               {"stage"},
                                               {"outcome"},
                                               {"reason"},
                                               {"by"},
                                               {"evidence"},
                                               {"digest", digest},
                                               {"told", number}}};
constexpr std::array<Name, 2> moves_left_out{"row", "document"};
constexpr std::array<Column, 8> receipt_columns{{{"status"},
                                                 {"return_time"},
                                                 {"return_info"},
                                                 {"returned_at", number},
                                                 {"at", number},
                                                 {"effect"},
                                                 {"said"},
                                                 {"type"}}};
constexpr std::array<Name, 3> receipts_left_out{"row", "document", "inbound"};
constexpr std::array<Column, 8> inbound_columns{
    {{"digest"}, {"port"}, {"source"}, {"dxp_id"}, {"bytes", bytes}, {"received_at", number}, {"state"}, {"reason"}}};
constexpr std::array<Name, 1> row_alone{"row"};
constexpr std::array<Column, 3> act_columns{{{"at", number}, {"by"}, {"reason"}}};
constexpr std::array<Name, 2> acts_left_out{"number", "inbound"};
constexpr std::array<Column, 8> message_columns{{{"guid"},
                                                 {"type"},
                                                 {"enterprise"},
                                                 {"port"},
                                                 {"dialect"},
                                                 {"sealed_at", number},
                                                 {"tries", number},
                                                 {"first_try", number}}};
constexpr std::array<Name, 3> messages_left_out{"row", "in_flight", "due"};
constexpr std::array<Column, 7> delivery_columns{{{"number", number},
                                                  {"at", number},
                                                  {"outcome"},
                                                  {"answer"},
                                                  {"finished_at", number},
                                                  {"gateway"},
                                                  {"proof", bytes}}};
constexpr std::array<Name, 1> of_a_message{"message"};

// The parser refuses what is no UTF-8.
bool is_utf8(std::string_view bytes) {
  boost::system::error_code error;
  json::parse(json::serialize(json::string(bytes)), error);
  return !error;
}

std::string from_hex(std::string_view digits) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < digits.size(); i += 2) {
    bytes += static_cast<char>(std::stoi(std::string(digits.substr(i, 2)), nullptr, 16));
  }
  return bytes;
}

void bind(SqlStatement& statement, const Column& column, const json::value& value) {
  if (column.holds == number) {
    statement.bind(value.is_null() ? std::nullopt : std::optional(value.to_number<std::int64_t>()));
  } else if (column.holds == text) {
    statement.bind(value.is_null() ? std::nullopt : std::optional(read_bytes(value)));
  } else if (value.is_null()) {
    statement.bind(std::optional<Blob>());
  } else {
    const std::string kept = column.holds == digest ? from_hex(value.as_string()) : read_bytes(value);
    statement.bind(Blob{kept});
  }
}

}  // namespace

namespace archived_tables {
const ArchivedTable documents{"documents", document_columns, documents_left_out};
const ArchivedTable numbers{"numbers", number_columns, of_a_document};
const ArchivedTable moves{"moves", move_columns, moves_left_out};
const ArchivedTable receipts{"receipts", receipt_columns, receipts_left_out};
const ArchivedTable inbound{"inbound", inbound_columns, row_alone};
const ArchivedTable inbound_acts{"inbound_acts", act_columns, acts_left_out};
const ArchivedTable messages{"messages", message_columns, messages_left_out};
const ArchivedTable deliveries{"deliveries", delivery_columns, of_a_message};
}  // namespace archived_tables

json::value written_bytes(std::string_view bytes) {
  if (is_utf8(bytes)) return json::string(bytes);
  return json::object{{"base64", base::base64(bytes)}};
}

std::string read_bytes(const json::value& written) {
  if (const auto* text = written.if_string()) return std::string(*text);
  auto bytes = base::read_base64(written.at("base64").as_string());
  if (!bytes) throw std::runtime_error("no Base64 where bytes have to be");
  return std::move(*bytes);
}

std::string selection(const ArchivedTable& table, std::string_view prefix, std::string_view rest) {
  std::string sql = "SELECT ";
  for (const Column& column : table.columns) {
    if (&column != table.columns.data()) sql += ", ";
    sql.append(prefix).append(column.name);
  }
  return sql.append(" ").append(rest);
}

json::object read_row(SqlStatement& row, const ArchivedTable& table) {
  json::object object;
  for (const Column& column : table.columns) {
    json::value& into = object[column.name];
    if (column.holds == number) {
      std::optional<std::int64_t> value;
      row.read(value);
      if (value) into = *value;
      continue;
    }
    std::optional<std::string> value;
    row.read(value);
    if (value) into = column.holds == digest ? json::value(base::hex(*value)) : written_bytes(*value);
  }
  return object;
}

void insert_row(SqlConnection& connection, const ArchivedTable& table, const json::object& row, Besides besides) {
  std::string columns, places;
  const auto add = [&](std::string_view name) {
    columns.append(columns.empty() ? "" : ", ").append(name);
    places += places.empty() ? "?" : ", ?";
  };
  for (const Column& column : table.columns) add(column.name);
  for (const auto& [name, value] : besides) add(name);
  const bool brings_its_number = &table == &archived_tables::deliveries;
  auto insertion = connection.prepare("INSERT INTO " + std::string(table.name) + " (" + columns + ")" +
                                      std::string(brings_its_number ? connection.dialect().own_number : "") +
                                      " VALUES (" + places + ")");
  for (const Column& column : table.columns) {
    const json::value* value = row.if_contains(column.name);  // a file that is older than the column has none
    bind(insertion, column, value == nullptr ? json::value() : *value);
  }
  for (const auto& [name, value] : besides) insertion.bind(value);
  insertion.run();
}

}  // namespace gateway::ledger::sql
