// Where the gateway is killed, and on which kind of ledger: the parameters of the crash tests, and what they share.
#pragma once

#include <gtest/gtest.h>
#include <initializer_list>
#include <string>
#include <vector>

#include "tests/gateway/app/site.h"
#include "tests/support/postgres_server.h"

namespace tests::app {

enum class Kind { sqlite, postgres };

struct Death {
  std::string place;  // as base::failpoint names it; ":N" the Nth time that it is come by
  Kind kind = Kind::sqlite;
};

inline std::vector<Death> on_both_ledgers(std::initializer_list<const char*> places) {
  std::vector<Death> all;
  for (const char* const place : places) {
    all.push_back({place, Kind::sqlite});
    all.push_back({place, Kind::postgres});
  }
  return all;
}

inline std::string name_of(const testing::TestParamInfo<Death>& death) {
  std::string name = death.param.place + (death.param.kind == Kind::sqlite ? "_sqlite" : "_postgres");
  for (char& c : name) c = c == '.' || c == ':' ? '_' : c;
  return name;
}

class CrashTest : public testing::TestWithParam<Death> {
 protected:
  void SetUp() override {
#ifndef CEBGATE_FAILPOINTS
    GTEST_SKIP() << "this build has no failpoints";
#endif
    if (GetParam().kind == Kind::postgres && PostgresServer::of_this_program() == nullptr) {
      GTEST_SKIP() << "PostgreSQL 15 is not installed";
    }
  }
  static Manner manner() {
    Manner manner{.resend_after = "500ms", .batch_limit = "4"};
    if (GetParam().kind == Kind::postgres) manner.ledger = PostgresServer::of_this_program()->new_database();
    manner.takeover_after = "2s";
    return manner;
  }
  static ChildProcess::Environment deadly() { return {{"CEBGATE_FAILPOINT", GetParam().place}}; }
};

}  // namespace tests::app
