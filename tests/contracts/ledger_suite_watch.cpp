// What every ledger promises to those who watch: figures of the flow, orders for ports, troubles.
#include "tests/contracts/ledger_suite.h"

namespace tests {

using namespace gateway::ledger;  // the suite speaks the ledger's own words
using enum gateway::lifecycle::State;

class WatchSuite : public LedgerSuite {
 protected:
  Overview overview(int second, std::vector<std::string> enterprises = {}) {
    OverviewQuery query{.now = at(second), .enterprises = std::move(enterprises), .dxp_ids = {}, .ports = {port}};
    return ledger().overview(query);
  }
  static PortCommand command(PortOrder order, int second, std::int64_t most_at_once = 0) {
    return {port, order, most_at_once, "wang", "夜间维护", at(second)};
  }
  static Alert alert(AlertKind kind, const std::string& subject, int second, const std::string& enterprise = {}) {
    return {
        .kind = kind, .subject = subject, .enterprise = enterprise, .zh = "口岸", .en = "port", .began_at = at(second)};
  }
};

TEST_P(WatchSuite, the_flow_is_counted_by_minute_and_by_day) {
  const auto first = accept("A1"), second = accept("A2");
  seal("m1", {first.id, second.id});
  deliver("m1", sent);
  const Overview seen = overview(0);
  ASSERT_EQ(seen.minutes.size(), 60U);
  EXPECT_EQ(seen.today.accepted, 2);
  EXPECT_EQ(seen.today.sent, 2);
  EXPECT_EQ(seen.states.at(sent), 2U);
  std::int64_t accepted = 0, left = 0;
  for (const FlowMinute& minute : overview(59).minutes) {
    accepted += minute.flow.accepted;
    left += minute.flow.sent;
  }
  EXPECT_EQ(accepted, 2);
  EXPECT_EQ(left, 2);
  reopen();
  EXPECT_EQ(overview(0).today.accepted, 2);
}

TEST_P(WatchSuite, the_time_to_settlement_is_told_in_percentiles) {
  const auto document = accept("A1");
  EXPECT_FALSE(overview(59).minutes.back().p50_seconds);
  Move settles = move_to(document.id, settled);
  const base::Time later = document.created_at + std::chrono::seconds(30);
  ASSERT_TRUE(ledger().move(settles, later));
  OverviewQuery query{.now = later, .enterprises = {}, .dxp_ids = {}, .ports = {port}};
  const FlowMinute minute = ledger().overview(query).minutes.back();
  EXPECT_EQ(minute.flow.settled, 1);
  EXPECT_NEAR(minute.p50_seconds.value(), 30, 3);
  EXPECT_NEAR(minute.p90_seconds.value(), 30, 3);
  query.now = later + std::chrono::hours(1);
  for (const FlowMinute& past : ledger().overview(query).minutes) EXPECT_EQ(past.flow.settled, 0);
}

TEST_P(WatchSuite, figures_are_shown_to_whom_they_belong) {
  accept("A1");
  NewVersion other = new_version("B1");
  other.enterprise = "4601960002";
  accept(other);
  EXPECT_EQ(overview(0).today.accepted, 2);
  const Overview own = overview(0, {"4601960002"});
  EXPECT_EQ(own.today.accepted, 1);
  EXPECT_EQ(own.states.at(accepted), 1U);
  ASSERT_EQ(own.oldest_waiting.size(), 1U);
  EXPECT_EQ(own.oldest_waiting.front().key, other.key);
  EXPECT_TRUE(overview(0, {"4601960009"}).states.empty());
}

TEST_P(WatchSuite, the_oldest_document_that_waits_is_named_for_each_port) {
  EXPECT_TRUE(overview(0).oldest_waiting.empty());
  const auto first = accept("A1");
  accept("A2");
  const auto oldest = overview(0).oldest_waiting;
  ASSERT_EQ(oldest.size(), 1U);
  EXPECT_EQ(oldest.front().port, port);
  EXPECT_EQ(oldest.front().id, first.id);
  EXPECT_EQ(oldest.front().since, first.created_at);
}

TEST_P(WatchSuite, codes_that_refused_are_counted_for_the_day) {
  const auto document = accept("A1");
  seal("m1", {document.id});
  deliver("m1", sent);
  store("d1");
  Ledger::Applied applied;
  applied.inbound_digest = "d1";
  applied.receipt = {"100", "20260131093000", "[Code:1800;Desc:x]", at(5), at(5), "refused"};
  applied.move = move_to(document.id, refused);
  applied.refused_for = "1800";
  applied.refused_type = "CEB311Message";
  ASSERT_TRUE(ledger().apply_receipt(applied));
  const Overview seen = overview(5);
  ASSERT_EQ(seen.codes_today.size(), 1U);
  EXPECT_EQ(seen.codes_today.front().type, "CEB311Message");
  EXPECT_EQ(seen.codes_today.front().code, "1800");
  EXPECT_EQ(seen.codes_today.front().count, 1);
  EXPECT_EQ(seen.today.refused, 1);
}

TEST_P(WatchSuite, what_is_left_over_is_counted) {
  store("d1");
  store("d2");
  ledger().set_inbound("d1", InboundState::unmatched, "nobody", {});
  ledger().set_inbound("d2", InboundState::unreadable, "no xml", {});
  EXPECT_EQ(overview(0).unmatched, 1U);
  EXPECT_EQ(overview(0).unreadable, 1U);
  OverviewQuery query{.now = at(0), .enterprises = {"4601960002"}, .dxp_ids = {{"DXPENT0000000002"}}, .ports = {}};
  EXPECT_EQ(ledger().overview(query).unmatched, 0U);
}

TEST_P(WatchSuite, old_figures_are_forgotten_by_the_minute_first) {
  accept("A1");
  const auto past_a_day = at(0) + std::chrono::hours(25), past_a_year = at(0) + std::chrono::hours(24 * 367);
  EXPECT_EQ(ledger().prune_figures(at(0)), 0U);
  EXPECT_GT(ledger().prune_figures(past_a_day), 0U);
  EXPECT_EQ(overview(0).today.accepted, 1);
  EXPECT_GT(ledger().prune_figures(past_a_year), 0U);
  EXPECT_EQ(overview(0).today.accepted, 0);
}

TEST_P(WatchSuite, the_flow_since_a_moment_is_told) {
  const auto document = accept("A1");
  ASSERT_TRUE(ledger().move(move_to(document.id, held), at(120)));
  EXPECT_EQ(ledger().flow_since(at(60)).held, 1);
  EXPECT_EQ(ledger().flow_since(at(180)).held, 0);
}

TEST_P(WatchSuite, a_port_is_paused_and_resumed_with_who_and_why_after_reopening_too) {
  EXPECT_TRUE(ledger().port_orders().empty());
  const PortOrders paused = ledger().order_port(command(PortOrder::pause, 3));
  ASSERT_TRUE(paused.pause);
  reopen();
  const auto kept = ledger().port_orders();
  ASSERT_EQ(kept.size(), 1U);
  EXPECT_EQ(kept.front().port, port);
  ASSERT_TRUE(kept.front().pause);
  EXPECT_EQ(kept.front().pause->by, "wang");
  EXPECT_EQ(kept.front().pause->reason, "夜间维护");
  EXPECT_EQ(kept.front().pause->at, at(3));
  EXPECT_EQ(ledger().order_port(command(PortOrder::pause, 9)).pause->at, at(3)) << "it is paused already";
  EXPECT_FALSE(ledger().order_port(command(PortOrder::resume, 10)).pause);
  EXPECT_FALSE(ledger().port_orders().front().pause);
}

TEST_P(WatchSuite, the_concurrency_of_a_port_outlives_a_pause) {
  EXPECT_EQ(ledger().order_port(command(PortOrder::set_concurrency, 1, 3)).most_at_once, 3);
  ledger().order_port(command(PortOrder::pause, 2));
  EXPECT_EQ(ledger().order_port(command(PortOrder::resume, 3)).most_at_once, 3);
}

TEST_P(WatchSuite, orders_for_ports_are_acts) {
  ledger().order_port(command(PortOrder::pause, 1));
  ledger().order_port(command(PortOrder::set_concurrency, 2, 3));
  const auto acts = ledger().acts({}).acts;
  ASSERT_EQ(acts.size(), 2U);
  EXPECT_EQ(acts[0].reason, "most_at_once 3: 夜间维护");
  EXPECT_EQ(acts[1].reason, "pause: 夜间维护");
  EXPECT_EQ(acts[1].subject, "ports/hainan");
  EXPECT_EQ(acts[1].kind, ActKind::port);
}

TEST_P(WatchSuite, the_work_of_a_port_is_its_waiting_documents_windows_and_last_errors) {
  const auto document = accept("A1");
  seal("m1", {document.id});
  const auto delivery = ledger().begin_delivery("m1", at(2)).value();
  ledger().finish_delivery(delivery, {DeliveryOutcome::unreachable, "connection refused"}, at(3),
                           [](const Standing& now) {
                             return std::optional(Ledger::Next{now.summary.picture, at(9)});
                           });
  store("d1");
  const PortWork work = ledger().port_work({port, {}, {}});
  EXPECT_EQ(work.waiting, 1U);
  EXPECT_EQ(work.oldest_waiting, document.created_at);
  ASSERT_EQ(work.last_errors.size(), 1U);
  EXPECT_EQ(work.last_errors.front().outcome, DeliveryOutcome::unreachable);
  EXPECT_EQ(work.last_errors.front().answer, "connection refused");
  ASSERT_EQ(work.windows.size(), 1U);
  EXPECT_EQ(work.windows.front().dxp_id, dxp_id);
  const PortWork of_others = ledger().port_work({port, {"4601960009"}, std::vector<std::string>{}});
  EXPECT_EQ(of_others.waiting, 0U);
  EXPECT_FALSE(of_others.oldest_waiting);
  EXPECT_TRUE(of_others.last_errors.empty());
  EXPECT_TRUE(of_others.windows.empty());
}

TEST_P(WatchSuite, a_trouble_is_one_alert_from_its_beginning_to_its_end) {
  EXPECT_TRUE(ledger().begin_alert(alert(AlertKind::port_unreachable, "hainan", 1)));
  EXPECT_FALSE(ledger().begin_alert(alert(AlertKind::port_unreachable, "hainan", 2))) << "another gateway saw it too";
  EXPECT_TRUE(ledger().begin_alert(alert(AlertKind::port_unreachable, "dxp", 2)));
  reopen();
  AlertQuery open;
  open.state = AlertState::open;
  const auto found = ledger().alerts(open);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].subject, "dxp");
  EXPECT_EQ(found[1].kind, AlertKind::port_unreachable);
  EXPECT_EQ(found[1].began_at, at(1));
  EXPECT_EQ(found[1].zh, "口岸");
  EXPECT_TRUE(ledger().end_alert(found[1].id, at(5)));
  EXPECT_FALSE(ledger().end_alert(found[1].id, at(6))) << "once";
  AlertQuery ended;
  ended.state = AlertState::ended;
  ASSERT_EQ(ledger().alerts(ended).size(), 1U);
  EXPECT_EQ(ledger().alerts(ended)[0].ended_at, at(5));
  EXPECT_TRUE(ledger().begin_alert(alert(AlertKind::port_unreachable, "hainan", 7))) << "it begins anew";
  EXPECT_EQ(ledger().alerts({}).size(), 3U);
  EXPECT_EQ(ledger().prune_alerts(at(6)), 1U);
}

