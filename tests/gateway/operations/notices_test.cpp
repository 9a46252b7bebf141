// The operator's side of notices, over HTTP and a real ledger.
#include <boost/json/parse.hpp>
#include <gmock/gmock.h>
#include <stdexcept>

#include "base/digest.h"
#include "gateway/http/tokens.h"
#include "gateway/ledger/kinds/open_ledger.h"
#include "gateway/operations/operations.h"
#include "tests/gateway/http/running_server.h"
#include "tests/support/manual_clock.h"
#include "tests/support/paths.h"

namespace {

namespace json = boost::json;
using namespace gateway;
using ledger::NoticeState;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

struct Told {
  unsigned status = 0;
  std::string body;
  json::value value() const { return json::parse(body); }
};

const schemas::Catalog& catalog() {
  static const auto loaded = schemas::Catalog::load(tests::schemas_directory(), "202205");
  if (!loaded) throw std::runtime_error(loaded.faults().front().en);
  return *loaded;
}

const schemas::Knowledge& knowledge() {
  static const auto loaded = schemas::Knowledge::load(catalog(), {tests::schemas_directory(), {}});
  if (!loaded) throw std::runtime_error(loaded.faults().front().en);
  return *loaded;
}

std::vector<config::Client> clients() {
  using config::Role;
  return {{"operator", Role::operator_, {"E1"}, base::sha256_hex("operator")},
          {"admin", Role::admin, {"*"}, base::sha256_hex("admin")},
          {"nobody", Role::operator_, {}, base::sha256_hex("nobody")},
          {"erp", Role::submitter, {"E1"}, base::sha256_hex("erp")},
          {"shop", Role::viewer, {"E1"}, base::sha256_hex("shop")}};
}

// Two documents of E1 and one of E2, told to the clients erp, of E1, and hub, of both.
class NoticesOfClients : public testing::Test {
 protected:
  NoticesOfClients() : server_(router(), {}, std::make_shared<http::Tokens>(clients())) {
    for (const char* client : {"erp", "hub"}) ledger_->begin_notices(client);
    accept("A1", "E1");
    accept("A2", "E1");
    accept("B1", "E2");
    const std::vector<std::string> of_erp{"E1"};
    ledger_->make_notices("erp", of_erp, 100, clock_.now());
    ledger_->make_notices("hub", {}, 100, clock_.now());
  }

  http::Router router() {
    operations::Parts parts{settings_, catalog(), knowledge(),          *ledger_, store_, clock_, {},
                            {},        {},        [this] { ++wakes_; }, {},       {}};
    parts.notice_attempts = [] { return std::vector<operations::NoticeAttempts>{{"erp", 5, 3, 1}}; };
    http::Router router;
    operations::Operations(parts).add_routes(router);
    return router;
  }
  void accept(const std::string& number, const std::string& enterprise) {
    ledger::NewVersion version;
    version.type = "CEB311Message";
    version.key = "CEB311Message/P/" + number;
    version.number = number;
    version.enterprise = enterprise;
    version.port = "hainan";
    version.guid = "guid-" + number;
    version.by = "erp";
    ASSERT_TRUE(ledger_->accept(std::span(&version, 1), std::nullopt, clock_.now()));
  }
  Told ask(const std::string& method, const std::string& path, const std::string& token, const std::string& body = "") {
    http::Call call;
    call.method = method;
    call.url = server_.url() + path;
    call.body = body;
    call.headers.set("Authorization", "Bearer " + token);
    const auto exchange = tests::send_and_wait(std::move(call));
    if (exchange.reach != http::Reach::answered) throw std::runtime_error(exchange.detail);
    return {exchange.response.status, exchange.response.body};
  }
  // "CLIENT NUMBER" of each, newest first.
  std::vector<std::string> listed(const std::string& query, const std::string& token) {
    const Told told = ask("GET", "/v1/notices" + query, token);
    EXPECT_EQ(told.status, 200U) << told.body;
    std::vector<std::string> all;
    const json::value page = told.value();
    for (const auto& notice : page.at("notices").as_array()) {
      const std::string key(notice.at("change").at("key").as_string());
      all.push_back(std::string(notice.at("client").as_string()) + " " + key.substr(key.rfind('/') + 1));
    }
    return all;
  }
  void give_up(const std::string& client) {
    for (const auto& notice : ledger_->due_notices(client, clock_.now(), 100)) {
      ASSERT_TRUE(ledger_->finish_notice(
          {notice.number, notice.revision, NoticeState::unheard, std::nullopt, "answered 500"}, clock_.now()));
    }
  }
  std::int64_t number_of(const std::string& client) {
    ledger::NoticeQuery query;
    query.client = client;
    return ledger_->notices(query).notices.at(0).number;
  }
  std::int64_t resent(const std::string& token, const std::string& order) {
    const Told told = ask("POST", "/v1/notices/resend", token, order);
    EXPECT_EQ(told.status, 200U) << told.body;
    return told.value().at("resent").as_int64();
  }

