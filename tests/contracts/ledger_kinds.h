// The kinds of ledger that the suites of contracts run on: SQLite, and PostgreSQL where it is installed.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "gateway/ledger/kinds/open_ledger.h"
#include "tests/contracts/ledger_suite.h"
#include "tests/support/paths.h"
#include "tests/support/postgres_server.h"

namespace tests {

class SqliteStore final : public LedgerStore {
 public:
  std::unique_ptr<gateway::ledger::Ledger> open() override {
    return gateway::ledger::kinds::open_ledger("sqlite:" + (folder_.path() / "ledger.db").string());
  }

 private:
  ScratchDirectory folder_;
};

class PostgresStore final : public LedgerStore {
 public:
  explicit PostgresStore(PostgresServer& server) : address_(server.new_database()) {}
  std::unique_ptr<gateway::ledger::Ledger> open() override { return gateway::ledger::kinds::open_ledger(address_); }

 private:
  std::string address_;
};

inline std::unique_ptr<LedgerStore> sqlite_store() { return std::make_unique<SqliteStore>(); }
inline std::unique_ptr<LedgerStore> postgres_store() {
  return std::make_unique<PostgresStore>(*PostgresServer::of_this_program());
}

inline std::vector<MakeLedgerStore> ledger_kinds() {
  std::vector<MakeLedgerStore> kinds{&sqlite_store};
  if (PostgresServer::of_this_program() != nullptr) kinds.push_back(&postgres_store);
  return kinds;
}

inline std::string name_of_kind(const testing::TestParamInfo<MakeLedgerStore>& kind) {
  return kind.param == &sqlite_store ? "sqlite" : "postgres";
}

}  // namespace tests
