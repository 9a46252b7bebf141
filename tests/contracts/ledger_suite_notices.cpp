// What every ledger promises about notices to clients.
#include <algorithm>
#include <set>

#include "tests/contracts/ledger_suite.h"

namespace tests {

using namespace gateway::ledger;  // the suite speaks the ledger's own words
using enum gateway::lifecycle::State;

namespace {

constexpr std::size_t plenty = 1000;

NewVersion of_enterprise(const std::string& number, const std::string& enterprise) {
  NewVersion version = new_version(number);
  version.key = "CEB311Message/" + enterprise + "/" + number;
  version.enterprise = enterprise;
  return version;
}

std::size_t make_all(Ledger& ledger, const std::string& client, const std::vector<std::string>& enterprises = {}) {
  return ledger.make_notices(client, enterprises, plenty, at(10));
}

// "NUMBER STATE" of each, where the state is the one that the notice tells of.
std::vector<std::string> told_by(const std::vector<Notice>& notices) {
  std::vector<std::string> told;
  for (const Notice& notice : notices) {
    const std::string& key = notice.change.key;
    told.push_back(key.substr(key.rfind('/') + 1) + " " + std::string(gateway::lifecycle::word(notice.change.to)));
  }
  return told;
}

std::vector<std::string> due(Ledger& ledger, const std::string& client, int second = 10) {
  return told_by(ledger.due_notices(client, at(second), plenty));
}

std::vector<std::string> listed(Ledger& ledger, const NoticeQuery& query) {
  return told_by(ledger.notices(query).notices);
}

Notice first_due(Ledger& ledger, const std::string& client) { return ledger.due_notices(client, at(99), 1).at(0); }

bool finish(Ledger& ledger, const Notice& notice, NoticeState to, std::optional<base::Time> when = std::nullopt,
            base::Time now = at(11)) {
  return ledger.finish_notice({notice.number, notice.revision, to, when, "500 no"}, now);
}

// Everything that is due, as often as something is.
void hear_all(Ledger& ledger, const std::string& client, base::Time now) {
  for (auto notices = ledger.due_notices(client, at(99), plenty); !notices.empty();
       notices = ledger.due_notices(client, at(99), plenty)) {
    for (const Notice& notice : notices) finish(ledger, notice, NoticeState::heard, std::nullopt, now);
  }
}

using Told = std::vector<std::string>;

}  // namespace

TEST_P(LedgerSuite, notices_begin_with_what_changes_after_the_client_was_first_known) {
  const std::string before = accept("A1").id;
  EXPECT_EQ(make_all(ledger(), "erp"), 0U) << "nobody asked for them yet";
  ledger().begin_notices("erp");
  EXPECT_EQ(make_all(ledger(), "erp"), 0U);
  ASSERT_TRUE(ledger().move(move_to(before, held), at(1)));
  ledger().begin_notices("erp");  // another start: it goes on where it stands
  accept("A2");
  EXPECT_EQ(make_all(ledger(), "erp"), 2U);
  EXPECT_EQ(make_all(ledger(), "erp"), 0U);
  for (const char* when : {"before", "after"}) {
    EXPECT_EQ(due(ledger(), "erp"), (Told{"A1 held", "A2 accepted"})) << when << " reopening";
    reopen();
  }
}

TEST_P(LedgerSuite, a_notice_repeats_the_change_of_the_feed) {
  ledger().begin_notices("erp");
  const std::string id = accept("A1").id;
  Move move = move_to(id, held);
  move.to = {held, "700", "detained", "海关布控"};
  ASSERT_TRUE(ledger().move(move, at(7)));
  ASSERT_EQ(make_all(ledger(), "erp"), 2U);
  const MoveRow change = ledger().changes(0, {}, plenty).at(1);
  const auto found = ledger().notices({}).notices;
  ASSERT_EQ(found.size(), 2U);
  const Notice& notice = found.at(0);
  EXPECT_EQ(notice.change.cursor, change.cursor);
  EXPECT_EQ(notice.change.at, at(7));
  EXPECT_EQ(notice.change.id, id);
  EXPECT_EQ(notice.change.key, change.key);
  EXPECT_EQ(notice.change.type, "CEB311Message");
  EXPECT_EQ(notice.change.version, 1);
  EXPECT_EQ(notice.change.from, accepted);
  EXPECT_EQ(notice.change.to, held);
  EXPECT_EQ(notice.change.stage, "700");
  EXPECT_EQ(notice.change.outcome, "detained");
  EXPECT_EQ(notice.change.reason, "海关布控");
  EXPECT_EQ(notice.client, "erp");
  EXPECT_EQ(notice.enterprise, "4601960001");
  EXPECT_EQ(notice.state, NoticeState::waiting);
  EXPECT_EQ(notice.tries, 0);
  EXPECT_EQ(notice.since, at(10));
  EXPECT_EQ(notice.created_at, at(10));
  EXPECT_EQ(notice.due, at(10));
  EXPECT_FALSE(notice.ended_at);
}

TEST_P(LedgerSuite, every_notice_has_a_webhook_id_of_its_own_that_stays) {
  std::set<std::string> ids;
  for (const char* client : {"erp", "shop"}) ledger().begin_notices(client);
  accept("A1");
  accept("A2");
  for (const char* client : {"erp", "shop"}) {
    ASSERT_EQ(make_all(ledger(), client), 2U);
    for (const Notice& notice : ledger().due_notices(client, at(10), plenty)) ids.insert(notice.webhook_id);
  }
  EXPECT_EQ(ids.size(), 4U);
  const Notice notice = first_due(ledger(), "erp");
  ASSERT_TRUE(finish(ledger(), notice, NoticeState::waiting, at(20)));
  EXPECT_EQ(ledger().notice(notice.number)->webhook_id, notice.webhook_id);
  EXPECT_FALSE(ledger().notice(notice.number + 1000));
}

TEST_P(LedgerSuite, a_client_is_told_of_its_enterprises_alone_and_moves_past_the_others) {
  for (const char* client : {"one", "both", "all"}) ledger().begin_notices(client);
  accept(of_enterprise("A1", "4601960001"));
  accept(of_enterprise("B1", "4601960002"));
  accept(of_enterprise("C1", "4601960003"));
  EXPECT_EQ(make_all(ledger(), "one", {"4601960002"}), 3U);
  EXPECT_EQ(make_all(ledger(), "both", {"4601960003", "4601960001"}), 3U);
  EXPECT_EQ(make_all(ledger(), "all"), 3U);
  EXPECT_EQ(due(ledger(), "one"), (Told{"B1 accepted"}));
  const Told both = due(ledger(), "both");
  EXPECT_EQ(std::set<std::string>(both.begin(), both.end()), (std::set<std::string>{"A1 accepted", "C1 accepted"}));
  EXPECT_EQ(due(ledger(), "all").size(), 3U);
  EXPECT_EQ(make_all(ledger(), "one", {"4601960001", "4601960002"}), 0U) << "what it was not to see then stays unseen";
}

TEST_P(LedgerSuite, notices_are_made_so_many_at_a_time_and_none_is_left_out) {
  ledger().begin_notices("erp");
  for (const char* number : {"A1", "A2", "A3"}) accept(number);
  EXPECT_EQ(ledger().make_notices("erp", {}, 2, at(10)), 2U);
  EXPECT_EQ(due(ledger(), "erp"), (Told{"A1 accepted", "A2 accepted"}));
  EXPECT_EQ(ledger().make_notices("erp", {}, 2, at(10)), 1U);
  EXPECT_EQ(ledger().make_notices("erp", {}, 2, at(10)), 0U);
  EXPECT_EQ(due(ledger(), "erp"), (Told{"A1 accepted", "A2 accepted", "A3 accepted"}));
  EXPECT_EQ(ledger().due_notices("erp", at(10), 2).size(), 2U);
}

TEST_P(LedgerSuite, one_document_is_told_in_order_and_holds_up_no_other) {
  ledger().begin_notices("erp");
  const std::string first = accept("A1").id;
  ASSERT_TRUE(ledger().move(move_to(first, held), at(1)));
  accept("A2");
  ASSERT_EQ(make_all(ledger(), "erp"), 3U);
  ledger().begin_notices("shop");
  EXPECT_EQ(due(ledger(), "erp"), (Told{"A1 accepted", "A2 accepted"}));
  ASSERT_TRUE(finish(ledger(), first_due(ledger(), "erp"), NoticeState::waiting, at(30)));
  EXPECT_EQ(due(ledger(), "erp", 29), (Told{"A2 accepted"})) << "the later one of A1 waits with the earlier";
  EXPECT_EQ(due(ledger(), "erp", 30), (Told{"A2 accepted", "A1 accepted"}));
  const auto notices = ledger().due_notices("erp", at(30), plenty);
  ASSERT_TRUE(finish(ledger(), notices.at(1), NoticeState::heard));
  EXPECT_EQ(due(ledger(), "erp"), (Told{"A1 held", "A2 accepted"}));
}

TEST_P(LedgerSuite, a_notice_that_was_given_up_lets_the_later_ones_of_its_document_go) {
  ledger().begin_notices("erp");
  const std::string id = accept("A1").id;
  ASSERT_TRUE(ledger().move(move_to(id, held), at(1)));
  ASSERT_EQ(make_all(ledger(), "erp"), 2U);
  ASSERT_TRUE(finish(ledger(), first_due(ledger(), "erp"), NoticeState::unheard));
  EXPECT_EQ(due(ledger(), "erp"), (Told{"A1 held"}));
}

TEST_P(LedgerSuite, an_attempt_is_written_once_and_not_over_what_changed_meanwhile) {
  ledger().begin_notices("erp");
  accept("A1");
  ASSERT_EQ(make_all(ledger(), "erp"), 1U);
  const Notice read = first_due(ledger(), "erp");
  ASSERT_TRUE(finish(ledger(), read, NoticeState::waiting, at(20)));
  EXPECT_FALSE(finish(ledger(), read, NoticeState::heard)) << "another gateway was quicker";
  const Notice again = first_due(ledger(), "erp");
  EXPECT_EQ(again.tries, 1);
  EXPECT_EQ(again.answer, "500 no");
  EXPECT_EQ(again.due, at(20));
  ASSERT_TRUE(ledger().resend_notice(again.number, {"operator", at(12)}));
  EXPECT_FALSE(finish(ledger(), again, NoticeState::heard)) << "a person wants it sent again";
  EXPECT_TRUE(finish(ledger(), first_due(ledger(), "erp"), NoticeState::heard));
  EXPECT_EQ(ledger().notice(read.number)->ended_at, at(11));
  EXPECT_TRUE(due(ledger(), "erp").empty());
}

TEST_P(LedgerSuite, a_notice_is_sent_again_as_if_it_were_new) {
  ledger().begin_notices("erp");
  accept("A1");
  ASSERT_EQ(make_all(ledger(), "erp"), 1U);
  const Notice notice = first_due(ledger(), "erp");
  ASSERT_TRUE(finish(ledger(), notice, NoticeState::unheard));
  ASSERT_TRUE(ledger().resend_notice(notice.number, {"operator", at(50)}));
  const Notice again = first_due(ledger(), "erp");
  EXPECT_EQ(again.number, notice.number);
  EXPECT_EQ(again.webhook_id, notice.webhook_id);
  EXPECT_EQ(again.tries, 0);
  EXPECT_EQ(again.since, at(50));
  EXPECT_EQ(again.due, at(50));
  EXPECT_EQ(again.created_at, at(10));
  EXPECT_FALSE(again.ended_at);
  EXPECT_FALSE(ledger().resend_notice(notice.number + 1000, {"operator", at(50)}));
}

TEST_P(LedgerSuite, notices_are_sent_again_by_filter_up_to_the_limit) {
  ledger().begin_notices("erp");
  ledger().begin_notices("shop");
  for (const char* number : {"A1", "A2", "A3"}) accept(number);
  accept(of_enterprise("B1", "4601960002"));
  for (const char* client : {"erp", "shop"}) {
    ASSERT_EQ(make_all(ledger(), client), 4U);
    for (const Notice& notice : ledger().due_notices(client, at(10), plenty)) {
      ASSERT_TRUE(finish(ledger(), notice, NoticeState::unheard));
    }
  }
  NoticeQuery query;
  query.client = "erp";
  query.state = NoticeState::unheard;
  query.enterprises = {"4601960001"};
  query.limit = 2;
  EXPECT_EQ(ledger().resend_notices(query, {"operator", at(20)}), 2U);
  EXPECT_EQ(due(ledger(), "erp", 20), (Told{"A1 accepted", "A2 accepted"}));
  EXPECT_EQ(ledger().resend_notices(query, {"operator", at(20)}), 1U);
  EXPECT_EQ(ledger().resend_notices(query, {"operator", at(20)}), 0U) << "the other enterprise's is not this person's";
  EXPECT_TRUE(due(ledger(), "shop", 20).empty());
  query.client = "shop";
  query.since = at(11);
  EXPECT_EQ(ledger().resend_notices(query, {"operator", at(20)}), 0U);
  query.since = at(10);
  query.until = at(11);
  query.enterprises = {"4601960002", "4601960001"};
  query.limit = 3;
  EXPECT_EQ(ledger().resend_notices(query, {"operator", at(20)}), 3U) << "the limit holds over all enterprises";
}

TEST_P(LedgerSuite, notices_answer_every_filter) {
  ledger().begin_notices("erp");
  const std::string id = accept("A1").id;
  accept(of_enterprise("B1", "4601960002"));
  ASSERT_EQ(make_all(ledger(), "erp"), 2U);
  ledger().begin_notices("shop");
  ASSERT_TRUE(ledger().move(move_to(id, held), at(1)));
  ASSERT_EQ(ledger().make_notices("shop", {}, plenty, at(20)), 1U);
  ASSERT_TRUE(finish(ledger(), first_due(ledger(), "erp"), NoticeState::heard));
  const auto found = [this](auto set) {
    NoticeQuery query;
    set(query);
    return listed(ledger(), query);
  };
  EXPECT_EQ(found([](NoticeQuery&) {}), (Told{"A1 held", "B1 accepted", "A1 accepted"}));
  EXPECT_EQ(found([](NoticeQuery& query) { query.client = "shop"; }), (Told{"A1 held"}));
  EXPECT_EQ(found([](NoticeQuery& query) { query.state = NoticeState::heard; }), (Told{"A1 accepted"}));
  EXPECT_EQ(found([](NoticeQuery& query) { query.since = at(11); }), (Told{"A1 held"}));
  EXPECT_EQ(found([](NoticeQuery& query) { query.until = at(20); }), (Told{"B1 accepted", "A1 accepted"}));
  for (const std::string& document : {id, std::string("A1"), std::string("CEB311Message/4601960001/A1")}) {
    EXPECT_EQ(found([&](NoticeQuery& query) { query.document = document; }), (Told{"A1 held", "A1 accepted"}));
  }
  EXPECT_EQ(found([](NoticeQuery& query) { query.enterprises = {"4601960002"}; }), (Told{"B1 accepted"}));
  EXPECT_EQ(found([](NoticeQuery& query) { query.limit = 0; }), Told{});
  EXPECT_EQ(found([](NoticeQuery& query) { query.cursor = "nonsense"; }), Told{});
}

TEST_P(LedgerSuite, notices_come_in_pages) {
  ledger().begin_notices("erp");
  for (const char* number : {"A1", "A2", "A3"}) accept(number);
  accept(of_enterprise("B1", "4601960002"));
  ASSERT_EQ(make_all(ledger(), "erp"), 4U);
  NoticeQuery query;
  query.enterprises = {"4601960001", "4601960002"};
  query.limit = 3;
  const NoticePage first = ledger().notices(query);
  EXPECT_EQ(told_by(first.notices), (Told{"B1 accepted", "A3 accepted", "A2 accepted"}));
  ASSERT_TRUE(first.next);
  query.cursor = *first.next;
  const NoticePage second = ledger().notices(query);
  EXPECT_EQ(told_by(second.notices), (Told{"A1 accepted"}));
  EXPECT_FALSE(second.next);
}

TEST_P(LedgerSuite, notices_that_ended_long_ago_are_pruned_so_many_at_a_time) {
  ledger().begin_notices("erp");
  for (const char* number : {"A1", "A2", "A3", "A4"}) accept(number);
  ASSERT_EQ(make_all(ledger(), "erp"), 4U);
  ASSERT_TRUE(finish(ledger(), first_due(ledger(), "erp"), NoticeState::unheard));
  hear_all(ledger(), "erp", at(20));
  EXPECT_EQ(ledger().prune_notices(NoticeState::heard, at(20), plenty), 0U);
  EXPECT_EQ(ledger().prune_notices(NoticeState::heard, at(21), 2), 2U);
  EXPECT_EQ(ledger().prune_notices(NoticeState::heard, at(21), 2), 1U);
  EXPECT_EQ(listed(ledger(), {}), (Told{"A1 accepted"})) << "nobody heard it";
  EXPECT_EQ(ledger().prune_notices(NoticeState::unheard, at(21), 2), 1U);
}

TEST_P(LedgerSuite, the_backlog_tells_what_each_client_has_not_heard) {
  EXPECT_TRUE(ledger().notice_backlog().empty());
  for (const char* client : {"erp", "shop", "desk"}) ledger().begin_notices(client);
  accept("A1");
  accept("A2");
  for (const char* client : {"erp", "shop", "desk"}) ASSERT_EQ(make_all(ledger(), client), 2U);
  hear_all(ledger(), "desk", at(20));
  ASSERT_TRUE(finish(ledger(), first_due(ledger(), "shop"), NoticeState::unheard));
  ASSERT_TRUE(finish(ledger(), first_due(ledger(), "shop"), NoticeState::unheard));
  const auto backlog = ledger().notice_backlog();
  ASSERT_EQ(backlog.size(), 2U);
  EXPECT_EQ(backlog[0].client, "erp");
  EXPECT_EQ(backlog[0].waiting, 2U);
  EXPECT_EQ(backlog[0].unheard, 0U);
  EXPECT_EQ(backlog[0].oldest_waiting, at(10));
  EXPECT_EQ(backlog[1].client, "shop");
  EXPECT_EQ(backlog[1].waiting, 0U);
  EXPECT_EQ(backlog[1].unheard, 2U);
  EXPECT_FALSE(backlog[1].oldest_waiting);
}

}  // namespace tests
