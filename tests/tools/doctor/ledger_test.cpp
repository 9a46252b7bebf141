// What the doctor says of a ledger, and that it changes nothing of it, also while a gateway works with it.
#include <fcntl.h>
#include <map>
#include <sqlite3.h>
#include <unistd.h>

#include "gateway/ledger/kinds/look_at_ledger.h"
#include "gateway/ledger/kinds/open_ledger.h"
#include "tests/support/postgres_server.h"
#include "tests/tools/doctor/site.h"

namespace tests::doctor {
namespace {

using gateway::ledger::kinds::look_at_ledger;
using gateway::ledger::kinds::open_ledger;
using testing::AllOf;
using testing::HasSubstr;

class DoctorLedger : public Site {
 protected:
  Row row() { return row_about("ledger " + file_.string()); }
  void make() const { open_ledger(url())->renew_place(); }
  std::string url() const { return "sqlite:" + file_.string(); }
  void run_sql(const std::string& sql) const {
    sqlite3* handle = nullptr;
    ASSERT_EQ(sqlite3_open(file_.c_str(), &handle), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(handle, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(handle);
    sqlite3_close(handle);
  }
  // The ledger's file and what stands beside it.
  std::map<std::string, std::string> files() const {
    std::map<std::string, std::string> all;
    for (const auto& one : std::filesystem::directory_iterator(file_.parent_path())) {
      const std::string name = one.path().filename().string();
      if (name.starts_with(file_.filename().string())) all[name] = read_file(one.path());
    }
    return all;
  }

  std::filesystem::path file_ = run_.path("ledger.db");
};

TEST_F(DoctorLedger, OneThatIsNotThereYetPassesAndIsNotMade) {
  EXPECT_THAT(row().en, HasSubstr("the first start makes it"));
  EXPECT_EQ(status_, 0);
  EXPECT_TRUE(files().empty());
}

TEST_F(DoctorLedger, OneThatIsAtRestPassesAndNothingChanges) {
  make();
  const auto before = files();
  const Row found = row();
  EXPECT_EQ(found.verdict, "pass");
  EXPECT_THAT(found.en, HasSubstr("version "));
  EXPECT_EQ(files(), before);
}

TEST_F(DoctorLedger, OneThatAGatewayWorksWithPassesAndTheGatewayGoesOn) {
  const auto ledger = open_ledger(url());
  EXPECT_EQ(row().verdict, "pass");
  EXPECT_TRUE(ledger->renew_place());
}

TEST_F(DoctorLedger, TheLogOfACrashStaysAsItIs) {
  const std::filesystem::path other = run_.path("crashed.db");
  {
    const auto ledger = open_ledger(url());
    for (const char* const suffix : {"", "-wal"}) {
      std::filesystem::copy_file(file_.string() + suffix, other.string() + suffix);
    }
  }
  file_ = other;
  ledger_ = url();
  const std::string before = read_file(file_), log = read_file(file_.string() + "-wal");
  ASSERT_FALSE(log.empty());
  EXPECT_EQ(row().verdict, "pass");
  EXPECT_EQ(read_file(file_), before);
  EXPECT_EQ(read_file(file_.string() + "-wal"), log);
}

TEST_F(DoctorLedger, AnOlderOnePassesWithTheVersionThatItGets) {
  run_sql(read_file(source_directory() / "tests/gateway/ledger/ledger_version_3.sql"));
  const auto before = files();
  EXPECT_THAT(row().en, AllOf(HasSubstr("version 3"), HasSubstr("the next start brings to")));
  EXPECT_EQ(files(), before);
}

TEST_F(DoctorLedger, ANewerOneFails) {
  make();
  run_sql("PRAGMA user_version = 99");
  const auto before = files();
  const Row found = row();
  EXPECT_EQ(found.verdict, "fail");
  EXPECT_THAT(found.en, AllOf(HasSubstr("newer than this program"), testing::Not(HasSubstr("新于"))));
  EXPECT_THAT(found.zh, HasSubstr("版本为 99"));
  EXPECT_EQ(files(), before);
  EXPECT_EQ(status_, 1);
}

TEST_F(DoctorLedger, ADamagedOneFailsAndStaysAsItIs) {
  write_file(file_, std::string(8192, 'x'));
  EXPECT_THAT(row().en, HasSubstr("restore a backup"));
  EXPECT_EQ(files().size(), 1U);
  std::filesystem::remove(file_);
  make();
  std::filesystem::resize_file(file_, 8192);
  EXPECT_EQ(row().verdict, "fail");
}

TEST_F(DoctorLedger, AnotherProgramsFileFails) {
  run_sql("CREATE TABLE theirs (a)");
  EXPECT_THAT(row().en, HasSubstr("another program"));
}

TEST_F(DoctorLedger, AnEmptyFileBesideALogFails) {
  write_file(file_, "");
  write_file(file_.string() + "-wal", "what was committed");
  EXPECT_THAT(row().en, HasSubstr("the file is empty while its log"));
  EXPECT_EQ(read_file(file_.string() + "-wal"), "what was committed");
}

TEST_F(DoctorLedger, OneThatAnotherProgramHasLockedFails) {
  make();
  sqlite3* handle = nullptr;
  ASSERT_EQ(sqlite3_open(file_.c_str(), &handle), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(handle, "PRAGMA locking_mode = EXCLUSIVE; CREATE TABLE theirs (a)", nullptr, nullptr, nullptr),
            SQLITE_OK);
  EXPECT_THAT(row().en, HasSubstr("another program is using the ledger"));
  EXPECT_EQ(status_, 1);
  sqlite3_close(handle);
}

TEST_F(DoctorLedger, OneWhoseFolderIsMissingFails) {
  file_ = run_.path("nowhere/ledger.db");
  ledger_ = url();
  EXPECT_THAT(row().en, HasSubstr("is it there"));
}

TEST_F(DoctorLedger, WhatStandsOnlyInTheLogIsSeen) {
  make();
  sqlite3* handle = nullptr;
  ASSERT_EQ(sqlite3_open(file_.c_str(), &handle), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(handle, "PRAGMA wal_autocheckpoint = 0; PRAGMA user_version = 77", nullptr, nullptr, nullptr),
            SQLITE_OK);
  EXPECT_THAT(row().zh, HasSubstr("版本为 77"));
  sqlite3_close(handle);
}

TEST_F(DoctorLedger, OneWhoseDatabaseIsAwayFailsWithoutItsPassword) {
  ledger_ = "postgresql://gate:geheim@127.0.0.1:1/none";
  const Row found = row_about("ledger PostgreSQL");
  EXPECT_EQ(found.verdict, "fail");
  EXPECT_THAT(found.zh + found.en + found.subject,
              AllOf(HasSubstr("cannot be reached"), testing::Not(HasSubstr("geheim"))));
}

class DoctorDatabase : public testing::Test {
 protected:
  void SetUp() override {
    server_ = PostgresServer::of_this_program();
    if (server_ == nullptr) GTEST_SKIP() << "PostgreSQL is not installed";
    url_ = server_->new_database();
  }

  PostgresServer* server_ = nullptr;
  std::string url_;
};

TEST_F(DoctorDatabase, IsLookedAtWithoutMakingAnything) {
  EXPECT_FALSE(look_at_ledger(url_).version);
  EXPECT_THAT(server_->run_sql(url_, "SELECT count(*) FROM pg_namespace WHERE nspname = 'cebgate'"), HasSubstr("0"));
  const auto ledger = open_ledger(url_);
  const auto view = look_at_ledger(url_);
  EXPECT_EQ(view.version, view.newest);
  EXPECT_TRUE(ledger->renew_place());
}

TEST_F(DoctorDatabase, ANewerOneIsRefused) {
  open_ledger(url_);
  server_->run_sql(url_, "INSERT INTO cebgate.ledger VALUES (99)");
  try {
    look_at_ledger(url_);
    FAIL() << "it was taken";
  } catch (const gateway::ledger::LedgerError& error) {
    EXPECT_THAT(error.what(), HasSubstr("newer than this program"));
  }
}

}  // namespace
}  // namespace tests::doctor
