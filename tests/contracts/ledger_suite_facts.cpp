// What every ledger promises about facts that clients report, and about documents that wait for others of their sale.
#include <set>

#include "tests/contracts/ledger_suite.h"

namespace tests {

using namespace gateway::ledger;  // the suite speaks the ledger's own words
using enum gateway::lifecycle::State;

namespace {

Fact fact(const std::string& number, const std::string& enterprise = "4601960001") {
  Fact made;
  made.enterprise = enterprise;
  made.type = "CEB411Message";
  made.key = "CEB411Message/4601960002/" + number;
  made.number = number;
  made.document = R"({"PaymentHead":{"payTransactionId":")" + number + R"("}})";
  made.status = "2";
  made.numbers = {{"payTransactionId", number}, {"orderNo", "O-" + number}};
  made.client = "erp";
  return made;
}

std::vector<std::string> numbers_of(const FactPage& page) {
  std::vector<std::string> numbers;
  for (const Fact& one : page.facts) numbers.push_back(one.number);
  return numbers;
}

using Numbers = std::vector<std::string>;

}  // namespace

class SiblingsSuite : public LedgerSuite {
 protected:
  Ledger::KeptFact keep(const Fact& fact, int second = 0) {
    return ledger().keep_facts({&fact, 1}, at(second)).front();
  }

