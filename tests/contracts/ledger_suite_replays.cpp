// What every ledger promises about orders for many documents, and about what bears on one.
#include "tests/contracts/ledger_suite.h"

namespace tests {

using namespace gateway::ledger;  // the suite speaks the ledger's own words
using enum gateway::lifecycle::State;

namespace {

Replay preview_of(std::vector<std::string> enterprises = {"4601960001"}) {
  Replay replay;
  replay.by = "operator";
  replay.action = "replay";
  replay.mode = "same-bytes";
  replay.reason = "口岸恢复";
  replay.enterprises = std::move(enterprises);
  replay.about = R"({"matched":2})";
  replay.pace = 50;
  return replay;
}

Departure departure(Move move, Leaving leaving = Leaving::stays, int deliveries_begun = 0) {
  move.due = at(9);
  return {std::move(move), leaving, deliveries_begun};
}

std::vector<std::string> ids_of(const std::vector<ReplayDocument>& documents) {
  std::vector<std::string> ids;
  for (const ReplayDocument& document : documents) ids.push_back(document.ref.id);
  return ids;
}

}  // namespace

class ReplaySuite : public LedgerSuite {
 protected:
  ReplayDocument document(std::int64_t place, const std::string& id) {
    const Standing now = standing(id);
    return {place, {id, now.summary.version}, now.revision};
  }
  std::int64_t preview(const std::vector<std::string>& ids) {
    const auto id = ledger().keep_preview(preview_of(), at(10)).value();
    std::vector<ReplayDocument> documents;
    for (const std::string& one : ids) documents.push_back(document(static_cast<std::int64_t>(documents.size()), one));
    ledger().add_to_preview(id, documents);
    return id;
  }
  State state_of(const std::string& id) { return standing(id).summary.picture.state; }
};

TEST_P(ReplaySuite, a_preview_runs_document_by_document_and_ends_with_the_last_after_reopening_too) {
  const auto first = accept("A1"), second = accept("A2");
  const auto id = preview({first.id, second.id});
  const Replay kept = ledger().replay(id).value();
  EXPECT_EQ(kept.state, ReplayState::preview);
  EXPECT_EQ(kept.by, "operator");
  EXPECT_EQ(kept.action, "replay");
  EXPECT_EQ(kept.mode, "same-bytes");
  EXPECT_EQ(kept.reason, "口岸恢复");
  EXPECT_EQ(kept.about, R"({"matched":2})");
  EXPECT_EQ(kept.enterprises, std::vector<std::string>{"4601960001"});
  EXPECT_EQ(kept.created_at, at(10));
  EXPECT_EQ(kept.pending, 2);
  EXPECT_FALSE(ledger().running_replay()) << "a preview does not run";
  ASSERT_TRUE(ledger().start_replay(id, 7, at(20)));
  EXPECT_FALSE(ledger().start_replay(id, 7, at(20))) << "once";
  EXPECT_EQ(ids_of(ledger().next_of_replay(id)), std::vector<std::string>{first.id});
  const ReplayAct act{0, departure(move_to(first.id, held))};
  ASSERT_TRUE(ledger().carry_out(id, std::span(&act, 1), at(21)));
  reopen();
  const Replay running = ledger().running_replay().value();
  EXPECT_EQ(running.id, id);
  EXPECT_EQ(running.pace, 7);
  EXPECT_EQ(running.started_at, at(20));
  EXPECT_EQ(running.moved, 1);
  EXPECT_EQ(running.pending, 1);
  EXPECT_EQ(ids_of(ledger().next_of_replay(id)), std::vector<std::string>{second.id});
  const ReplayAct passed{1, std::nullopt};
  ASSERT_TRUE(ledger().carry_out(id, std::span(&passed, 1), at(22)));
  const Replay done = ledger().replay(id).value();
  EXPECT_EQ(done.state, ReplayState::done);
  EXPECT_EQ(done.finished_at, at(22));
  EXPECT_EQ(done.moved, 1);
  EXPECT_EQ(done.passed_over, 1);
  EXPECT_EQ(done.pending, 0);
  EXPECT_TRUE(ledger().next_of_replay(id).empty());
  EXPECT_FALSE(ledger().running_replay());
  EXPECT_EQ(state_of(first.id), held);
  EXPECT_EQ(state_of(second.id), accepted);
}

TEST_P(ReplaySuite, what_has_moved_since_it_was_read_is_passed_over_and_the_others_go_on) {
  const auto first = accept("A1"), second = accept("A2");
  const auto id = preview({first.id, second.id});
  ASSERT_TRUE(ledger().start_replay(id, 7, at(20)));
  const std::vector<ReplayAct> acts{{0, departure(move_to(first.id, held))}, {1, departure(move_to(second.id, held))}};
  ASSERT_TRUE(ledger().move(move_to(first.id, withdrawn), at(20)));
  ASSERT_TRUE(ledger().carry_out(id, acts, at(21)));
  EXPECT_EQ(state_of(first.id), withdrawn);
  EXPECT_EQ(state_of(second.id), held);
  EXPECT_EQ(ledger().replay(id)->moved, 1);
  EXPECT_EQ(ledger().replay(id)->passed_over, 1);
}

TEST_P(ReplaySuite, a_stopped_order_moves_nothing_more) {
  const auto document = accept("A1");
  const auto id = preview({document.id});
  EXPECT_FALSE(ledger().stop_replay(id, "operator", at(19))) << "a preview does not run";
  ASSERT_TRUE(ledger().start_replay(id, 7, at(20)));
  const ReplayAct act{0, departure(move_to(document.id, held))};
  ASSERT_TRUE(ledger().stop_replay(id, "another", at(20)));
  EXPECT_FALSE(ledger().stop_replay(id, "another", at(20)));
  EXPECT_FALSE(ledger().carry_out(id, std::span(&act, 1), at(21)));
  EXPECT_EQ(state_of(document.id), accepted);
  const Replay stopped = ledger().replay(id).value();
  EXPECT_EQ(stopped.state, ReplayState::stopped);
  EXPECT_EQ(stopped.stopped_by, "another");
  EXPECT_EQ(stopped.pending, 1);
}

TEST_P(ReplaySuite, documents_of_one_message_come_together) {
  const auto first = accept("A1"), alone = accept("A2"), mate = accept("A3");
  seal("M1", {first.id, mate.id});
  seal("M2", {alone.id});
  const auto id = preview({first.id, alone.id, mate.id});
  ASSERT_TRUE(ledger().start_replay(id, 7, at(20)));
  EXPECT_EQ(ids_of(ledger().next_of_replay(id)), (std::vector<std::string>{first.id, mate.id}));
  const std::vector<ReplayAct> acts{{0, departure(move_to(first.id, held), Leaving::takes_apart)},
                                    {2, departure(move_to(mate.id, held), Leaving::takes_apart)}};
  ASSERT_TRUE(ledger().carry_out(id, acts, at(21)));
  EXPECT_EQ(state_of(first.id), held);
  EXPECT_EQ(state_of(mate.id), held) << "not sent back to be sealed anew";
  EXPECT_EQ(ids_of(ledger().next_of_replay(id)), std::vector<std::string>{alone.id});
}

TEST_P(ReplaySuite, a_preview_lasts_an_hour) {
  const auto id = preview({accept("A1").id});
  const auto end = at(10) + Ledger::preview_lasts;
  EXPECT_FALSE(ledger().start_replay(id, 7, end + std::chrono::milliseconds(1)));
  EXPECT_TRUE(ledger().start_replay(id, 7, end));
  const auto past = preview({accept("A2").id});
  ASSERT_TRUE(ledger().keep_preview(preview_of(), end + std::chrono::milliseconds(1)));
  EXPECT_FALSE(ledger().replay(past)) << "dropped with the next one that is made";
  EXPECT_TRUE(ledger().replay(id)) << "what runs is kept";
}

TEST_P(ReplaySuite, no_more_than_the_limit_are_open) {
  std::int64_t last = 0;
  for (std::size_t i = 0; i < Ledger::most_open_replays; ++i) {
    last = ledger().keep_preview(preview_of(), at(10)).value();
  }
  EXPECT_FALSE(ledger().keep_preview(preview_of(), at(10)));
  ASSERT_TRUE(ledger().start_replay(last, 7, at(11)));
  EXPECT_EQ(ledger().replay(last)->state, ReplayState::done) << "nothing was to be moved";
  EXPECT_TRUE(ledger().keep_preview(preview_of(), at(11)));
}

TEST_P(ReplaySuite, orders_are_listed_newest_first_in_pages) {
  std::vector<std::int64_t> made;
  for (int i = 0; i < 3; ++i) made.push_back(ledger().keep_preview(preview_of(), at(10)).value());
  const auto top = ledger().replays(0, 2);
  ASSERT_EQ(top.size(), 2U);
  EXPECT_EQ(top[0].id, made[2]);
  EXPECT_EQ(top[1].id, made[1]);
  const auto rest = ledger().replays(top[1].id, 2);
  ASSERT_EQ(rest.size(), 1U);
  EXPECT_EQ(rest[0].id, made[0]);
}

TEST_P(ReplaySuite, bearings_tell_what_became_of_the_message_and_of_those_beside) {
  const auto first = accept("A1"), beside = accept("A2");
  EXPECT_FALSE(ledger().bearings(first.id)->has_bytes);
  EXPECT_FALSE(ledger().bearings("nobody"));
  seal("M1", {first.id, beside.id});
  deliver("M1", deferred, at(3));
  deliver("M1", held);
  EXPECT_EQ(ledger().bearings(first.id)->deliveries,
            (std::vector{DeliveryOutcome::confirmed, DeliveryOutcome::confirmed}));
  EXPECT_TRUE(ledger().bearings(first.id)->has_bytes);
  EXPECT_FALSE(ledger().bearings(first.id)->others_await_answer);
  ASSERT_TRUE(ledger().move(move_to(beside.id, sent), at(4)));
  EXPECT_TRUE(ledger().bearings(first.id)->others_await_answer);
  EXPECT_FALSE(ledger().bearings(first.id)->others_withdrawn);
  ASSERT_TRUE(ledger().move(move_to(beside.id, withdrawn), at(4)));
  EXPECT_TRUE(ledger().bearings(first.id)->others_withdrawn);
  EXPECT_FALSE(ledger().bearings(beside.id)->others_withdrawn);
}

TEST_P(ReplaySuite, sealing_again_takes_the_message_apart_for_all_of_it) {
  const auto first = accept("A1"), waiting = accept("A2"), kept_back = accept("A3");
  seal("M1", {first.id, waiting.id, kept_back.id});
  deliver("M1", deferred, at(3));
  ASSERT_TRUE(ledger().move(move_to(kept_back.id, held), at(4)));
  ASSERT_TRUE(ledger().depart(departure(move_to(first.id, accepted), Leaving::seals_again, 1), at(5)));
  EXPECT_EQ(state_of(first.id), accepted);
  EXPECT_EQ(state_of(waiting.id), accepted);
  EXPECT_EQ(state_of(kept_back.id), held);
  for (const auto& id : {first.id, waiting.id, kept_back.id}) EXPECT_FALSE(ledger().bearings(id)->has_bytes);
  EXPECT_TRUE(ledger().due_messages(port, at(9), 10, {}).empty()) << "the old bytes never leave again";
  seal("M2", {first.id});
  EXPECT_EQ(ledger().message_of(first.id, std::nullopt)->guid, "M2");
}

TEST_P(ReplaySuite, nothing_is_sealed_again_once_a_delivery_has_begun_or_others_await_its_answer) {
  const auto first = accept("A1"), beside = accept("A2");
  seal("M1", {first.id, beside.id});
  const auto again = [&] { return departure(move_to(first.id, accepted), Leaving::seals_again, 0); };
  const auto delivery = ledger().begin_delivery("M1", at(2)).value();
  EXPECT_FALSE(ledger().depart(again(), at(3))) << "its bytes are leaving";
  const auto stay = [](const Standing&) { return std::optional<Ledger::Next>(); };
  ledger().finish_delivery(delivery, {DeliveryOutcome::unknown, ""}, at(3), stay);
  EXPECT_FALSE(ledger().depart(again(), at(4))) << "a delivery was begun since";
  Departure known = again();
  known.deliveries_begun = 1;
  ASSERT_TRUE(ledger().move(move_to(beside.id, sent), at(4)));
  EXPECT_FALSE(ledger().depart(known, at(5))) << "the other's bytes may go again";
  EXPECT_EQ(state_of(first.id), sealed);
  ASSERT_TRUE(ledger().move(move_to(beside.id, refused), at(6)));
  EXPECT_TRUE(ledger().depart(known, at(7)));
}

TEST_P(ReplaySuite, documents_are_found_and_counted_by_port_reason_and_ids_too) {
  const auto first = accept("A1"), second = accept("A2");
  accept("A3");
  Move move = move_to(first.id, held);
  move.to.reason = "tries are spent; 100% of them";
  ASSERT_TRUE(ledger().move(move, at(1)));
  Query query;
  query.limit = 1;
  EXPECT_EQ(ledger().count(query, 100), 3U) << "whatever the limit";
  query.limit = 10;
  query.reason = "spent; 100%";
  EXPECT_EQ(numbers_of(ledger().list(query)), std::vector<std::string>{"A1"});
  query.reason = "SPENT";
  EXPECT_EQ(ledger().count(query, 100), 0U);
  query.reason.reset();
  query.ids = {first.id, second.id, "nobody"};
  EXPECT_EQ(numbers_of(ledger().list(query)), (std::vector<std::string>{"A2", "A1"}));
  query.port = "elsewhere";
  EXPECT_EQ(ledger().count(query, 100), 0U);
  query.port = port;
  EXPECT_EQ(ledger().count(query, 100), 2U);
  query.enterprises = {"4601960002"};
  EXPECT_EQ(ledger().count(query, 100), 0U);
}

TEST_P(ReplaySuite, a_reason_of_a_new_version_stands_in_its_history) {
  NewVersion version = new_version("A1");
  version.reason = "更正金额";
  const auto summary = accept(version);
  EXPECT_EQ(ledger().document(summary.id, std::nullopt)->timeline.front().reason, "更正金额");
  EXPECT_EQ(summary.picture.reason, "");
}

class InboundSuite : public LedgerSuite {
 protected:
  std::vector<std::string> digests(const InboundQuery& query) {
    std::vector<std::string> found;
    for (const InboundRow& row : ledger().inbound(query)) found.push_back(row.record.digest);
    return found;
  }
};

TEST_P(InboundSuite, what_was_received_is_listed_by_every_filter_newest_first) {
  store("d1");
  store("d2", "DXPENT0000000002");
  store("d3");
  ledger().set_inbound("d1", InboundState::unmatched, "nothing fits", {});
  const auto found = [this](auto set) {
    InboundQuery query;
    set(query);
    return digests(query);
  };
  using Digests = std::vector<std::string>;
  EXPECT_EQ(found([](InboundQuery&) {}), (Digests{"d3", "d2", "d1"}));
  EXPECT_EQ(found([](InboundQuery& q) { q.state = InboundState::unmatched; }), Digests{"d1"});
  EXPECT_EQ(found([](InboundQuery& q) { q.port = "elsewhere"; }), Digests{});
  EXPECT_EQ(found([](InboundQuery& q) { q.source = "/ceb312msg"; }), (Digests{"d3", "d2", "d1"}));
  EXPECT_EQ(found([](InboundQuery& q) { q.since = at(5); }), Digests{});
  EXPECT_EQ(found([](InboundQuery& q) { q.until = at(5); }), (Digests{"d3", "d2", "d1"}));
  EXPECT_EQ(found([](InboundQuery& q) { q.dxp_ids = {"DXPENT0000000002"}; }), Digests{"d2"});
  EXPECT_EQ(found([](InboundQuery& q) { q.dxp_ids.emplace(); }), Digests{});
  InboundQuery page;
  page.limit = 2;
  const auto top = ledger().inbound(page);
  ASSERT_EQ(top.size(), 2U);
  EXPECT_EQ(top[1].record.bytes, "[d2]");
  page.before = top[1].row;
  EXPECT_EQ(digests(page), Digests{"d1"});
}

TEST_P(InboundSuite, what_was_left_over_becomes_fresh_again_and_keeps_who_wanted_it) {
  for (const char* digest : {"d1", "d2", "d3", "d4"}) store(digest);
  ledger().set_inbound("d1", InboundState::unmatched, "nothing fits", {});
  ledger().set_inbound("d2", InboundState::unreadable, "no list", {});
  ledger().set_inbound("d3", InboundState::unmatched, "nothing fits", {});
  const InboundAct act{at(8), "operator", "单证已补录"};
  EXPECT_FALSE(ledger().match_again("d4", act)) << "it is fresh";
  EXPECT_FALSE(ledger().match_again("nobody", act));
  EXPECT_TRUE(ledger().match_again("d2", act));
  InboundQuery query;
  query.state = InboundState::unmatched;
  query.limit = 1;
  EXPECT_EQ(ledger().match_again(query, act), 1U) << "no more than the limit";
  EXPECT_EQ(ledger().inbound_record("d3")->state, InboundState::fresh);
  EXPECT_EQ(ledger().inbound_record("d1")->state, InboundState::unmatched);
  const InboundRow again = ledger().inbound_record("d2").value();
  EXPECT_EQ(again.state, InboundState::fresh);
  ASSERT_EQ(again.acts.size(), 1U);
  EXPECT_EQ(again.acts[0].by, "operator");
  EXPECT_EQ(again.acts[0].reason, "单证已补录");
  EXPECT_EQ(again.acts[0].at, at(8));
  query.state = InboundState::applied;
  query.limit = 10;
  EXPECT_EQ(ledger().match_again(query, act), 0U);
}

}  // namespace tests
