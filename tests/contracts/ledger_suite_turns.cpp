// What every ledger promises about whose turn it is, and about what an outage put off.
#include <utility>

#include "tests/contracts/ledger_suite.h"

namespace tests {

using namespace gateway::ledger;  // the suite speaks the ledger's own words
using enum gateway::lifecycle::State;
using std::chrono::milliseconds;

namespace {

class Turns {
 public:
  explicit Turns(Ledger& ledger) : ledger_(ledger) {}

  std::string accept(const std::string& enterprise, const std::string& number, base::Time when = at(0)) {
    NewVersion version = new_version(number);
    version.enterprise = enterprise;
    return ledger_.accept(std::span(&version, 1), std::nullopt, when)->front().id;
  }
  // A message of one document, due then.
  std::string seal(const std::string& enterprise, const std::string& number, base::Time due = at(1)) {
    const std::string id = accept(enterprise, number);
    const Standing standing = *ledger_.newest_by_id(id);
    Move move{{id, 1}, standing.revision, accepted, standing.summary.picture, due, "dispatch"};
    move.to.state = sealed;
    const SealedMessage message{"M-" + number, "CEB311Message", enterprise, port, "", "<x/>", "{x}", {move.ref}};
    EXPECT_TRUE(ledger_.seal(message, std::span(&move, 1), at(1)));
    return id;
  }
  // Sealed, tried at second 2, and put off.
  std::string put_off(const std::string& number, State state, base::Time due) {
    const std::string id = seal("E1", number);
    const auto delivery = ledger_.begin_delivery("M-" + number, at(2));
    ledger_.finish_delivery(*delivery, {DeliveryOutcome::unreachable, "away"}, at(3), [&](const Standing&) {
      return std::optional(Ledger::Next{{state, "", "", ""}, due});
    });
    return id;
  }
  std::vector<std::string> documents(std::size_t most, const Ledger::Turn& turn, base::Time now = at(9)) {
    std::vector<std::string> numbers;
    for (const auto& due : ledger_.due_documents(port, now, most, turn)) numbers.push_back(due.key.substr(25));
    return numbers;
  }
  std::vector<std::string> messages(std::size_t most, const std::string& after, base::Time now = at(9)) {
    std::vector<std::string> guids;
    for (const auto& due : ledger_.due_messages(port, now, most, after)) guids.push_back(due.guid);
    return guids;
  }