TEST_P(WatchSuite, alerts_come_in_pages_and_to_whom_they_concern) {
  ledger().begin_alert(alert(AlertKind::key_out, "E1 key", 1, "4601960001"));
  ledger().begin_alert(alert(AlertKind::port_paused, "hainan", 2));
  ledger().begin_alert(alert(AlertKind::key_out, "E2 key", 3, "4601960002"));
  AlertQuery query;
  query.enterprises = {"4601960001"};
  query.limit = 1;
  const auto top = ledger().alerts(query);
  ASSERT_EQ(top.size(), 1U);
  EXPECT_EQ(top[0].subject, "hainan");
  query.before = top[0].id;
  const auto rest = ledger().alerts(query);
  ASSERT_EQ(rest.size(), 1U);
  EXPECT_EQ(rest[0].subject, "E1 key");
}

TEST_P(WatchSuite, a_port_that_owes_receipts_is_told_with_when_it_was_last_heard) {
  const auto document = accept("A1");
  seal("m1", {document.id});
  EXPECT_FALSE(ledger().port_silences({{port, at(90)}}).front().first_due);
  deliver("m1", sent, at(90));
  EXPECT_FALSE(ledger().port_silences({{port, at(89)}}).front().first_due);
  PortSilence silence = ledger().port_silences({{port, at(90)}}).front();
  EXPECT_EQ(silence.first_due, at(90));
  EXPECT_FALSE(silence.last_heard);
  store("d1");
  silence = ledger().port_silences({{port, at(90)}}).front();
  EXPECT_TRUE(silence.last_heard);
}

}  // namespace tests
