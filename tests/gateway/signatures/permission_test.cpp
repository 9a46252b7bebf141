// POST /v1/sign: who may, how much, and when it is not now.
#include <boost/json/serialize.hpp>
#include <gmock/gmock.h>
#include <sqlite3.h>

#include "base/digest.h"
#include "gateway/signatures/signatures.h"
#include "tests/gateway/signatures/running_desk.h"
#include "tests/support/eventually.h"

namespace tests {
namespace {

using gateway::ledger::SigningOutcome;
using testing::HasSubstr;
using Object = boost::json::object;

const Object some_text{{"enterprise", with_sm2}, {"text", "some text"}};

TEST(SigningPermission, IsOfItsOwnAndTheRefusalNamesTheSetting) {
  RunningDesk desk;
  EXPECT_EQ(desk.sign(some_text, "").status, 401u);
  for (const char* client : {"looks", "operator"}) {
    const Told told = desk.sign(some_text, client);
    EXPECT_EQ(told.status, 403u) << client;
    EXPECT_THAT(told.body, HasSubstr("sign = true"));
  }
  EXPECT_EQ(desk.sign(some_text, "shop").status, 200u);
  EXPECT_EQ(desk.sign(some_text, "admin").status, 200u);
  EXPECT_EQ(desk.ledger().signings({}).signings.size(), 2u);
}

TEST(SigningPermission, HoldsForTheClientsEnterprisesOnly) {
  RunningDesk desk;
  EXPECT_EQ(desk.sign(some_text, "small").status, 200u);
  const Told told = desk.sign({{"enterprise", with_rsa}, {"text", "some text"}}, "small");
  EXPECT_EQ(told.status, 403u);
  EXPECT_EQ(told.faults(), "intake.forbidden /enterprise\n");
  EXPECT_EQ(desk.ledger().signings({}).signings.size(), 1u);
}

TEST(SigningLimits, OneByteMoreThanAMebibyteIsRefused) {
  RunningDesk desk;
  const std::string frame = "<A></A>";
  const auto text = [](std::size_t bytes) { return std::string(bytes, 'x'); };
  const auto xml = [&](std::size_t bytes) { return "<A>" + text(bytes - frame.size()) + "</A>"; };
  const std::size_t most = 1048576;
  EXPECT_EQ(desk.sign({{"enterprise", with_sm2}, {"text", text(most)}}).status, 200u);
  EXPECT_EQ(desk.sign({{"enterprise", with_sm2}, {"xml", xml(most)}}).status, 200u);
  const Told long_text = desk.sign({{"enterprise", with_sm2}, {"text", text(most + 1)}});
  EXPECT_EQ(long_text.status, 422u);
  EXPECT_EQ(long_text.faults(), "sign.size /text\n");
  const Told long_xml = desk.sign({{"enterprise", with_sm2}, {"xml", xml(most + 1)}});
  EXPECT_EQ(long_xml.status, 422u);
  EXPECT_EQ(long_xml.faults(), "sign.size /xml\n");
}

TEST(SigningLimits, WhileAKeyIsSlowOneMoreThanThirtyTwoOfItsEnterpriseIsTurnedAway) {
  RunningDesk desk;
  desk.hold_keys();
  Asked asked;
  asked.body = boost::json::serialize(some_text);
  std::vector<std::future<Told>> asking;
  for (int i = 0; i < 33; ++i) asking.push_back(desk.begin(asked));
  const auto answered = [](std::future<Told>& one) {
    return one.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
  };
  const auto turned_away = [&] { return std::find_if(asking.begin(), asking.end(), answered); };
  ASSERT_TRUE(eventually([&] { return turned_away() != asking.end(); }));
  const auto one = turned_away();
  const Told told = one->get();
  EXPECT_EQ(told.status, 503u);
  EXPECT_EQ(told.faults(), "sign.busy \n");
  EXPECT_EQ(told.headers.get("Retry-After"), "1");
  asking.erase(one);

  Asked of_another = asked;
  of_another.body = boost::json::serialize(Object{{"enterprise", with_rsa}, {"text", "some text"}});
  asking.push_back(desk.begin(of_another));
  EXPECT_EQ(desk.get("/v1/signings").status, 200u) << "other calls go on meanwhile";
  EXPECT_TRUE(std::none_of(asking.begin(), asking.end(), answered));
  desk.let_keys_go();
  for (auto& waiting : asking) EXPECT_EQ(waiting.get().status, 200u);
  EXPECT_EQ(desk.sign(some_text).status, 200u) << "there is room again";
}

TEST(SigningWithoutAKey, IsAnsweredWithTheReasonAndWhenToTryAgainAndRecorded) {
  RunningDesk desk;
  const Told told = desk.sign({{"enterprise", with_ended_key}, {"xml", ceb_text("CEB511Message")}});
  EXPECT_EQ(told.status, 503u);
  EXPECT_EQ(told.faults(), "key.none \n");
  EXPECT_THAT(told.body, HasSubstr("certificate ended"));
  EXPECT_EQ(told.headers.get("Retry-After"), "10");
  const auto record = desk.ledger().signings({}).signings.at(0);
  EXPECT_EQ(record.outcome, SigningOutcome::refused);
  EXPECT_THAT(record.reason, HasSubstr("key.none"));
  EXPECT_EQ(record.type, "CEB511Message");
  EXPECT_EQ(record.serial, "");
}

void run_sql(const std::filesystem::path& file, const char* sql) {
  sqlite3* handle = nullptr;
  ASSERT_EQ(sqlite3_open(file.c_str(), &handle), SQLITE_OK);
  EXPECT_EQ(sqlite3_exec(handle, sql, nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(handle);
  sqlite3_close(handle);
}

TEST(SigningRecord, WithoutItNoSignatureIsGivenOut) {
  RunningDesk desk;
  run_sql(desk.ledger_file(),
          "CREATE TRIGGER full BEFORE INSERT ON signings BEGIN SELECT RAISE(ABORT, 'disk full'); END");
  for (const Object& order : {some_text, Object{{"enterprise", with_sm2}, {"xml", ceb_text("CEB311Message")}}}) {
    const Told told = desk.sign(order);
    EXPECT_EQ(told.status, 503u);
    EXPECT_EQ(told.faults(), "sign.record \n");
    EXPECT_EQ(told.headers.get("Retry-After"), "10");
    EXPECT_THAT(told.body, testing::Not(testing::AnyOf(HasSubstr("\"value\""), HasSubstr("SignatureValue"))));
  }
  run_sql(desk.ledger_file(), "DROP TRIGGER full");
  EXPECT_EQ(desk.sign(some_text).status, 200u);
}

TEST(SigningRecord, HoldsWhoHadWhatSignedByWhichKeyAndNeverTheText) {
  RunningDesk desk;
  const std::string xml = ceb_text("CEB311Message", "<ceb:Order>测试甲的订单</ceb:Order>");
  ASSERT_EQ(desk.sign({{"enterprise", with_sm2}, {"xml", xml}}).status, 200u);
  desk.clock().advance(std::chrono::seconds(1));
  ASSERT_EQ(desk.sign({{"enterprise", with_rsa}, {"text", "测试甲"}}, "admin").status, 200u);
  const auto records = desk.ledger().signings({}).signings;
  ASSERT_EQ(records.size(), 2u);
  EXPECT_EQ(records[0].client, "admin");
  EXPECT_EQ(records[0].enterprise, with_rsa);
  EXPECT_EQ(records[0].kind, gateway::ledger::SigningKind::text);
  EXPECT_EQ(records[0].manner, "rsa-sha1");
  EXPECT_EQ(records[0].bytes, 9u);
  EXPECT_EQ(records[0].type, "");
  EXPECT_EQ(records[0].serial, desk.identity(with_rsa).serial);
  EXPECT_EQ(records[1].client, "shop");
  EXPECT_EQ(records[1].enterprise, with_sm2);
  EXPECT_EQ(records[1].kind, gateway::ledger::SigningKind::xml);
  EXPECT_EQ(records[1].manner, "sm2-sm3");
  EXPECT_EQ(records[1].bytes, xml.size());
  EXPECT_EQ(records[1].digest, base::sha256_hex(xml));
  EXPECT_EQ(records[1].type, "CEB311Message");
  EXPECT_EQ(records[1].serial, desk.identity(with_sm2).serial);
  EXPECT_EQ(records[1].outcome, SigningOutcome::made);
  EXPECT_EQ(records[1].reason, "");
  for (const char* suffix : {"", "-wal"}) {
    EXPECT_THAT(read_file(desk.ledger_file().string() + suffix), testing::Not(HasSubstr("测试甲"))) << suffix;
  }
}

}  // namespace
}  // namespace tests
