#include "gateway/ledger/audit_chain.h"

#include <gtest/gtest.h>

#include "gateway/ledger/audit_book.h"

namespace gateway::ledger {
namespace {

struct Record {
  std::vector<Act> acts;
  ActsHead head;
};

Record record_of(std::int64_t acts) {
  Record record;
  for (std::int64_t number = 1; number <= acts; ++number) {
    Act act{.number = number, .at = base::Time(std::chrono::milliseconds(number)), .by = "wang"};
    act.reason = "第" + std::to_string(number);
    act.digest = link(record.head.digest, act);
    record.head = {number, act.digest};
    record.acts.push_back(act);
  }
  return record;
}

std::vector<std::int64_t> broken(const Record& record) {
  ActWalk walk;
  for (const Act& act : record.acts) walk.take(act);
  std::vector<std::int64_t> numbers;
  for (const ActBreak& found : walk.end(record.head).breaks) numbers.push_back(found.number);
  return numbers;
}

using Numbers = std::vector<std::int64_t>;

TEST(audit_chain, a_record_that_nobody_touched_is_whole) { EXPECT_EQ(broken(record_of(5)), Numbers{}); }

TEST(audit_chain, each_thing_that_an_act_says_is_covered) {
  const auto changed = [](auto change) {
    Record record = record_of(4);
    change(record.acts[1]);
    return broken(record);
  };
  EXPECT_EQ(changed([](Act& act) { act.by = "li"; }), Numbers{2});
  EXPECT_EQ(changed([](Act& act) { act.at += std::chrono::milliseconds(1); }), Numbers{2});
  EXPECT_EQ(changed([](Act& act) { act.kind = ActKind::disclosure; }), Numbers{2});
  EXPECT_EQ(changed([](Act& act) { act.subject = "x"; }), Numbers{2});
  EXPECT_EQ(changed([](Act& act) { act.enterprise = "x"; }), Numbers{2});
  EXPECT_EQ(changed([](Act& act) { act.reason = "x"; }), Numbers{2});
  EXPECT_EQ(changed([](Act& act) { act.digest[0] ^= 1; }), (Numbers{2, 3}));
}

TEST(audit_chain, an_act_taken_out_is_missed_at_the_next_one) {
  Record record = record_of(4);
  record.acts.erase(record.acts.begin() + 1);
  EXPECT_EQ(broken(record), Numbers{3});
}

TEST(audit_chain, acts_taken_away_at_the_end_are_missed_at_the_head) {
  Record record = record_of(4);
  record.acts.pop_back();
  EXPECT_EQ(broken(record), Numbers{4});
  record.acts.clear();
  EXPECT_EQ(broken(record), Numbers{4});
}

TEST(audit_chain, an_act_slipped_in_shows) {
  Record record = record_of(3);
  record.acts.insert(record.acts.begin() + 1, record.acts[2]);
  EXPECT_FALSE(broken(record).empty());
}

TEST(audit_chain, no_more_breaks_are_told_than_the_limit) {
  Record record = record_of(static_cast<std::int64_t>(AuditBook::most_breaks_told) + 1);
  for (Act& act : record.acts) act.by = "li";
  EXPECT_EQ(broken(record).size(), AuditBook::most_breaks_told);
}

TEST(audit_chain, every_kind_of_act_has_a_word_that_reads_back) {
  for (int kind = 0; kind <= static_cast<int>(ActKind::approval); ++kind) {
    const auto act = static_cast<ActKind>(kind);
    EXPECT_EQ(read_act_kind(word(act)), act);
  }
  EXPECT_FALSE(read_act_kind("exporting"));
}

}  // namespace
}  // namespace gateway::ledger
