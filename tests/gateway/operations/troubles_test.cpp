// Which troubles are seen, and how one is kept in the ledger from its beginning to its end.
#include "gateway/operations/troubles.h"

#include "gateway/operations/alert_watch.h"
#include "tests/gateway/operations/running_operations.h"
#include "tests/support/eventually.h"

namespace tests::operations {
namespace {

using gateway::operations::Signs;
using gateway::operations::troubles;
using ledger::AlertKind;

const base::Time noon = *base::read_rfc3339("2026-01-31T12:00:00+08:00");

Signs quiet() {
  Signs signs;
  signs.now = noon;
  signs.ports = {{"hainan", true, "ok", "closed", 12, 3, 4}};
  return signs;
}

std::vector<AlertKind> kinds_of(const Signs& signs) {
  std::vector<AlertKind> kinds;
  for (const ledger::Alert& alert : troubles(signs, settings())) kinds.push_back(alert.kind);
  return kinds;
}

using Kinds = std::vector<AlertKind>;

TEST(Troubles, WhereAllIsWellThereAreNone) { EXPECT_EQ(kinds_of(quiet()), Kinds{}); }

TEST(Troubles, APortThatCannotBeReachedOrWhoseBreakerIsOpenIsOne) {
  Signs signs = quiet();
  signs.ports[0].reachable = false;
  EXPECT_EQ(kinds_of(signs), Kinds{AlertKind::port_unreachable});
  signs.ports[0].reachable = true;
  signs.ports[0].breaker = "open";
  EXPECT_EQ(kinds_of(signs), Kinds{AlertKind::port_unreachable});
}

TEST(Troubles, APausedPortIsOneWithWhoAndWhy) {
  Signs signs = quiet();
  signs.orders = {{"hainan", ledger::PortPause{"wang", "夜间维护", noon}, std::nullopt}};
  const auto found = troubles(signs, settings());
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].kind, AlertKind::port_paused);
  EXPECT_THAT(found[0].zh, HasSubstr("夜间维护"));
  EXPECT_THAT(found[0].en, HasSubstr("wang"));
}

TEST(Troubles, AKeyThatDoesNotSignIsTheAffairOfItsEnterprise) {
  Signs signs = quiet();
  keys::KeyReport key;
  key.enterprise = "E1";
  key.key = "file:/keys/a.pem";
  key.standing = keys::Standing::resting;
  key.why_en = "the card is away";
  signs.keys = {key};
  const auto found = troubles(signs, settings());
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].kind, AlertKind::key_out);
  EXPECT_EQ(found[0].enterprise, "E1");
  EXPECT_THAT(found[0].en, HasSubstr("the card is away"));
  signs.keys[0].standing = keys::Standing::relieved;
  EXPECT_EQ(kinds_of(signs), Kinds{});
}

TEST(Troubles, ACertificateIsToldOfThirtyDaysBeforeItsEnd) {
  Signs signs = quiet();
  keys::KeyReport key;
  key.enterprise = "E1";
  key.standing = keys::Standing::in_use;
  key.certificate = keys::CertificateFacts{"0a", "CN=a", {}, noon + std::chrono::days(30)};
  signs.keys = {key};
  EXPECT_EQ(kinds_of(signs), Kinds{AlertKind::certificate_ends});
  signs.keys[0].certificate->not_after += std::chrono::milliseconds(1);
  EXPECT_EQ(kinds_of(signs), Kinds{});
}

TEST(Troubles, APortThatTookDocumentsAndSaysNothingForHalfOfItsTimeIsSilent) {
  using std::chrono::hours;
  Signs signs = quiet();
  signs.silences = {{"hainan", noon + hours(12), std::nullopt}};
  EXPECT_EQ(kinds_of(signs), Kinds{AlertKind::receipts_silent});
  signs.silences[0].last_heard = noon - hours(11);
  EXPECT_EQ(kinds_of(signs), Kinds{}) << "it was heard since";
  signs.silences[0].last_heard = noon - hours(12);
  EXPECT_EQ(kinds_of(signs), Kinds{AlertKind::receipts_silent});
  signs.silences[0].first_due = noon + hours(12) + std::chrono::milliseconds(1);
  EXPECT_EQ(kinds_of(signs), Kinds{});
}

TEST(Troubles, ManyHeldInAShortTimeAreOneUntilNoneIsHeldAnyMore) {
  Signs signs = quiet();
  signs.held = gateway::operations::many_held - 1;
  EXPECT_EQ(kinds_of(signs), Kinds{});
  signs.is_held_growing_yet = true;
  EXPECT_EQ(kinds_of(signs), Kinds{AlertKind::held_growing});
  signs.held = 0;
  EXPECT_EQ(kinds_of(signs), Kinds{});
  signs.is_held_growing_yet = false;
  signs.held = gateway::operations::many_held;
  EXPECT_EQ(kinds_of(signs), Kinds{AlertKind::held_growing});
}

TEST(Troubles, NoticesThatWereGivenUpAreOneForEachClient) {
  Signs signs = quiet();
  signs.notices = {{"erp", 5, 0, std::nullopt}, {"hub", 0, 2, std::nullopt}};
  const auto found = troubles(signs, settings());
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].kind, AlertKind::notices_unheard);
  EXPECT_EQ(found[0].subject, "hub");
}

class Alerts : public Operations {
 protected:
  Alerts() { watch_->start(); }
  ~Alerts() override {
    boost::asio::co_spawn(io_, watch_->stop(std::chrono::seconds(5)), boost::asio::use_future).get();
  }
  std::vector<ledger::Alert> alerts(ledger::AlertState state) {
    ledger::AlertQuery query;
    query.state = state;
    return ledger_->alerts(query);
  }
  // As time goes by, but at once.
  bool comes(const std::function<bool()>& wanted) {
    return eventually([&] {
      boost::asio::post(io_, [this] { watch_->wake(); });
      return wanted();
    });
  }

  std::atomic<bool> away_{false};
  std::shared_ptr<gateway::operations::AlertWatch> watch_ = std::make_shared<gateway::operations::AlertWatch>(
      io_.get_executor(), gateway::operations::AlertParts{settings_, *ledger_, store_, clock_,
                                                          [this] {
                                                            auto ports = ports_;
                                                            ports[0].reachable = !away_;
                                                            return ports;
                                                          },
                                                          [this] { return std::vector{key_}; }});
};

TEST_F(Alerts, ATroubleIsOneAlertThatEndsWithIt) {
  away_ = true;
  ASSERT_TRUE(comes([&] { return alerts(ledger::AlertState::open).size() == 1; }));
  EXPECT_EQ(alerts(ledger::AlertState::open)[0].subject, "hainan");
  away_ = false;
  ASSERT_TRUE(comes([&] { return alerts(ledger::AlertState::ended).size() == 1; }));
  EXPECT_TRUE(alerts(ledger::AlertState::open).empty());
}

TEST_F(Alerts, APausedPortIsAnAlertUntilItIsResumed) {
  ledger_->order_port({"hainan", ledger::PortOrder::pause, 0, "wang", "夜间维护", clock_.now()});
  ASSERT_TRUE(comes([&] { return alerts(ledger::AlertState::open).size() == 1; }));
  EXPECT_EQ(alerts(ledger::AlertState::open)[0].kind, AlertKind::port_paused);
  ledger_->order_port({"hainan", ledger::PortOrder::resume, 0, "wang", "已恢复", clock_.now()});
  EXPECT_TRUE(comes([&] { return alerts(ledger::AlertState::open).empty(); }));
}

}  // namespace
}  // namespace tests::operations
