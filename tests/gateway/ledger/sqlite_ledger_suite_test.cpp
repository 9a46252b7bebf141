// The suite every ledger has to pass, on SQLite.
#include "tests/contracts/ledger_suite.cpp"
#include "tests/contracts/ledger_suite_intake.cpp"
#include "tests/contracts/ledger_suite_receipts.cpp"
#include "tests/contracts/ledger_suite_sending.cpp"
#include "tests/contracts/ledger_suite_signings.cpp"
#include "tests/contracts/ledger_suite_turns.cpp"
#include "tests/contracts/ledger_suite_views.cpp"
#include "tests/support/paths.h"

namespace tests {
namespace {

class SqliteStore final : public LedgerStore {
 public:
  std::unique_ptr<gateway::ledger::Ledger> open() override {
    return gateway::ledger::open_ledger("sqlite:" + (folder_.path() / "ledger.db").string());
  }

 private:
  ScratchDirectory folder_;
};

std::unique_ptr<LedgerStore> sqlite_store() { return std::make_unique<SqliteStore>(); }

INSTANTIATE_TEST_SUITE_P(Sqlite, LedgerSuite, testing::Values(&sqlite_store));

}  // namespace
}  // namespace tests
