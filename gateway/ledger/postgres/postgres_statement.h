// A prepared statement of PostgreSQL. All its rows are read at once. Lives shorter than its connection.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "gateway/ledger/postgres/postgres_connection.h"

struct pg_result;

namespace gateway::ledger::postgres {

// The placeholders ? and ?N as $N.
std::string with_numbered_placeholders(std::string_view sql);
// What PostgreSQL takes as text: without NUL, and what is no UTF-8 becomes U+FFFD.
std::string fit_for_text(std::string_view bytes);

class PostgresStatement final : public sql::PreparedStatement {
 public:
  PostgresStatement(const PostgresConnection& connection, std::string name, std::string_view sql);
  ~PostgresStatement() override;

  void bind(int parameter, std::int64_t value) override;
  void bind(int parameter, std::string_view text) override;
  void bind(int parameter, sql::Blob blob) override;
  void bind_null(int parameter, Kind kind) override;
  bool step() override;
  bool is_null(int column) override;
  std::int64_t integer(int column) override;
  std::string_view bytes(int column) override;
  std::int64_t changed() override;
  std::int64_t added() override { return integer(0); }
  void reset() noexcept override;

 private:
  struct Value {
    std::string bytes;
    Kind kind = Kind::text;
    bool is_null = true;
  };
  struct Clear {
    void operator()(pg_result* result) const;
  };
  using Answer = std::unique_ptr<pg_result, Clear>;

  void set(int parameter, Value value);
  void prepare();
  void execute();
  Answer checked(pg_result* result) const;

  const PostgresConnection& connection_;
  std::string name_, sql_;
  bool is_prepared_ = false;
  std::vector<Value> values_;
  Answer answer_;
  int row_ = -1;
};

}  // namespace gateway::ledger::postgres
