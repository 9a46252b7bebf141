// The suite every ledger has to pass, on SQLite and on PostgreSQL.
#include "tests/contracts/ledger_suite.cpp"

#include "gateway/ledger/kinds/open_ledger.h"
#include "tests/contracts/ledger_suite_apart.cpp"
#include "tests/contracts/ledger_suite_archive.cpp"
#include "tests/contracts/ledger_suite_clock.cpp"
#include "tests/contracts/ledger_suite_evidence.cpp"
#include "tests/contracts/ledger_suite_imports.cpp"
#include "tests/contracts/ledger_suite_intake.cpp"
#include "tests/contracts/ledger_suite_notices.cpp"
#include "tests/contracts/ledger_suite_receipts.cpp"
#include "tests/contracts/ledger_suite_replays.cpp"
#include "tests/contracts/ledger_suite_sending.cpp"
#include "tests/contracts/ledger_suite_signings.cpp"
#include "tests/contracts/ledger_suite_turns.cpp"
#include "tests/contracts/ledger_suite_views.cpp"
#include "tests/support/paths.h"
#include "tests/support/postgres_server.h"

namespace tests {
namespace {

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

std::unique_ptr<LedgerStore> sqlite_store() { return std::make_unique<SqliteStore>(); }
std::unique_ptr<LedgerStore> postgres_store() {
  return std::make_unique<PostgresStore>(*PostgresServer::of_this_program());
}

std::vector<MakeLedgerStore> kinds() {
  std::vector<MakeLedgerStore> kinds{&sqlite_store};
  if (PostgresServer::of_this_program() != nullptr) kinds.push_back(&postgres_store);
  return kinds;
}

std::string name_of(const testing::TestParamInfo<MakeLedgerStore>& kind) {
  return kind.param == &sqlite_store ? std::string("sqlite") : std::string("postgres");
}

INSTANTIATE_TEST_SUITE_P(Kinds, LedgerSuite, testing::ValuesIn(kinds()), name_of);
INSTANTIATE_TEST_SUITE_P(Kinds, ArchiveSuite, testing::ValuesIn(kinds()), name_of);
INSTANTIATE_TEST_SUITE_P(Kinds, ReplaySuite, testing::ValuesIn(kinds()), name_of);
INSTANTIATE_TEST_SUITE_P(Kinds, InboundSuite, testing::ValuesIn(kinds()), name_of);

}  // namespace
}  // namespace tests
