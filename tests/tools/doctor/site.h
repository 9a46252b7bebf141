// Settings of one enterprise in a scratch folder, in which a test puts something else in the place of a part, and the
// doctor's list on them.
#pragma once

#include <boost/json/parse.hpp>
#include <gmock/gmock.h>
#include <optional>
#include <string>
#include <vector>

#include "tests/support/cebgate_run.h"
#include "tests/support/paths.h"
#include "tests/support/test_keys.h"
#include "tests/tools/doctor/listing_server.h"

namespace tests::doctor {

struct Row {
  std::string verdict, subject, zh, en, to_do, ask;
  std::int64_t step = -1;
};

class Site : public testing::Test {
 protected:
  // What the doctor says; the exit status in status_.
  std::vector<Row> examined() {
    const Ran ran = run_({"doctor", "--format", "json", "--config", write_settings()});
    status_ = ran.status;
    std::vector<Row> rows;
    const auto parsed = boost::json::parse(ran.out);
    for (const auto& row : parsed.as_array()) rows.push_back(read(row.as_object()));
    return rows;
  }

  // The one row whose subject holds the words.
  static Row row_about(const std::vector<Row>& rows, const std::string& words) {
    std::optional<Row> found;
    for (const Row& row : rows) {
      if (row.subject.find(words) == std::string::npos) continue;
      EXPECT_FALSE(found) << "two rows are about " << words;
      found = row;
    }
    EXPECT_TRUE(found) << "no row is about " << words;
    return found.value_or(Row{});
  }
  Row row_about(const std::string& words) { return row_about(examined(), words); }

  std::string write_settings() {
    return run_.write("cebgate.toml", "[server]\nlisten = \"127.0.0.1:0\"\n" + server_ + "\n[ledger]\nurl = \"" +
                                          ledger_ + "\"\n" + sections_ + "\n" + port_ + "\n[[enterprise]]\ncode = \"" +
                                          code_ + "\"\nname = \"测试企业\"\nroles = [" + roles_ + "]\ndxp_id = \"" +
                                          dxp_id_ + "\"\nport = \"hainan\"\n" + enterprise_ +
                                          "key = \"file:" + key_.key.string() + "\"\ncertificate = \"" +
                                          key_.certificate.string() + "\"\n");
  }

  std::string over_http(const std::string& url) const {
    return "[[port]]\nname = \"hainan\"\nprofile = \"hainan-http\"\nurl = \"" + url + "\"\n";
  }

  CebgateRun run_;
  TestAuthority authority_{run_.path("keys")};
  TestIdentity key_ = authority_.issue_sm2("测试企业");
  ListingServer platform_;
  std::string server_, sections_, enterprise_;  // lines of TOML
  std::string ledger_ = "sqlite:ledger.db", code_ = "4601960001", dxp_id_ = "DXPENT0000000001",
              roles_ = "\"ecommerce\"";
  std::string port_ = over_http(platform_.url());
  int status_ = -1;

 private:
  static std::string text(const boost::json::object& row, std::string_view object) {
    const auto* found = row.if_contains(object);
    return found == nullptr ? "" : std::string(found->at("en").as_string());
  }
  static Row read(const boost::json::object& row) {
    const auto word = [&](std::string_view name) { return std::string(row.at(name).as_string()); };
    return {word("verdict"),
            word("subject"),
            word("zh"),
            word("en"),
            text(row, "to_do"),
            text(row, "ask"),
            row.at("step").at("number").as_int64()};
  }
};

}  // namespace tests::doctor
