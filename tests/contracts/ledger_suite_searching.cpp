// What every ledger promises to a person who looks for documents.
#include <algorithm>

#include "tests/contracts/ledger_suite.h"

namespace tests {

using namespace gateway::ledger;  // the suite speaks the ledger's own words
using enum gateway::lifecycle::State;

class SearchSuite : public LedgerSuite {
 protected:
  using Numbers = std::vector<std::string>;

  Numbers found(const Query& query) { return numbers_of(ledger().list(query)); }
  Numbers found(const std::string& business) {
    Query query;
    query.business = business;
    return found(query);
  }
  Summary accept_for(const std::string& number, const std::string& enterprise, const std::string& port_name) {
    NewVersion version = new_version(number);
    version.enterprise = enterprise;
    version.port = port_name;
    return accept(version);
  }
  void receive_with_codes(const std::string& id, const std::string& status, std::vector<std::string> codes) {
    store(id + status);
    Ledger::Applied applied{id + status,
                            {status, "20231115061325000", "[Code:1313;Desc:…]", at(5), at(6), "recorded"},
                            {},
                            move_to(id, standing(id).summary.picture.state)};
    applied.codes = std::move(codes);
    ASSERT_TRUE(ledger().apply_receipt(applied));
  }
};

TEST_P(SearchSuite, a_document_is_found_by_every_number_it_goes_by) {
  NewVersion version = new_version("A-0001");
  version.numbers = {{"orderNo", "ORDER-1"}, {"logisticsNo", "WAY-1"}, {"guid", "GUID-ONE"}};
  const std::string id = accept(version).id;
  accept("B-0001");
  ASSERT_TRUE(receive(id, "120", {sent, "120", "", ""}, {{"preNo", "B2026000000000001"}}));
  for (const char* const number : {"A-0001", "ORDER-1", "WAY-1", "GUID-ONE", "B2026000000000001"}) {
    EXPECT_EQ(found(number), Numbers{"A-0001"}) << number;
  }
  EXPECT_TRUE(found("nothing of the kind").empty());
}

TEST_P(SearchSuite, the_beginning_of_a_number_is_enough_from_four_characters_on) {
  accept("ORD-10");
  accept("ORD-11");
  accept("ord-12");
  EXPECT_EQ(found("ORD-"), (Numbers{"ORD-11", "ORD-10"}));
  EXPECT_EQ(found("ORD-1"), (Numbers{"ORD-11", "ORD-10"}));
  EXPECT_TRUE(found("ORD").empty()) << "three characters are a whole number";
  accept("ORD");
  EXPECT_EQ(found("ORD"), Numbers{"ORD"});
}

TEST_P(SearchSuite, characters_count_not_bytes) {
  accept("订单甲乙丙");
  EXPECT_TRUE(found("订单甲").empty());
  EXPECT_EQ(found("订单甲乙"), Numbers{"订单甲乙丙"});
}

TEST_P(SearchSuite, a_number_of_an_earlier_version_leads_to_the_newest) {
  const std::string id = accept("A1").id;
  ASSERT_TRUE(ledger().move(move_to(id, withdrawn), at(1)));
  NewVersion next = new_version("A1", 2);
  next.numbers = {{"orderNo", "A1"}, {"guid", "SECOND-GUID"}};
  accept(next);
  ASSERT_EQ(found(new_version("A1").numbers.front().value), Numbers{"A1"});
  Query query;
  query.business = "A1";
  EXPECT_EQ(ledger().list(query).documents.front().version, 2);
}

TEST_P(SearchSuite, documents_are_found_by_what_customs_said_of_the_newest_version) {
  const std::string first = accept("A1").id;
  const std::string second = accept("A2").id;
  receive_with_codes(first, "100", {"1313"});
  receive_with_codes(second, "100", {"13035"});
  Query query;
  query.code = "100";
  EXPECT_EQ(found(query), (Numbers{"A2", "A1"}));
  query.code = "1313";
  EXPECT_EQ(found(query), Numbers{"A1"});
  query.code = "131";
  EXPECT_TRUE(found(query).empty());
  ASSERT_TRUE(ledger().move(move_to(first, withdrawn), at(1)));
  accept(new_version("A1", 2));
  query.code = "1313";
  EXPECT_TRUE(found(query).empty()) << "nothing was said of the new version";
}

TEST_P(SearchSuite, what_many_have_is_asked_of_each_and_gives_the_same) {
  std::vector<NewVersion> versions;
  for (int i = 0; i < 10'050; ++i) versions.push_back(new_version("MANY-" + std::to_string(100'000 + i)));
  ASSERT_TRUE(ledger().accept(versions, std::nullopt, at(0)));
  const std::string id = accept("FEW-1").id;
  receive_with_codes(id, "100", {});
  Query query;
  query.business = "MANY-";
  query.limit = 3;
  const Page page = ledger().list(query);
  EXPECT_EQ(numbers_of(page), (Numbers{"MANY-110049", "MANY-110048", "MANY-110047"}));
  query.cursor = page.next.value();
  EXPECT_EQ(found(query), (Numbers{"MANY-110046", "MANY-110045", "MANY-110044"}));
  query.cursor.clear();
  EXPECT_EQ(ledger().count(query, 100'000), 10'050U);
  EXPECT_EQ(ledger().count(query, 7), 7U) << "no further than asked";
  query.code = "100";
  EXPECT_EQ(ledger().count(query, 100'000), 0U);
}

TEST_P(SearchSuite, several_states_a_port_and_an_outcome_narrow_the_list) {
  const std::string first = accept_for("A1", "4601960001", "hainan").id;
  const std::string second = accept_for("A2", "4601960001", "dxp").id;
  accept_for("A3", "4601960002", "dxp");
  ASSERT_TRUE(ledger().move(move_to(first, held), at(1)));
  ASSERT_TRUE(receive(second, "800", {settled, "800", "released", ""}));
  Query query;
  query.states = {held, settled};
  EXPECT_EQ(found(query), (Numbers{"A2", "A1"}));
  EXPECT_EQ(ledger().count(query, 100), 2U);
  query.states = {};
  query.port = "dxp";
  EXPECT_EQ(found(query), (Numbers{"A3", "A2"}));
  query.outcome = "released";
  EXPECT_EQ(found(query), Numbers{"A2"});
  query.enterprises = {"4601960002", "4601960003"};
  EXPECT_TRUE(found(query).empty());
}

TEST_P(SearchSuite, pages_over_several_states_and_enterprises_leave_nothing_out_and_repeat_nothing) {
  Numbers all;
  for (int i = 10; i < 30; ++i) {
    const std::string number = "A" + std::to_string(i);
    const std::string id = accept_for(number, i % 2 == 0 ? "4601960001" : "4601960002", port).id;
    if (i % 3 == 0) {
      ASSERT_TRUE(ledger().move(move_to(id, held), at(1)));
    }
    all.insert(all.begin(), number);
  }
  Query query;
  query.states = {held, accepted};
  query.enterprises = {"4601960001", "4601960002"};
  query.limit = 7;
  Numbers seen;
  for (;;) {
    const Page page = ledger().list(query);
    for (const std::string& number : numbers_of(page)) seen.push_back(number);
    if (!page.next) break;
    query.cursor = *page.next;
  }
  EXPECT_EQ(seen, all);
}

}  // namespace tests
