// One SQLite connection. The file must be there.
#pragma once

#include <filesystem>
#include <string>

#include "gateway/ledger/sql/connection.h"

struct sqlite3;

namespace gateway::ledger::sqlite {

class SqliteConnection final : public sql::SqlConnection {
 public:
  // unchanging: nobody else has the file open, and not even what SQLite keeps beside it is made.
  enum class Opening { to_write, to_look, to_look_unchanging };
  explicit SqliteConnection(const std::filesystem::path& file, Opening opening = Opening::to_write);
  ~SqliteConnection() override;

  void execute(const std::string& script) override;
  const sql::Dialect& dialect() const override;
  std::string adding(std::string insert, std::string_view column) const override;
  [[noreturn]] void refuse(const std::string& why) const override;
  [[noreturn]] void fail(int code) const;
  bool in_transaction() const;
  std::int64_t changes() const;  // rows, since it was opened
  const std::filesystem::path& file() const { return file_; }
  // What becomes of the write-ahead log of a crash where this is the only connection.
  enum class AtClose { leave_everything, write_log_back };
  void at_close(AtClose what);

 protected:
  std::unique_ptr<sql::PreparedStatement> make(const std::string& text) override;

 private:
  std::filesystem::path file_;
  sqlite3* handle_ = nullptr;
};

}  // namespace gateway::ledger::sqlite
