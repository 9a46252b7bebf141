// What every ledger promises about the record of what persons did.
#include <thread>

#include "gateway/ledger/audit_chain.h"
#include "tests/contracts/ledger_suite.h"

namespace tests {

using namespace gateway::ledger;  // the suite speaks the ledger's own words
using enum gateway::lifecycle::State;

namespace {

Act act_by(const std::string& by, ActKind kind, const std::string& subject, int second) {
  Act act{.at = at(second), .by = by, .kind = kind, .subject = subject};
  act.enterprise = "4601960001";
  act.reason = "值班";
  return act;
}

std::vector<std::string> subjects_of(const ActPage& page) {
  std::vector<std::string> subjects;
  for (const Act& act : page.acts) subjects.push_back(act.subject);
  return subjects;
}

using Subjects = std::vector<std::string>;

}  // namespace

class AuditSuite : public LedgerSuite {
 protected:
  Act newest() { return ledger().acts({}).acts.at(0); }
};

TEST_P(AuditSuite, an_act_is_read_as_it_was_written_and_chained_to_the_one_before_after_reopening_too) {
  EXPECT_TRUE(ledger().verify_acts().whole()) << "nothing was done yet";
  EXPECT_EQ(ledger().write_act(act_by("wang", ActKind::port, "ports/hainan", 1)), 1);
  reopen();
  EXPECT_EQ(ledger().write_act(act_by("li", ActKind::sign_in, "users/li", 2)), 2);
  const auto acts = ledger().acts({}).acts;
  ASSERT_EQ(acts.size(), 2U);
  const Act& first = acts[1];
  EXPECT_EQ(first.number, 1);
  EXPECT_EQ(first.at, at(1));
  EXPECT_EQ(first.by, "wang");
  EXPECT_EQ(first.kind, ActKind::port);
  EXPECT_EQ(first.subject, "ports/hainan");
  EXPECT_EQ(first.enterprise, "4601960001");
  EXPECT_EQ(first.reason, "值班");
  EXPECT_EQ(first.digest, link({}, first));
  EXPECT_EQ(acts[0].digest, link(first.digest, acts[0]));
  const ActFindings findings = ledger().verify_acts();
  EXPECT_EQ(findings.acts, 2);
  EXPECT_TRUE(findings.whole());
}

TEST_P(AuditSuite, acts_written_at_the_same_time_are_chained_one_after_the_other) {
  constexpr int writers = 4, each = 10;
  std::vector<std::thread> threads;
  for (int writer = 0; writer < writers; ++writer) {
    threads.emplace_back([this, writer] {
      for (int i = 0; i < each; ++i) ledger().write_act(act_by("w" + std::to_string(writer), ActKind::note, "x", i));
    });
  }
  for (std::thread& thread : threads) thread.join();
  const ActFindings findings = ledger().verify_acts();
  EXPECT_EQ(findings.acts, writers * each);
  EXPECT_TRUE(findings.whole());
}

TEST_P(AuditSuite, more_acts_than_are_read_at_once_are_verified) {
  for (int i = 0; i < 1'001; ++i) ledger().write_act(act_by("wang", ActKind::note, "documents/a", i));
  EXPECT_EQ(ledger().verify_acts().acts, 1'001);
  EXPECT_TRUE(ledger().verify_acts().whole());
}

TEST_P(AuditSuite, acts_answer_every_filter) {
  ledger().write_act(act_by("wang", ActKind::hold, "documents/a", 1));
  ledger().write_act(act_by("li", ActKind::release, "documents/a", 2));
  ledger().write_act(act_by("li", ActKind::hold, "documents/b", 3));
  const auto found = [this](auto set) {
    ActQuery query;
    set(query);
    return subjects_of(ledger().acts(query));
  };
  EXPECT_EQ(found([](ActQuery&) {}), (Subjects{"documents/b", "documents/a", "documents/a"}));
  EXPECT_EQ(found([](ActQuery& q) { q.by = "li"; }), (Subjects{"documents/b", "documents/a"}));
  EXPECT_EQ(found([](ActQuery& q) { q.kind = ActKind::hold; }), (Subjects{"documents/b", "documents/a"}));
  EXPECT_EQ(found([](ActQuery& q) { q.subject = "documents/b"; }), Subjects{"documents/b"});
  EXPECT_EQ(found([](ActQuery& q) { q.since = at(3); }), Subjects{"documents/b"});
  EXPECT_EQ(found([](ActQuery& q) { q.until = at(2); }), Subjects{"documents/a"});
  EXPECT_EQ(found([](ActQuery& q) { q.cursor = "no cursor"; }), Subjects{});
}

TEST_P(AuditSuite, whoever_sees_some_enterprises_sees_acts_on_their_things_and_its_own) {
  Act other = act_by("wang", ActKind::hold, "documents/other", 1);
  other.enterprise = "4601960002";
  Act nobodys = act_by("wang", ActKind::port, "ports/hainan", 2);
  nobodys.enterprise.clear();
  Act own = act_by("li", ActKind::sign_in, "users/li", 3);
  own.enterprise.clear();
  for (const Act& act : {other, nobodys, own}) ledger().write_act(act);
  ledger().write_act(act_by("li", ActKind::hold, "documents/a", 4));
  ActQuery query;
  query.enterprises = {"4601960001"};
  query.own = "li";
  EXPECT_EQ(subjects_of(ledger().acts(query)), (Subjects{"documents/a", "users/li"}));
}

TEST_P(AuditSuite, pages_of_acts_stay_as_they_are_while_new_ones_are_written) {
  for (int i = 0; i < 7; ++i) ledger().write_act(act_by("wang", ActKind::note, std::to_string(i), 5));
  ActQuery query;
  query.limit = 3;
  query.enterprises = {"4601960001"};
  query.own = "wang";
  Subjects seen;
  for (int page_number = 0; page_number < 3; ++page_number) {
    const ActPage page = ledger().acts(query);
    for (const Act& act : page.acts) seen.push_back(act.subject);
    EXPECT_EQ(page.next.has_value(), page_number < 2);
    ledger().write_act(act_by("wang", ActKind::note, "late", 6));
    query.cursor = page.next.value_or("");
  }
  EXPECT_EQ(seen, (Subjects{"6", "5", "4", "3", "2", "1", "0"}));
}

TEST_P(AuditSuite, what_a_person_has_done_with_a_document_is_recorded_with_it) {
  const auto document = accept("A1");
  Departure held{move_to(document.id, State::held), Leaving::stays, 0};
  held.act = act_by("wang", ActKind::hold, "documents/" + document.id, 4);
  ASSERT_TRUE(ledger().depart(held, at(4)));
  EXPECT_EQ(newest().kind, ActKind::hold);
  EXPECT_EQ(newest().subject, "documents/" + document.id);
  EXPECT_FALSE(ledger().depart(held, at(5))) << "the document has moved";
  EXPECT_EQ(ledger().verify_acts().acts, 1) << "what was not done is not recorded";
}

TEST_P(AuditSuite, what_a_person_amends_is_recorded_and_what_the_erp_posts_is_not) {
  const auto document = accept("A1");
  EXPECT_EQ(ledger().verify_acts().acts, 0);
  NewVersion amended = new_version("A1", 2);
  amended.by = "wang";
  amended.reason = "金额写错";
  ASSERT_TRUE(ledger().accept(std::span(&amended, 1), std::nullopt, at(3)));
  EXPECT_EQ(newest().kind, ActKind::amend);
  EXPECT_EQ(newest().by, "wang");
  EXPECT_EQ(newest().subject, "documents/" + document.id);
  EXPECT_EQ(newest().reason, "金额写错");
}

TEST_P(AuditSuite, starting_and_stopping_an_order_for_many_is_recorded) {
  const auto document = accept("A1");
  Replay preview;
  preview.by = "wang";
  preview.action = "hold";
  preview.reason = "盘点";
  preview.enterprises = {"4601960001"};
  preview.about = "{}";
  const auto id = ledger().keep_preview(preview, at(10)).value();
  const ReplayDocument one{0, {document.id, 1}, standing(document.id).revision};
  ledger().add_to_preview(id, std::span(&one, 1));
  EXPECT_EQ(ledger().verify_acts().acts, 0) << "a preview does nothing";
  ASSERT_TRUE(ledger().start_replay(id, 7, at(20)));
  EXPECT_EQ(newest().kind, ActKind::hold);
  EXPECT_EQ(newest().subject, "replays/" + std::to_string(id));
  EXPECT_EQ(newest().reason, "start: 盘点");
  ASSERT_TRUE(ledger().stop_replay(id, "li", at(21)));
  EXPECT_EQ(newest().by, "li");
  EXPECT_EQ(newest().reason, "stop: 盘点");
  EXPECT_TRUE(ledger().verify_acts().whole());
}

TEST_P(AuditSuite, matching_anew_is_recorded_with_the_number_of_what_it_concerns) {
  store("d1");
  store("d2");
  for (const char* digest : {"d1", "d2"}) ledger().set_inbound(digest, InboundState::unmatched, "nobody", {});
  const InboundAct order{at(30), "wang", "单证已补录"};
  ASSERT_TRUE(ledger().match_again("d1", order));
  EXPECT_EQ(newest().kind, ActKind::match);
  EXPECT_EQ(newest().subject, "inbound/d1");
  EXPECT_EQ(newest().reason, "单证已补录");
  InboundQuery unmatched;
  unmatched.state = InboundState::unmatched;
  EXPECT_EQ(ledger().match_again(unmatched, order), 1U);
  EXPECT_EQ(newest().subject, "inbound");
  EXPECT_EQ(newest().reason, "1: 单证已补录");
  EXPECT_EQ(ledger().match_again(unmatched, order), 0U);
  EXPECT_EQ(ledger().verify_acts().acts, 2) << "nothing was done the last time";
}

}  // namespace tests
