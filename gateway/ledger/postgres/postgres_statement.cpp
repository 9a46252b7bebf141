#include "gateway/ledger/postgres/postgres_statement.h"

#include <charconv>
#include <cstdlib>
#include <libpq-fe.h>
#include <utility>

#include "gateway/ledger/postgres/postgres_fault.h"

namespace gateway::ledger::postgres {

namespace {

// PostgreSQL's numbers of its types (pg_type.dat).
constexpr Oid bool_type = 16, bytes_type = 17, int8_type = 20, int2_type = 21, int4_type = 23, text_type = 25;

Oid type_of(sql::PreparedStatement::Kind kind) {
  switch (kind) {
    case sql::PreparedStatement::Kind::integer:
      return int8_type;
    case sql::PreparedStatement::Kind::blob:
      return bytes_type;
    case sql::PreparedStatement::Kind::text:
      break;
  }
  return text_type;
}

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

// The length of the character that begins there, by RFC 3629; 0 where none does.
std::size_t length_of_character(std::string_view text) {
  const auto at = [text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const auto follows = [&](std::size_t i) { return i < text.size() && (at(i) & 0xC0) == 0x80; };
  const unsigned char first = at(0);
  if (first < 0x80) return first == 0 ? 0 : 1;
  if (first >= 0xC2 && first <= 0xDF) return follows(1) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF && follows(1) && follows(2)) {
    const bool is_long = first == 0xE0 && at(1) < 0xA0, is_surrogate = first == 0xED && at(1) > 0x9F;
    return is_long || is_surrogate ? 0 : 3;
  }
  if (first >= 0xF0 && first <= 0xF4 && follows(1) && follows(2) && follows(3)) {
    const bool is_long = first == 0xF0 && at(1) < 0x90, is_beyond = first == 0xF4 && at(1) > 0x8F;
    return is_long || is_beyond ? 0 : 4;
  }
  return 0;
}

std::int64_t big_endian(std::string_view bytes) {
  std::uint64_t value = 0;
  for (const char byte : bytes) value = value << 8 | static_cast<unsigned char>(byte);
  return static_cast<std::int64_t>(value);
}

}  // namespace

std::string with_numbered_placeholders(std::string_view sql) {
  std::string numbered;
  bool in_quotes = false;
  int next = 0;
  for (std::size_t i = 0; i < sql.size(); ++i) {
    if (sql[i] == '\'') in_quotes = !in_quotes;
    if (sql[i] != '?' || in_quotes) {
      numbered += sql[i];
      continue;
    }
    numbered += '$';
    if (i + 1 < sql.size() && is_digit(sql[i + 1])) continue;  // its number follows
    numbered += std::to_string(++next);
  }
  return numbered;
}

std::string fit_for_text(std::string_view bytes) {
  std::string text;
  text.reserve(bytes.size());
  while (!bytes.empty()) {
    const std::size_t length = length_of_character(bytes);
    text += length == 0 ? "\xEF\xBF\xBD" : bytes.substr(0, length);
    bytes.remove_prefix(length == 0 ? 1 : length);
  }
  return text;
}

void PostgresStatement::Clear::operator()(pg_result* result) const { PQclear(result); }

PostgresStatement::PostgresStatement(const PostgresConnection& connection, std::string name, std::string_view sql)
    : connection_(connection), name_(std::move(name)), sql_(with_numbered_placeholders(sql)) {}

PostgresStatement::~PostgresStatement() = default;

void PostgresStatement::set(int parameter, Value value) {
  const auto index = static_cast<std::size_t>(parameter - 1);
  if (values_.size() <= index) values_.resize(index + 1);
  values_[index] = std::move(value);
}

void PostgresStatement::bind(int parameter, std::int64_t value) {
  set(parameter, {std::to_string(value), Kind::integer, false});
}

void PostgresStatement::bind(int parameter, std::string_view text) {
  set(parameter, {fit_for_text(text), Kind::text, false});
}

void PostgresStatement::bind(int parameter, sql::Blob blob) {
  set(parameter, {std::string(blob.bytes), Kind::blob, false});
}

void PostgresStatement::bind_null(int parameter, Kind kind) { set(parameter, {{}, kind, true}); }

PostgresStatement::Answer PostgresStatement::checked(pg_result* result) const {
  Answer answer(result);
  const auto status = PQresultStatus(result);
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) fail(connection_, result);
  return answer;
}

void PostgresStatement::prepare() {
  std::vector<Oid> types;
  for (const Value& value : values_) types.push_back(type_of(value.kind));
  checked(PQprepare(connection_.handle(), name_.c_str(), sql_.c_str(), static_cast<int>(types.size()), types.data()));
  is_prepared_ = true;
}

void PostgresStatement::execute() {
  if (!is_prepared_) prepare();
  std::vector<const char*> starts;
  std::vector<int> sizes, formats;
  for (const Value& value : values_) {
    starts.push_back(value.is_null ? nullptr : value.bytes.c_str());
    sizes.push_back(static_cast<int>(value.bytes.size()));
    formats.push_back(value.kind == Kind::blob ? 1 : 0);
  }
  constexpr int binary_answer = 1;
  answer_ = checked(PQexecPrepared(connection_.handle(), name_.c_str(), static_cast<int>(values_.size()), starts.data(),
                                   sizes.data(), formats.data(), binary_answer));
  row_ = -1;
}

bool PostgresStatement::step() {
  if (!answer_) execute();
  return ++row_ < PQntuples(answer_.get());
}

bool PostgresStatement::is_null(int column) { return PQgetisnull(answer_.get(), row_, column) == 1; }

std::string_view PostgresStatement::bytes(int column) {
  return {PQgetvalue(answer_.get(), row_, column), static_cast<std::size_t>(PQgetlength(answer_.get(), row_, column))};
}

std::int64_t PostgresStatement::integer(int column) {
  if (is_null(column)) return 0;
  switch (PQftype(answer_.get(), column)) {
    case bool_type:
      return bytes(column).front();
    case int2_type:
      return static_cast<std::int16_t>(big_endian(bytes(column)));
    case int4_type:
      return static_cast<std::int32_t>(big_endian(bytes(column)));
    case int8_type:
      return big_endian(bytes(column));
    default:
      break;
  }
  connection_.refuse("no whole number in column " + std::to_string(column) + " of: " + sql_);
}

std::int64_t PostgresStatement::changed() {
  const std::string_view count = answer_ ? PQcmdTuples(answer_.get()) : "";
  std::int64_t rows = 0;
  std::from_chars(count.data(), count.data() + count.size(), rows);
  return rows;
}

void PostgresStatement::reset() noexcept {
  answer_.reset();
  values_.clear();
  row_ = -1;
}

}  // namespace gateway::ledger::postgres
