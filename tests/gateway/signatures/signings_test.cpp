// GET /v1/signings: what operators see of it.
#include <gmock/gmock.h>

#include "tests/gateway/signatures/running_desk.h"

namespace tests {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::vector<std::string> clients_in(const Told& told) {
  std::vector<std::string> clients;
  const auto answer = told.json();
  for (const auto& signing : answer.at("signings").as_array()) {
    clients.emplace_back(signing.at("client").as_string());
  }
  return clients;
}

TEST(ListOfSignings, ShowsAnOperatorThoseOfItsEnterprises) {
  RunningDesk desk;
  ASSERT_EQ(desk.sign({{"enterprise", with_sm2}, {"xml", ceb_text("CEB311Message")}}).status, 200u);
  ASSERT_EQ(desk.sign({{"enterprise", with_rsa}, {"text", "some text"}}, "admin").status, 200u);
  EXPECT_EQ(desk.get("/v1/signings", "").status, 401u);
  EXPECT_EQ(desk.get("/v1/signings", "shop").status, 403u) << "to sign is not to look";
  EXPECT_THAT(clients_in(desk.get("/v1/signings", "admin")), ElementsAre("admin", "shop"));
  EXPECT_THAT(clients_in(desk.get("/v1/signings", "operator")), ElementsAre("shop"));
  EXPECT_THAT(clients_in(desk.get("/v1/signings", "nobody")), ElementsAre());
  EXPECT_THAT(clients_in(desk.get("/v1/signings?enterprise=" + with_rsa, "operator")), ElementsAre());

  const auto row = desk.get("/v1/signings", "operator").json().at("signings").at(0).as_object();
  EXPECT_EQ(row.at("number"), 1);
  EXPECT_EQ(row.at("at"), "2026-01-31T09:30:00.000+08:00");
  EXPECT_EQ(row.at("enterprise").as_string(), with_sm2);
  EXPECT_EQ(row.at("kind"), "xml");
  EXPECT_EQ(row.at("type"), "CEB311Message");
  EXPECT_EQ(row.at("dialect"), "sm2-sm3");
  EXPECT_EQ(row.at("outcome"), "made");
  EXPECT_EQ(row.at("sha256").as_string().size(), 64u);
  EXPECT_EQ(row.at("serial").as_string(), desk.identity(with_sm2).serial);
  const auto of_text = desk.get("/v1/signings?client=admin", "admin").json().at("signings").at(0).as_object();
  EXPECT_EQ(of_text.at("algorithm"), "rsa-sha1");
  EXPECT_FALSE(of_text.contains("dialect"));
}

TEST(ListOfSignings, GoesOnWithTheNextOfThePageBefore) {
  RunningDesk desk;
  for (const char* client : {"shop", "admin", "small"}) {
    ASSERT_EQ(desk.sign({{"enterprise", with_sm2}, {"text", "some text"}}, client).status, 200u);
    desk.clock().advance(std::chrono::minutes(1));
  }
  const Told first = desk.get("/v1/signings?limit=2");
  EXPECT_THAT(clients_in(first), ElementsAre("small", "admin"));
  const Told second = desk.get("/v1/signings?limit=2&cursor=" + first.text("next"));
  EXPECT_THAT(clients_in(second), ElementsAre("shop"));
  EXPECT_TRUE(second.json().at("next").is_null());
  EXPECT_THAT(clients_in(desk.get("/v1/signings?since=2026-01-31T09:31:00%2B08:00&until=2026-01-31T09:32:00%2B08:00")),
              ElementsAre("admin"));
}

TEST(ListOfSignings, RefusesWhatItCannotRead) {
  RunningDesk desk;
  const Told told = desk.get("/v1/signings?limit=1001&since=yesterday&cursor=12345678x&user=shop");
  EXPECT_EQ(told.status, 400u);
  for (const char* name : {"?limit", "?since", "?cursor", "?user"}) EXPECT_THAT(told.faults(), HasSubstr(name));
}

}  // namespace
}  // namespace tests