  // Waits until second 1000 for the documents that it shares a number with.
  Summary accept_waiting(const std::string& number, const std::vector<Number>& more = {}) {
    NewVersion version = new_version(number);
    version.numbers.insert(version.numbers.end(), more.begin(), more.end());
    version.waits_until = at(1000);
    return accept(version);
  }
  std::vector<std::string> waiting(int second) {
    std::vector<std::string> ids;
    for (const auto& one : ledger().waiting_for_siblings(at(second), 100)) ids.push_back(one.ref.id);
    return ids;
  }
  Move look(const std::string& id, const std::string& reason, int next) {
    Move move = move_to(id, accepted);
    move.to.reason = reason;
    move.due = at(next);
    return move;
  }
  std::size_t due(int second) { return ledger().due_documents(port, at(second), 100, {}).size(); }
  // A receipt settles it, and those that wait for it are to be looked at.
  void settle(const std::string& id) {
    const Standing now = standing(id);
    store("settled " + id);
    Ledger::Applied applied;
    applied.inbound_digest = "settled " + id;
    applied.receipt = {"120", "20260131093000000", "", at(5), at(5), "settled"};
    applied.move = move_to(id, settled);
    applied.wakes = Ledger::Applied::Wakes::those_that_wait;
    ASSERT_TRUE(ledger().apply_receipt(applied));
  }
};

TEST_P(SiblingsSuite, a_fact_is_read_as_it_was_reported_after_reopening_too) {
  const Fact made = fact("P1");
  EXPECT_EQ(keep(made, 7), Ledger::KeptFact::added);
  for (const char* when : {"before", "after"}) {
    const auto found = ledger().facts({}).facts;
    ASSERT_EQ(found.size(), 1U) << when;
    EXPECT_EQ(found[0].enterprise, made.enterprise);
    EXPECT_EQ(found[0].type, made.type);
    EXPECT_EQ(found[0].key, made.key);
    EXPECT_EQ(found[0].number, made.number);
    EXPECT_EQ(found[0].document, made.document);
    EXPECT_EQ(found[0].status, made.status);
    EXPECT_EQ(found[0].client, made.client);
    EXPECT_EQ(found[0].reported_at, at(7));
    reopen();
  }
}

TEST_P(SiblingsSuite, the_same_fact_is_known_and_a_newer_one_takes_its_place_for_that_enterprise_alone) {
  Fact made = fact("P1");
  keep(made, 1);
  EXPECT_EQ(keep(made, 2), Ledger::KeptFact::known);
  EXPECT_EQ(ledger().facts({}).facts.at(0).reported_at, at(1));
  EXPECT_EQ(keep(fact("P1", "4601960002"), 3), Ledger::KeptFact::added);
  made.status = "120";
  made.numbers = {{"payTransactionId", "P1"}, {"orderNo", "another"}};
  EXPECT_EQ(keep(made, 4), Ledger::KeptFact::replaced);
  EXPECT_EQ(ledger().facts({}).facts.size(), 2U);
  EXPECT_TRUE(ledger().facts_with("4601960001", "CEB411Message", {"orderNo", "O-P1"}).empty());
  EXPECT_EQ(ledger().facts_with("4601960001", "CEB411Message", {"orderNo", "another"}).size(), 1U);
  EXPECT_EQ(ledger().facts_with("4601960002", "CEB411Message", {"orderNo", "O-P1"}).size(), 1U);
  EXPECT_TRUE(ledger().facts_with("4601960001", "CEB511Message", {"orderNo", "another"}).empty());
}

TEST_P(SiblingsSuite, facts_answer_every_filter_and_come_in_pages) {
  keep(fact("P1"), 1);
  keep(fact("P2"), 2);
  keep(fact("P3", "4601960002"), 3);
  const auto asked = [this](auto set) {
    FactQuery query;
    set(query);
    return numbers_of(ledger().facts(query));
  };
  EXPECT_EQ(asked([](FactQuery&) {}), (Numbers{"P3", "P2", "P1"}));
  EXPECT_EQ(asked([](FactQuery& q) { q.enterprise = "4601960001"; }), (Numbers{"P2", "P1"}));
  EXPECT_EQ(asked([](FactQuery& q) { q.enterprises = {"4601960002"}; }), Numbers{"P3"});
  EXPECT_EQ(asked([](FactQuery& q) { q.key = "P2"; }), Numbers{"P2"});
  EXPECT_EQ(asked([](FactQuery& q) { q.key = "CEB411Message/4601960002/P1"; }), Numbers{"P1"});
  EXPECT_EQ(asked([](FactQuery& q) { q.type = "CEB511Message"; }), Numbers{});
  EXPECT_EQ(asked([](FactQuery& q) { q.since = at(2); }), (Numbers{"P3", "P2"}));
  EXPECT_EQ(asked([](FactQuery& q) { q.until = at(2); }), Numbers{"P1"});
  EXPECT_EQ(asked([](FactQuery& q) { q.cursor = "no cursor"; }), Numbers{});
  FactQuery query;
  query.limit = 2;
  const FactPage first = ledger().facts(query);
  EXPECT_EQ(numbers_of(first), (Numbers{"P3", "P2"}));
  query.cursor = first.next.value();
  keep(fact("P4"), 4);
  const FactPage second = ledger().facts(query);
  EXPECT_EQ(numbers_of(second), Numbers{"P1"});
  EXPECT_FALSE(second.next);
}

TEST_P(SiblingsSuite, facts_are_forgotten_a_year_after_they_were_reported) {
  const auto kept = std::chrono::duration_cast<std::chrono::seconds>(Ledger::facts_are_kept_for);
  const int second = static_cast<int>(kept.count());
  keep(fact("P1"), 0);
  keep(fact("P2"), second);
  EXPECT_EQ(ledger().facts({}).facts.size(), 2U);
  keep(fact("P3"), second + 1);
  EXPECT_EQ(numbers_of(ledger().facts({})), (Numbers{"P3", "P2"}));
  EXPECT_TRUE(ledger().facts_with("4601960001", "CEB411Message", {"orderNo", "O-P1"}).empty());
}

TEST_P(SiblingsSuite, documents_are_found_by_a_number_in_their_newest_version) {
  const Summary first = accept("A1");
  NewVersion other = new_version("A2");
  other.numbers = {{"orderNo", "A1"}, {"payTransactionId", "P1"}};
  accept(other);
  const auto found = ledger().documents_with("CEB311Message", {"orderNo", "A1"});
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].summary.number, "A2") << "the newest first";
  EXPECT_EQ(found[1].summary.id, first.id);
  EXPECT_EQ(found[1].body, new_version("A1").body);
  EXPECT_EQ(ledger().documents_with("CEB311Message", {"payTransactionId", "P1"}).size(), 1U);
  EXPECT_TRUE(ledger().documents_with("CEB411Message", {"orderNo", "A1"}).empty());
  EXPECT_TRUE(ledger().documents_with("CEB311Message", {"payTransactionId", "A1"}).empty());
  ASSERT_TRUE(ledger().move(move_to(first.id, refused), at(1)));
  NewVersion second = new_version("A1", 2);
  second.numbers = {{"orderNo", "corrected"}};
  accept(second);
  EXPECT_EQ(ledger().documents_with("CEB311Message", {"orderNo", "A1"}).size(), 1U);
}

TEST_P(SiblingsSuite, no_more_alike_are_found_than_is_promised) {
  for (std::size_t i = 0; i <= Ledger::most_alike; ++i) {
    NewVersion version = new_version("A" + std::to_string(i));
    version.numbers = {{"payTransactionId", "P1"}};
    accept(version);
  }
  EXPECT_EQ(ledger().documents_with("CEB311Message", {"payTransactionId", "P1"}).size(), Ledger::most_alike);
}

