// What every ledger promises to operators and to everybody who looks.
#include <algorithm>
#include <atomic>
#include <thread>

#include "tests/contracts/ledger_suite.h"

namespace tests {

using namespace gateway::ledger;  // the suite speaks the ledger's own words
using enum gateway::lifecycle::State;

TEST_P(LedgerSuite, a_move_from_an_old_revision_or_another_state_writes_nothing) {
  const std::string id = accept("A1").id;
  const Move stale = move_to(id, withdrawn);
  ASSERT_TRUE(ledger().move(move_to(id, held), at(1)));
  EXPECT_FALSE(ledger().move(stale, at(2)));
  Move wrong_state = move_to(id, withdrawn);
  wrong_state.from = accepted;
  EXPECT_FALSE(ledger().move(wrong_state, at(2)));
  EXPECT_EQ(standing(id).summary.picture.state, held);
  EXPECT_FALSE(ledger().move({{"unknown", 1}, 1, accepted, {}, {}, ""}, at(2)));
}

TEST_P(LedgerSuite, unsealing_sends_the_others_back_to_be_sealed_anew) {
  const std::string first = accept("A1").id;
  const std::string second = accept("A2").id;
  seal("M1", {first, second});
  ASSERT_TRUE(ledger().unseal(move_to(first, held), at(5)));
  EXPECT_EQ(standing(first).summary.picture.state, held);
  EXPECT_EQ(standing(second).summary.picture.state, accepted);
  EXPECT_TRUE(ledger().due_messages(port, at(99), 100, {}).empty());
  EXPECT_FALSE(ledger().begin_delivery("M1", at(6)));
  EXPECT_FALSE(ledger().message_of(first, {}));
  const auto due = ledger().due_documents(port, at(5), 100, {});
  ASSERT_EQ(due.size(), 1U);
  EXPECT_EQ(due[0].ref.id, second);
  seal("M2", {second});
  EXPECT_EQ(ledger().message_of(second, {})->guid, "M2");
}

TEST_P(LedgerSuite, a_message_whose_bytes_are_leaving_is_not_taken_apart) {
  const std::string id = accept("A1").id;
  seal("M1", {id});
  ASSERT_TRUE(ledger().begin_delivery("M1", at(2)));
  EXPECT_FALSE(ledger().unseal(move_to(id, held), at(5)));
  EXPECT_EQ(standing(id).summary.picture.state, sealed);
}

TEST_P(LedgerSuite, the_timeline_holds_moves_and_the_feed_every_change) {
  const std::string id = accept("A1").id;
  seal("M1", {id});
  deliver("M1", sent);
  ASSERT_TRUE(receive(id, "120", {sent, "120", "", ""}));
  ASSERT_TRUE(receive(id, "121", {sent, "120", "", ""}));
  ASSERT_TRUE(receive(id, "800", {settled, "800", "released", ""}));
  std::vector<State> timeline;
  const auto whole = ledger().document(id, {});
  for (const MoveRow& move : whole->timeline) timeline.push_back(move.to);
  EXPECT_EQ(timeline, (std::vector<State>{accepted, sealed, sent, settled}));
  const auto changes = ledger().changes(0, {}, 100);
  ASSERT_EQ(changes.size(), 5U) << "what changes nothing is no change";
  EXPECT_EQ(changes[0].from, accepted);
  EXPECT_EQ(changes[0].by, "erp");
  EXPECT_EQ(changes[3].from, sent);
  EXPECT_EQ(changes[3].to, sent);
  EXPECT_EQ(changes[3].stage, "120");
  EXPECT_EQ(changes[4].outcome, "released");
  EXPECT_EQ(changes[4].key, new_version("A1").key);
}

TEST_P(LedgerSuite, the_newest_change_is_the_cursor_after_which_the_feed_is_empty) {
  EXPECT_EQ(ledger().newest_change(), 0);
  for (const char* number : {"A1", "A2"}) {
    accept(number);
    const auto changes = ledger().changes(0, {}, 10);
    EXPECT_EQ(ledger().newest_change(), changes.back().cursor);
    EXPECT_TRUE(ledger().changes(ledger().newest_change(), {}, 10).empty());
  }
}

TEST_P(LedgerSuite, the_feed_goes_on_after_its_cursor_in_the_order_of_the_changes) {
  for (int i = 0; i < 10; ++i) accept("A" + std::to_string(i));
  std::int64_t cursor = 0;
  std::vector<std::string> keys;
  for (int round = 0; round < 4; ++round) {
    for (const MoveRow& change : ledger().changes(cursor, {}, 3)) {
      EXPECT_GT(change.cursor, cursor);
      cursor = change.cursor;
      keys.push_back(change.key);
    }
  }
  ASSERT_EQ(keys.size(), 10U);
  EXPECT_TRUE(std::ranges::is_sorted(keys));
  EXPECT_TRUE(ledger().changes(cursor, {}, 3).empty());
}

TEST_P(LedgerSuite, the_feed_and_the_list_show_only_the_enterprises_asked_for) {
  accept("A1");
  NewVersion other = new_version("B1");
  other.enterprise = "4601960002";
  accept(other);
  NewVersion third = new_version("C1");
  third.enterprise = "4601960003";
  accept(third);
  const std::vector<std::string> one{"4601960002"};
  const std::vector<std::string> two{"4601960002", "4601960003"};
  EXPECT_EQ(ledger().changes(0, one, 10).size(), 1U);
  EXPECT_EQ(ledger().changes(0, two, 10).size(), 2U);
  Query query;
  query.enterprises = one;
  EXPECT_EQ(numbers_of(ledger().list(query)), std::vector<std::string>{"B1"});
  query.enterprises = two;
  EXPECT_EQ(numbers_of(ledger().list(query)), (std::vector<std::string>{"C1", "B1"}));
  query.enterprise = "4601960001";
  EXPECT_TRUE(ledger().list(query).documents.empty());
}

TEST_P(LedgerSuite, pages_stay_as_they_are_while_new_documents_arrive) {
  for (int i = 10; i < 20; ++i) accept("A" + std::to_string(i));
  Query query;
  query.limit = 4;
  std::vector<std::string> seen;
  for (int page_number = 0; page_number < 3; ++page_number) {
    const Page page = ledger().list(query);
    for (const std::string& number : numbers_of(page)) seen.push_back(number);
    accept("B" + std::to_string(page_number));
    EXPECT_EQ(page.next.has_value(), page_number < 2);
    query.cursor = page.next.value_or("");
  }
  EXPECT_EQ(seen, (std::vector<std::string>{"A19", "A18", "A17", "A16", "A15", "A14", "A13", "A12", "A11", "A10"}));
}

TEST_P(LedgerSuite, a_page_that_is_just_full_has_no_next) {
  accept("A1");
  accept("A2");
  Query query;
  query.limit = 2;
  EXPECT_FALSE(ledger().list(query).next);
}

TEST_P(LedgerSuite, the_list_answers_every_filter) {
  const std::string id = accept("A1").id;
  NewVersion payment = new_version("P1");
  payment.type = "CEB411Message";
  payment.key = "CEB411Message/4601960001/P1";
  ASSERT_TRUE(ledger().accept(std::span(&payment, 1), std::nullopt, at(100)));
  ASSERT_TRUE(ledger().move(move_to(id, held), at(1)));
  const auto numbers = [this](auto set) {
    Query query;
    set(query);
    return numbers_of(ledger().list(query));
  };
  using Numbers = std::vector<std::string>;
  EXPECT_EQ(numbers([](Query& q) { q.type = "CEB411Message"; }), Numbers{"P1"});
  EXPECT_EQ(numbers([](Query& q) { q.key = "CEB411Message/4601960001/P1"; }), Numbers{"P1"});
  EXPECT_EQ(numbers([](Query& q) { q.key = "P1"; }), Numbers{"P1"});
  EXPECT_EQ(numbers([](Query& q) { q.number = "A1"; }), Numbers{"A1"});
  EXPECT_EQ(numbers([](Query& q) { q.number = "CEB411Message/4601960001/P1"; }), Numbers{});
  EXPECT_EQ(numbers([](Query& q) { q.states = {held}; }), Numbers{"A1"});
  EXPECT_EQ(numbers([](Query& q) { q.since = at(100); }), Numbers{"P1"});
  EXPECT_EQ(numbers([](Query& q) { q.until = at(100); }), Numbers{"A1"});
  EXPECT_EQ(numbers([](Query& q) { q.enterprise = "4601960001"; }), (Numbers{"P1", "A1"}));
  EXPECT_EQ(numbers([](Query& q) { q.cursor = "no cursor"; }), Numbers{});
}

TEST_P(LedgerSuite, the_backlog_counts_newest_versions_by_state) {
  const std::string first = accept("A1").id;
  accept("A2");
  ASSERT_TRUE(ledger().move(move_to(first, withdrawn), at(1)));
  EXPECT_EQ(ledger().backlog().by_state, (std::map<State, std::size_t>{{accepted, 1}, {withdrawn, 1}}));
  const NewVersion next = new_version("A1", 2);
  ASSERT_TRUE(ledger().accept(std::span(&next, 1), std::nullopt, at(7)));
  const Backlog backlog = ledger().backlog();
  EXPECT_EQ(backlog.by_state, (std::map<State, std::size_t>{{accepted, 2}}));
  EXPECT_EQ(backlog.oldest_waiting, (std::map<std::string, base::Time>{{port, at(0)}}));
  EXPECT_EQ(ledger().waiting(), 2U);
}

TEST_P(LedgerSuite, what_holds_quotes_and_wildcards_is_plain_text) {
  const std::string number = "A'1\"; DROP TABLE documents; --%_";
  const std::string id = accept(number).id;
  Query query;
  query.number = number;
  EXPECT_EQ(numbers_of(ledger().list(query)), std::vector<std::string>{number});
  EXPECT_EQ(standing(id).summary.number, number);
}

TEST_P(LedgerSuite, of_many_threads_that_move_one_document_one_wins) {
  const Move move = move_to(accept("A1").id, held);
  std::atomic<int> won = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] { won += ledger().move(move, at(1)) ? 1 : 0; });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(won, 1);
}

TEST_P(LedgerSuite, readers_see_whole_transactions_while_another_thread_writes) {
  std::atomic<bool> done = false;
  std::thread writer([&] {
    for (int round = 0; round < 20; ++round) {
      std::vector<NewVersion> versions;
      for (int i = 0; i < 5; ++i) versions.push_back(new_version(std::to_string(round) + "-" + std::to_string(i)));
      ledger().accept(versions, std::nullopt, at(round));
    }
    done = true;
  });
  while (!done) EXPECT_EQ(ledger().changes(0, {}, 1000).size() % 5, 0U);
  writer.join();
  EXPECT_EQ(ledger().waiting(), 100U);
}

TEST_P(LedgerSuite, a_check_passes_where_writing_is_possible) { EXPECT_NO_THROW(ledger().check()); }

}  // namespace tests