 private:
  Ledger& ledger_;
};

using Names = std::vector<std::string>;

}  // namespace

TEST_P(LedgerSuite, each_enterprise_has_its_oldest_documents_told_however_many_another_has) {
  Turns turns(ledger());
  for (const char* number : {"A1", "A2", "A3", "A4", "A5"}) turns.accept("E1", number);
  turns.accept("E2", "B1", at(5));
  turns.accept("E3", "C2", at(7));
  turns.accept("E3", "C1", at(6));
  turns.accept("E3", "C3", at(8));
  EXPECT_EQ(turns.documents(2, {}), (Names{"A1", "A2", "B1", "C1", "C2"}));
  EXPECT_EQ(turns.documents(2, {}, at(5)), (Names{"A1", "A2", "B1"})) << "what is not due yet is no turn";
  EXPECT_EQ(turns.documents(2, {.busy = {}, .after = "E1"}), (Names{"B1", "C1", "C2", "A1", "A2"}));
  EXPECT_EQ(turns.documents(2, {.busy = {}, .after = "E3"}), (Names{"A1", "A2", "B1", "C1", "C2"}));
  EXPECT_EQ(turns.documents(2, {.busy = {}, .after = "E2x"}), (Names{"C1", "C2", "A1", "A2", "B1"}));
  const Names busy{"E1", "E3"};
  EXPECT_EQ(turns.documents(2, {.busy = busy, .after = "E1"}), (Names{"B1"}));
}

TEST_P(LedgerSuite, together_no_more_than_four_times_as_many_documents_are_told_and_the_turn_goes_on_behind_them) {
  Turns turns(ledger());
  for (const char* number : {"A", "B", "C", "D", "E"}) turns.accept("E-" + std::string(number), number);
  EXPECT_EQ(turns.documents(1, {}), (Names{"A", "B", "C", "D"}));
  EXPECT_EQ(turns.documents(1, {.busy = {}, .after = "E-D"}), (Names{"E", "A", "B", "C"}));
  const Names busy{"E-A", "E-B", "E-C", "E-D"};
  EXPECT_EQ(turns.documents(1, {.busy = busy, .after = {}}), (Names{"E"}));
}

TEST_P(LedgerSuite, messages_are_told_one_of_each_enterprise_then_the_next_of_each) {
  Turns turns(ledger());
  for (const char* number : {"A1", "A2", "A3", "A4"}) turns.seal("E1", number, at(2));
  turns.seal("E2", "B1", at(5));
  turns.seal("E2", "B2", at(6));
  turns.seal("E3", "C1", at(8));
  EXPECT_EQ(turns.messages(7, {}), (Names{"M-A1", "M-B1", "M-C1", "M-A2", "M-B2", "M-A3", "M-A4"}));
  EXPECT_EQ(turns.messages(7, {}, at(5)), (Names{"M-A1", "M-B1", "M-A2", "M-A3", "M-A4"}));
  EXPECT_EQ(turns.messages(2, {}), (Names{"M-A1", "M-B1"})) << "one over the most";
  EXPECT_EQ(turns.messages(2, "E2"), (Names{"M-C1", "M-A1"}));
  EXPECT_EQ(turns.messages(1, "E1"), (Names{"M-B1"}));
  ASSERT_TRUE(ledger().begin_delivery("M-B1", at(9)));
  EXPECT_EQ(turns.messages(1, "E1"), (Names{"M-B2"}));
}

TEST_P(LedgerSuite, what_an_outage_put_off_is_brought_forward_in_its_order_and_spread) {
  Turns turns(ledger());
  turns.put_off("A2", deferred, at(2000));
  const std::string first = turns.put_off("A1", deferred, at(1000));
  turns.put_off("A3", deferred, at(3000));
  const std::string other = turns.put_off("A4", unconfirmed, at(1000));
  turns.put_off("A5", deferred, at(12));
  const auto revision = standing(first).revision;
  EXPECT_EQ(ledger().bring_forward(port, {deferred, at(10), milliseconds(3000)}, 100), 3U);
  EXPECT_EQ(turns.messages(9, {}, at(10)), (Names{"M-A1"}));
  EXPECT_EQ(turns.messages(9, {}, at(11)), (Names{"M-A1", "M-A2"}));
  EXPECT_EQ(turns.messages(9, {}, at(12)), (Names{"M-A1", "M-A2", "M-A3", "M-A5"})) << "due in time as it was";
  EXPECT_EQ(turns.messages(9, {}, at(999)).size(), 4U) << "a lost answer waits for its receipt";
  const auto due = ledger().due_messages(port, at(10), 1, {});
  EXPECT_EQ(due.front().tried_since, at(2)) << "the end of its tries stays";
  EXPECT_EQ(due.front().tries, 1);
  EXPECT_EQ(standing(first).summary.picture.state, deferred);
  EXPECT_GT(standing(first).revision, revision);
  EXPECT_EQ(ledger().bring_forward(port, {deferred, at(10), milliseconds(3000)}, 100), 0U);
  EXPECT_EQ(ledger().bring_forward(port, {unconfirmed, at(30), milliseconds(1000)}, 100), 1U);
  EXPECT_EQ(turns.messages(9, {}, at(30)).size(), 5U);
}

TEST_P(LedgerSuite, no_more_than_asked_for_is_brought_forward_and_nothing_of_another_port_or_under_way) {
  Turns turns(ledger());
  for (const char* number : {"A1", "A2", "A3"}) turns.put_off(number, deferred, at(1000));
  const Ledger::Forward forward{deferred, at(10), milliseconds(250)};
  EXPECT_EQ(ledger().bring_forward("elsewhere", forward, 2), 0U);
  ASSERT_TRUE(ledger().begin_delivery("M-A3", at(9)));
  EXPECT_EQ(ledger().bring_forward(port, forward, 1), 1U);
  EXPECT_EQ(turns.messages(9, {}, at(11)).size(), 1U);
  EXPECT_EQ(ledger().bring_forward(port, forward, 2), 1U);
  EXPECT_EQ(turns.messages(9, {}, at(11)).size(), 2U);
}

}  // namespace tests
