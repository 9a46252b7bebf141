// What concerns the file of the SQLite ledger: who may open it, what it refuses, what a full disk or a kill leaves.
#include <csignal>
#include <filesystem>
#include <functional>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "gateway/ledger/kinds/open_ledger.h"
#include "gateway/ledger/ledger.h"
#include "tests/contracts/ledger_suite.h"
#include "tests/support/paths.h"

namespace tests {
namespace {

using namespace gateway::ledger;
using gateway::lifecycle::State;

class SqliteFile : public testing::Test {
 protected:
  std::filesystem::path file() const { return folder_.path() / "ledger.db"; }
  std::unique_ptr<Ledger> open() const { return gateway::ledger::kinds::open_ledger("sqlite:" + file().string()); }
  std::string refusal() const {
    try {
      open();
    } catch (const LedgerError& error) {
      return error.what();
    }
    return "it was opened";
  }
  void run_sql(const std::string& sql) const {
    sqlite3* handle = nullptr;
    ASSERT_EQ(sqlite3_open(file().c_str(), &handle), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(handle, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(handle);
    sqlite3_close(handle);
  }

 private:
  ScratchDirectory folder_;
};

bool accept_one(Ledger& ledger, const std::string& number) {
  const NewVersion version = new_version(number);
  return ledger.accept(std::span(&version, 1), std::nullopt, at(0)).has_value();
}

TEST_F(SqliteFile, only_its_owner_can_read_it) {
  const auto ledger = open();
  accept_one(*ledger, "A1");
  for (const char* const suffix : {"", "-wal", "-shm", ".lock"}) {
    const auto mode = std::filesystem::status(file().string() + suffix).permissions();
    EXPECT_EQ(mode, std::filesystem::perms(0600)) << suffix;
  }
}

TEST_F(SqliteFile, a_second_opener_is_told_at_once) {
  const auto ledger = open();
  EXPECT_THAT(refusal(), testing::HasSubstr("open in another program"));
  EXPECT_TRUE(accept_one(*ledger, "A1"));
}

TEST_F(SqliteFile, it_opens_again_when_the_first_has_gone) {
  open().reset();
  EXPECT_NO_THROW(open());
}

TEST_F(SqliteFile, a_newer_version_is_refused_and_left_as_it_is) {
  accept_one(*open(), "A1");
  run_sql("PRAGMA user_version = 99");
  const std::string before = read_file(file());
  EXPECT_THAT(refusal(), testing::HasSubstr("newer than this program"));
  EXPECT_EQ(read_file(file()), before);
}

TEST_F(SqliteFile, a_ledger_of_an_older_version_goes_on_with_its_documents) {
  run_sql(read_file(source_directory() / "tests/gateway/ledger/ledger_version_3.sql"));
  const auto ledger = open();
  const auto standing = ledger->newest(std::vector<std::string>{"CEB311Message/4601960001/A3"}).front();
  ASSERT_TRUE(standing);
  EXPECT_EQ(standing->summary.picture.state, State::settled);
  EXPECT_EQ(standing->receipts.size(), 2U);
  EXPECT_EQ(ledger->message_of(standing->summary.id, {})->signed_xml, "<signed/>");
  EXPECT_EQ(ledger->changes(0, {}, 10).size(), 5U);
  NewVersion second = new_version("A3", 2);
  EXPECT_TRUE(ledger->accept(std::span(&second, 1), std::nullopt, at(0)));
}

TEST_F(SqliteFile, another_programs_database_is_refused_and_left_as_it_is) {
  run_sql("CREATE TABLE theirs (a); INSERT INTO theirs VALUES (1)");
  const std::string before = read_file(file());
  EXPECT_THAT(refusal(), testing::HasSubstr("belongs to another program"));
  EXPECT_EQ(read_file(file()), before);
}

TEST_F(SqliteFile, a_damaged_file_is_refused_and_left_as_it_is) {
  const std::string garbage(8192, 'x');
  write_file(file(), garbage);
  EXPECT_THAT(refusal(), testing::HasSubstr("damaged"));
  EXPECT_EQ(read_file(file()), garbage);
}

TEST_F(SqliteFile, a_file_that_was_cut_off_is_refused) {
  accept_one(*open(), "A1");
  std::filesystem::resize_file(file(), 8192);
  EXPECT_THAT(refusal(), testing::HasSubstr("damaged"));
}

TEST_F(SqliteFile, an_empty_file_becomes_a_ledger) {
  write_file(file(), "");
  EXPECT_TRUE(accept_one(*open(), "A1"));
}

TEST(OpenLedger, an_absent_folder_or_an_unknown_kind_is_told) {
  EXPECT_THROW(gateway::ledger::kinds::open_ledger("sqlite:/nowhere/at/all/ledger.db"), LedgerError);
  EXPECT_THROW(gateway::ledger::kinds::open_ledger("sqlite:"), LedgerError);
  EXPECT_THROW(gateway::ledger::kinds::open_ledger("ledger.db"), LedgerError);
  try {
    gateway::ledger::kinds::open_ledger("mysql://user:secret@host/db");
    FAIL() << "it was opened";
  } catch (const LedgerError& error) {
    EXPECT_THAT(error.what(), testing::HasSubstr("mysql"));
    EXPECT_THAT(error.what(), testing::Not(testing::HasSubstr("secret")));
  }
}

TEST_F(SqliteFile, the_oldest_of_too_many_idempotency_keys_is_forgotten) {
  open().reset();
  run_sql(
      "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000) "
      "INSERT INTO idempotency (client, key, request_digest, status, answer, at) "
      "SELECT 'erp', 'k' || i, '', 202, '', 1700000000000 FROM n");
  const auto ledger = open();
  const auto keep = [&ledger](const std::string& name) {
    const Ledger::IdempotencyKey key{"erp", name, "", [&name](std::span<const Summary>) {
                                       return Idempotent{"erp", name, "", 202, ""};
                                     }};
    ASSERT_TRUE(ledger->accept({}, key, at(0)));
  };
  keep("one over");
  keep("two over");
  EXPECT_FALSE(ledger->idempotent("erp", "k1"));
  EXPECT_TRUE(ledger->idempotent("erp", "k3"));
  EXPECT_TRUE(ledger->idempotent("erp", "two over"));
}

TEST_F(SqliteFile, of_too_many_unmatched_records_the_oldest_is_not_tried_again) {
  open().reset();
  run_sql(
      "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10001) "
      "INSERT INTO inbound (digest, port, source, dxp_id, bytes, received_at, state) "
      "SELECT 'd' || i, '', '', '', x'00', 0, 'unmatched' FROM n");
  run_sql("INSERT INTO state_counts VALUES ('inbound', '', 'unmatched', 0, 10001)");
  const auto ledger = open();
  ledger->retry_unmatched();
  const auto fresh = ledger->fresh_inbound(Ledger::most_tried_again + 1);
  EXPECT_EQ(fresh.size(), Ledger::most_tried_again);
  EXPECT_EQ(fresh.front().digest, "d2");
  EXPECT_EQ(ledger->backlog().inbound.at(InboundState::unmatched), 1U);
}

// Runs `work` in a process of its own and gives its exit status.
int status_of_child(const std::function<int()>& work) {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(work());
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST_F(SqliteFile, a_full_disk_is_said_and_leaves_nothing_half_done) {
  accept_one(*open(), "A1");
  const int status = status_of_child([this] {
    const auto ledger = open();
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit full{4096, 4096};
    ::setrlimit(RLIMIT_FSIZE, &full);
    try {
      ledger->check();
      return 1;
    } catch (const LedgerError&) {
    }
    try {
      ledger->record_signing({});
      return 4;
    } catch (const LedgerError&) {
    }
    try {
      accept_one(*ledger, "A2");
      return 2;
    } catch (const LedgerError& error) {
      return std::string(error.what()).find("nothing was written") != std::string::npos ? 0 : 3;
    }
  });
  EXPECT_EQ(status, 0);
  const auto ledger = open();
  EXPECT_EQ(ledger->waiting(), 1U);
  EXPECT_TRUE(ledger->signings({}).signings.empty());
  EXPECT_TRUE(accept_one(*ledger, "A2"));
}

TEST_F(SqliteFile, a_ledger_goes_on_after_the_disk_has_room_again) {
  const int status = status_of_child([this] {
    const auto ledger = open();
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit limit{};
    ::getrlimit(RLIMIT_FSIZE, &limit);
    const rlimit full{4096, limit.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &full);
    try {
      accept_one(*ledger, "A1");
      return 1;
    } catch (const LedgerError&) {
    }
    ::setrlimit(RLIMIT_FSIZE, &limit);
    return accept_one(*ledger, "A1") ? 0 : 2;
  });
  EXPECT_EQ(status, 0);
}

// Accepts, seals and begins to send one document after the other, and says each thing once it is promised.
[[noreturn]] void promise_without_end(Ledger& ledger, int tell) {
  const auto say = [tell](char promised) {
    if (::write(tell, &promised, 1) != 1) ::_exit(1);
  };
  for (int i = 0;; ++i) {
    const std::string number = "K" + std::to_string(i);
    const NewVersion version = new_version(number);
    const auto summary = ledger.accept(std::span(&version, 1), std::nullopt, at(i))->front();
    say('a');
    const auto standing = ledger.newest_by_id(summary.id);
    const Move move{{summary.id, 1}, standing->revision, State::accepted, {State::sealed, "", "", ""}, {}, "dispatch"};
    ledger.seal({"M" + number, version.type, version.enterprise, version.port, "", "<x/>", "{x}", {move.ref}},
                std::span(&move, 1), at(i));
    say('s');
    ledger.begin_delivery("M" + number, at(i));
    say('b');
  }
}

// How many promises were heard before the kill.
int kill_after(int promises, const std::function<std::unique_ptr<Ledger>()>& open) {
  int ends[2];
  if (::pipe(ends) != 0) throw std::runtime_error("no pipe");
  const pid_t child = ::fork();
  if (child == 0) {
    ::close(ends[0]);
    promise_without_end(*open(), ends[1]);
  }
  ::close(ends[1]);
  char promised = 0;
  int heard = 0;
  while (heard < promises && ::read(ends[0], &promised, 1) == 1) ++heard;
  ::kill(child, SIGKILL);
  while (::read(ends[0], &promised, 1) == 1) ++heard;
  ::waitpid(child, nullptr, 0);
  ::close(ends[0]);
  return heard;
}

class KilledLedger : public SqliteFile, public testing::WithParamInterface<int> {};

TEST_P(KilledLedger, keeps_every_promise_and_opens_at_once) {
  const int heard = kill_after(GetParam(), [this] { return open(); });
  ASSERT_GE(heard, GetParam());
  const auto ledger = open();
  for (int promise = 0; promise < heard; ++promise) {
    const auto found = ledger->newest(std::vector{new_version("K" + std::to_string(promise / 3)).key}).front();
    ASSERT_TRUE(found) << promise;
    if (promise % 3 == 1) {
      EXPECT_EQ(found->summary.picture.state, State::sealed);
      EXPECT_EQ(ledger->message_of(found->summary.id, {})->envelope, "{x}");
    }
    if (promise % 3 == 2) {
      EXPECT_EQ(found->deliveries_begun, 1);
    }
  }
  EXPECT_GE(ledger->abandoned_deliveries().size(), static_cast<std::size_t>(heard / 3));
  EXPECT_LE(ledger->abandoned_deliveries().size(), static_cast<std::size_t>(heard / 3 + 1));
}

INSTANTIATE_TEST_SUITE_P(AtSeveralPoints, KilledLedger, testing::Values(1, 2, 3, 7, 20, 59));

}  // namespace
}  // namespace tests