TEST_P(SiblingsSuite, what_waits_is_not_due_before_it_is_let_go) {
  const Summary summary = accept_waiting("A1");
  accept("A2");
  EXPECT_EQ(due(0), 1U);
  const auto found = ledger().waiting_for_siblings(at(0), 100);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].ref.id, summary.id);
  EXPECT_EQ(found[0].key, summary.key);
  EXPECT_EQ(found[0].body, new_version("A1").body);
  EXPECT_EQ(found[0].waits_until, at(1000));
  EXPECT_EQ(found[0].created_at, at(0));
  Move go = move_to(summary.id, accepted);
  EXPECT_TRUE(ledger().let_go(go, at(1)));
  EXPECT_FALSE(ledger().let_go(go, at(1))) << "it has moved on";
  EXPECT_EQ(due(1), 2U);
  EXPECT_TRUE(waiting(1000).empty());
}

TEST_P(SiblingsSuite, it_is_looked_at_again_when_its_time_comes_and_its_reason_is_told_once) {
  const Summary summary = accept_waiting("A1");
  EXPECT_TRUE(ledger().wait_on(look(summary.id, "waits for a payment", 30), at(0)));
  EXPECT_TRUE(waiting(29).empty());
  EXPECT_EQ(waiting(30).size(), 1U);
  EXPECT_TRUE(ledger().wait_on(look(summary.id, "waits for a payment", 60), at(30)));
  EXPECT_TRUE(waiting(59).empty());
  reopen();
  const auto whole = ledger().document(summary.id, std::nullopt);
  EXPECT_EQ(whole->summary.picture.reason, "waits for a payment");
  const auto told = ledger().changes(0, {}, 100);
  ASSERT_EQ(told.size(), 2U) << "its acceptance, and once what it waits for";
  EXPECT_EQ(told[1].reason, "waits for a payment");
  EXPECT_EQ(due(60), 0U);
}

TEST_P(SiblingsSuite, it_is_looked_at_at_once_when_a_document_of_its_sale_is_settled) {
  const Summary order = accept("A1");
  const Summary other = accept("B1");
  NewVersion version = new_version("C1");
  version.numbers = {{"orderNo", "A1"}};
  version.waits_until = at(1000);
  const Summary inventory = accept(version);
  ASSERT_TRUE(ledger().wait_on(look(inventory.id, "waits", 500), at(0)));
  const Move stale = look(inventory.id, "waits on", 600);
  settle(other.id);
  EXPECT_TRUE(waiting(5).empty());
  settle(order.id);
  EXPECT_EQ(waiting(5), std::vector<std::string>{inventory.id});
  EXPECT_FALSE(ledger().wait_on(stale, at(5))) << "whoever looked before does not put it off";
}

TEST_P(SiblingsSuite, it_is_looked_at_when_the_payment_of_its_order_is_settled_or_reported) {
  NewVersion order = new_version("A1");
  order.numbers = {{"orderNo", "A1"}, {"payTransactionId", "P1"}};
  accept(order);
  NewVersion payment = new_version("P1");
  payment.numbers = {{"payTransactionId", "P1"}, {"orderNo", "A0"}};
  const Summary paid = accept(payment);
  NewVersion version = new_version("C1");
  version.numbers = {{"orderNo", "A1"}};
  version.waits_until = at(1000);
  const Summary inventory = accept(version);
  ASSERT_TRUE(ledger().wait_on(look(inventory.id, "waits", 500), at(0)));
  settle(paid.id);
  EXPECT_EQ(waiting(5).size(), 1U);
  ASSERT_TRUE(ledger().wait_on(look(inventory.id, "waits", 500), at(5)));
  keep(fact("P1", "4601960002"), 6);
  EXPECT_TRUE(waiting(6).empty()) << "reported for another enterprise";
  keep(fact("P1"), 7);
  EXPECT_EQ(waiting(7).size(), 1U);
}

TEST_P(SiblingsSuite, once_it_is_held_and_released_it_waits_for_nobody) {
  const Summary summary = accept_waiting("A1");
  ASSERT_TRUE(ledger().move(move_to(summary.id, held), at(1)));
  EXPECT_TRUE(waiting(2000).empty());
  ASSERT_TRUE(ledger().move(move_to(summary.id, accepted), at(2)));
  EXPECT_TRUE(waiting(2000).empty());
}

}  // namespace tests