  config::Settings settings_;
  tests::ScratchDirectory scratch_;
  std::unique_ptr<ledger::Ledger> ledger_ =
      ledger::kinds::open_ledger("sqlite:" + (scratch_.path() / "ledger.db").string());
  offload::Pool store_{2, 100};
  tests::ManualClock clock_{base::Time(std::chrono::seconds(1'700'000'000))};
  std::atomic<int> wakes_{0};
  tests::RunningServer server_;
};

TEST_F(NoticesOfClients, AreShownToOperatorsOfTheirEnterprises) {
  EXPECT_THAT(listed("", "admin"), ElementsAre("hub B1", "hub A2", "hub A1", "erp A2", "erp A1"));
  EXPECT_THAT(listed("", "operator"), ElementsAre("hub A2", "hub A1", "erp A2", "erp A1"));
  EXPECT_THAT(listed("", "nobody"), IsEmpty());
}

TEST_F(NoticesOfClients, AreShownToOthersWhereTheyAreTheirOwn) {
  EXPECT_THAT(listed("", "erp"), ElementsAre("erp A2", "erp A1"));
  EXPECT_THAT(listed("?client=hub", "erp"), IsEmpty());
  EXPECT_THAT(listed("", "shop"), IsEmpty());
}

TEST_F(NoticesOfClients, AreFoundByEveryFilterAndInPages) {
  give_up("erp");
  EXPECT_THAT(listed("?state=unheard", "admin"), ElementsAre("erp A2", "erp A1"));
  EXPECT_THAT(listed("?client=hub&document=A1", "admin"), ElementsAre("hub A1"));
  EXPECT_THAT(listed("?since=2023-11-15T06:13:21%2B08:00", "admin"), IsEmpty());
  EXPECT_THAT(listed("?until=2023-11-15T06:13:20%2B08:00", "admin"), IsEmpty());
  const json::value page = ask("GET", "/v1/notices?limit=3", "admin").value();
  EXPECT_EQ(page.at("notices").as_array().size(), 3U);
  EXPECT_THAT(listed("?limit=3&cursor=" + std::string(page.at("next").as_string()), "admin"),
              ElementsAre("erp A2", "erp A1"));
}

TEST_F(NoticesOfClients, AreShownWithWhatBecameOfThem) {
  give_up("erp");
  const json::value notice = ask("GET", "/v1/notices?client=erp&limit=1", "operator").value().at("notices").at(0);
  EXPECT_EQ(notice.at("state"), "unheard");
  EXPECT_EQ(notice.at("enterprise"), "E1");
  EXPECT_EQ(notice.at("tries").as_int64(), 1);
  EXPECT_EQ(notice.at("answer"), "answered 500");
  EXPECT_EQ(notice.at("created_at"), "2023-11-15T06:13:20.000+08:00");
  EXPECT_EQ(notice.at("ended_at"), "2023-11-15T06:13:20.000+08:00");
  EXPECT_TRUE(notice.at("due").is_null());
  EXPECT_THAT(std::string(notice.at("webhook_id").as_string()), testing::StartsWith("msg_"));
  EXPECT_EQ(notice.at("change").at("to"), "accepted");
}

TEST_F(NoticesOfClients, AWrongFilterIsRefusedWithEveryFault) {
  const Told told = ask("GET", "/v1/notices?state=lost&limit=1001&clients=erp", "admin");
  EXPECT_EQ(told.status, 400U);
  EXPECT_EQ(told.value().at("faults").as_array().size(), 3U);
}

TEST_F(NoticesOfClients, OneIsSentAgainByAnOperatorWhoMaySeeIt) {
  give_up("hub");
  const std::string of_e2 = "/v1/notices/" + std::to_string(number_of("hub")) + "/resend";  // B1
  EXPECT_EQ(ask("POST", of_e2, "erp").status, 403U);
  EXPECT_EQ(ask("POST", of_e2, "operator").status, 404U);
  EXPECT_EQ(ask("POST", "/v1/notices/99999/resend", "admin").status, 404U);
  EXPECT_EQ(ask("POST", "/v1/notices/1x/resend", "admin").status, 404U);
  EXPECT_EQ(wakes_, 0);
  const Told told = ask("POST", of_e2, "admin");
  EXPECT_EQ(told.status, 200U);
  EXPECT_EQ(told.body, R"({"resent":1})");
  EXPECT_EQ(wakes_, 1);
  EXPECT_THAT(listed("?client=hub&state=waiting", "admin"), ElementsAre("hub B1"));
}

TEST_F(NoticesOfClients, ThoseOfOneClientAreSentAgainUpToTheLimit) {
  give_up("hub");
  give_up("erp");
  EXPECT_EQ(resent("operator", R"({"client":"hub","state":"unheard","limit":1})"), 1);
  EXPECT_EQ(resent("operator", R"({"client":"hub"})"), 1) << "B1 is not this operator's";
  EXPECT_EQ(resent("nobody", R"({"client":"hub"})"), 0);
  EXPECT_EQ(resent("admin", R"({"client":"hub","until":"2023-11-15T06:13:20+08:00"})"), 0);
  EXPECT_EQ(resent("admin", R"({"client":"hub","since":"2023-11-15T06:13:20+08:00"})"), 1);
  EXPECT_THAT(listed("?state=unheard", "admin"), ElementsAre("erp A2", "erp A1"));
  EXPECT_EQ(ask("POST", "/v1/notices/resend", "erp", R"({"client":"erp"})").status, 403U);
}

TEST_F(NoticesOfClients, AnOrderThatIsNoneIsRefusedWithEveryFault) {
  EXPECT_EQ(ask("POST", "/v1/notices/resend", "admin", "{").status, 400U);
  EXPECT_EQ(ask("POST", "/v1/notices/resend", "admin", "[]").status, 422U);
  const Told told = ask("POST", "/v1/notices/resend", "admin",
                        R"({"state":"waiting","since":"yesterday","until":5,"limit":10001,"all":true})");
  EXPECT_EQ(told.status, 422U);
  std::vector<std::string> paths;
  const json::value problem = told.value();
  for (const auto& fault : problem.at("faults").as_array()) paths.emplace_back(fault.at("path").as_string());
  EXPECT_THAT(paths, testing::UnorderedElementsAre("/all", "/client", "/state", "/since", "/until", "/limit"));
}

TEST_F(NoticesOfClients, AreMeasuredByClient) {
  give_up("hub");
  clock_.advance(std::chrono::seconds(90));
  const std::string text = ask("GET", "/metrics", "admin").body;
  for (const char* line :
       {R"(cebgate_notices{client="erp",state="waiting"} 2)", R"(cebgate_notices{client="erp",state="unheard"} 0)",
        R"(cebgate_notices{client="hub",state="unheard"} 3)", R"(cebgate_oldest_notice_seconds{client="erp"} 90)",
        R"(cebgate_notice_attempts_total{client="erp",outcome="heard"} 5)",
        R"(cebgate_notice_attempts_total{client="erp",outcome="failed"} 3)",
        R"(cebgate_notice_attempts_total{client="erp",outcome="given_up"} 1)"}) {
    EXPECT_THAT(text, HasSubstr(line));
  }
}

}  // namespace
