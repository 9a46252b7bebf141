// The suite every ledger has to pass, on SQLite and on PostgreSQL.
#include "tests/contracts/ledger_suite.cpp"

#include "tests/contracts/ledger_kinds.h"
#include "tests/contracts/ledger_suite_accounts.cpp"
#include "tests/contracts/ledger_suite_apart.cpp"
#include "tests/contracts/ledger_suite_archive.cpp"
#include "tests/contracts/ledger_suite_audit.cpp"
#include "tests/contracts/ledger_suite_casework.cpp"
#include "tests/contracts/ledger_suite_clock.cpp"
#include "tests/contracts/ledger_suite_evidence.cpp"
#include "tests/contracts/ledger_suite_facts.cpp"
#include "tests/contracts/ledger_suite_imports.cpp"
#include "tests/contracts/ledger_suite_intake.cpp"
#include "tests/contracts/ledger_suite_notices.cpp"
#include "tests/contracts/ledger_suite_receipts.cpp"
#include "tests/contracts/ledger_suite_replays.cpp"
#include "tests/contracts/ledger_suite_searching.cpp"
#include "tests/contracts/ledger_suite_sending.cpp"
#include "tests/contracts/ledger_suite_signings.cpp"
#include "tests/contracts/ledger_suite_turns.cpp"
#include "tests/contracts/ledger_suite_views.cpp"
#include "tests/contracts/ledger_suite_watch.cpp"

namespace tests {
namespace {

INSTANTIATE_TEST_SUITE_P(Kinds, LedgerSuite, testing::ValuesIn(ledger_kinds()), name_of_kind);
INSTANTIATE_TEST_SUITE_P(Kinds, ArchiveSuite, testing::ValuesIn(ledger_kinds()), name_of_kind);
INSTANTIATE_TEST_SUITE_P(Kinds, ReplaySuite, testing::ValuesIn(ledger_kinds()), name_of_kind);
INSTANTIATE_TEST_SUITE_P(Kinds, CaseworkSuite, testing::ValuesIn(ledger_kinds()), name_of_kind);
INSTANTIATE_TEST_SUITE_P(Kinds, SearchSuite, testing::ValuesIn(ledger_kinds()), name_of_kind);
INSTANTIATE_TEST_SUITE_P(Kinds, AuditSuite, testing::ValuesIn(ledger_kinds()), name_of_kind);
INSTANTIATE_TEST_SUITE_P(Kinds, WatchSuite, testing::ValuesIn(ledger_kinds()), name_of_kind);
INSTANTIATE_TEST_SUITE_P(Kinds, SiblingsSuite, testing::ValuesIn(ledger_kinds()), name_of_kind);
INSTANTIATE_TEST_SUITE_P(Kinds, InboundSuite, testing::ValuesIn(ledger_kinds()), name_of_kind);

}  // namespace
}  // namespace tests
