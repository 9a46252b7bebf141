// Rows of the ledger as JSON and back, for the archive: of what tables and columns an archived document consists. What
// comes back is what was given, byte for byte.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "gateway/ledger/sql/connection.h"

namespace gateway::ledger::sql {

enum class Holds { number, text, bytes, digest };  // digest: bytes, told as hexadecimal digits

struct Column {
  std::string_view name;
  Holds holds = Holds::text;
};

// A table of which every column is here, or is named as left out: it is found anew, or belongs to the ledger alone.
struct ArchivedTable {
  std::string_view name;
  std::span<const Column> columns;
  std::span<const std::string_view> left_out;
};

namespace archived_tables {
extern const ArchivedTable documents, numbers, moves, receipts, inbound, inbound_acts, messages, deliveries;
}

// Text as JSON text; {"base64":…} for what is no UTF-8.
boost::json::value written_bytes(std::string_view bytes);
std::string read_bytes(const boost::json::value& written);

// `select`: "SELECT %s FROM …", the table's columns standing for %s behind `prefix`.
std::string selection(const ArchivedTable& table, std::string_view prefix, std::string_view rest);
boost::json::object read_row(SqlStatement& row, const ArchivedTable& table);
template <class... Values>
boost::json::array read_all(SqlConnection& connection, const ArchivedTable& table, std::string_view prefix,
                            std::string_view rest, const Values&... values) {
  boost::json::array rows;
  auto found = connection.prepare(selection(table, prefix, rest));
  found.bind(values...);
  while (found.step()) rows.push_back(read_row(found, table));
  return rows;
}

// `besides`: numbers of rows that the JSON does not hold. Throws if the JSON is not what read_row gave.
using Besides = std::initializer_list<std::pair<std::string_view, std::optional<std::int64_t>>>;
void insert_row(SqlConnection& connection, const ArchivedTable& table, const boost::json::object& row,
                Besides besides = {});

}  // namespace gateway::ledger::sql
