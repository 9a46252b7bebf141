// Inventories that wait for their order, payment and waybill, over a real ledger and the real catalog.
#include "gateway/sales/waiting.h"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/json/serialize.hpp>
#include <gmock/gmock.h>

#include "codecs/ceb/identity.h"
#include "codecs/ceb/json_codec.h"
#include "gateway/ledger/kinds/open_ledger.h"
#include "tests/support/documents.h"
#include "tests/support/eventually.h"
#include "tests/support/manual_clock.h"
#include "tests/support/paths.h"

namespace gateway::sales {
namespace {

using ledger::State;
using std::chrono::hours;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

const schemas::Catalog& catalog() {
  static const auto loaded = schemas::Catalog::load(tests::schemas_directory(), "202205");
  return *loaded;
}

ledger::NewVersion version_of(const std::string& type_name, const tests::Sale& sale) {
  const schemas::MessageType& type = *catalog().find(type_name);
  const auto json = codecs::ceb::read_json(tests::declaration(type_name, sale));
  const auto document = codecs::ceb::read_document(type, *json, "");
  ledger::NewVersion version;
  version.type = type_name;
  version.key = codecs::ceb::key_of(type, document->body);
  version.number = codecs::ceb::number_of(type, document->body);
  version.enterprise = tests::declarant_of(type_name, sale);
  version.port = "hainan";
  version.dxp_id = "DXPENT0000000001";
  version.guid = "GUID-" + version.key;
  version.app_type = "1";
  version.app_status = "2";
  version.app_time = "20260131093000";
  version.content_digest = "digest " + version.key;
  version.body = boost::json::serialize(codecs::ceb::write_document(type, document->body));
  for (const auto& number : codecs::ceb::related_numbers(type, document->body)) {
    version.numbers.push_back({number.kind, number.value});
  }
  version.by = "erp";
  return version;
}

class WaitingInventories : public testing::Test {
 protected:
  void SetUp() override { waiting_->start(); }
  void TearDown() override {
    bool is_stopped = false;
    boost::asio::co_spawn(io_, waiting_->stop(std::chrono::seconds(5)),
                          [&](const std::exception_ptr&) { is_stopped = true; });
    EXPECT_TRUE(until([&] { return is_stopped; }));
  }

  bool until(const std::function<bool()>& holds) {
    return tests::eventually([&] {
      waiting_->wake();
      io_.restart();
      io_.run_for(std::chrono::milliseconds(5));
      return holds();
    });
  }

  std::string accept(const std::string& type, const tests::Sale& sale = {}) {
    ledger::NewVersion version = version_of(type, sale);
    if (type == "CEB621Message") version.waits_until = clock_.now() + hours(72);
    return ledger_->accept({&version, 1}, std::nullopt, clock_.now()).value().front().id;
  }
  ledger::Picture picture(const std::string& id) { return ledger_->newest_by_id(id)->summary.picture; }
  bool is_due(const std::string& id) {
    const auto due = ledger_->due_documents("hainan", clock_.now(), 100, {});
    return std::ranges::any_of(due, [&](const auto& one) { return one.ref.id == id; });
  }
  void receive(const std::string& id, const std::string& status, State state) {
    const auto standing = ledger_->newest_by_id(id);
    const ledger::InboundRecord record{id + status, "hainan", "/list", standing->dxp_id, "{}", clock_.now()};
    ledger_->store_inbound({&record, 1}, {"hainan", "/list", standing->dxp_id}, clock_.now());
    ledger::Ledger::Applied applied;
    applied.inbound_digest = record.digest;
    applied.receipt = {status, "20260131093000000", "", clock_.now(), clock_.now(), "recorded"};
    applied.move = {{id, 1}, standing->revision, standing->summary.picture.state, {}, {}, "receipts"};
    applied.move.to.state = state;
    applied.wakes = ledger::Ledger::Applied::Wakes::those_that_wait;
    ASSERT_TRUE(ledger_->apply_receipt(applied));
  }
  void report(const std::string& type, const std::string& status, const std::string& enterprise = "4601960001") {
    const ledger::NewVersion version = version_of(type, {});
    ledger::Fact fact;
    fact.enterprise = enterprise;
    fact.type = type;
    fact.key = version.key;
    fact.number = version.number;
    fact.document = version.body;
    fact.status = status;
    fact.numbers = version.numbers;
    ledger_->keep_facts({&fact, 1}, clock_.now());
  }
  bool says(const std::string& id, const testing::Matcher<std::string>& reason) {
    return until([&] { return reason.Matches(picture(id).reason); });
  }

  tests::ScratchDirectory scratch_;
  tests::ManualClock clock_{*base::read_china_digits("20260131093000")};
  std::unique_ptr<ledger::Ledger> ledger_ =
      ledger::kinds::open_ledger("sqlite:" + (scratch_.path() / "ledger.db").string());
  offload::Pool store_{1, 100};
  boost::asio::io_context io_;
  int let_go_ = 0;
  std::shared_ptr<Waiting> waiting_ =
      std::make_shared<Waiting>(io_.get_executor(), Parts{catalog(), *ledger_, store_, clock_, [this] { ++let_go_; }});
};

TEST_F(WaitingInventories, an_inventory_says_what_it_waits_for_and_goes_once_customs_has_taken_all_three) {
  const std::string inventory = accept("CEB621Message");
  EXPECT_TRUE(says(inventory, AllOf(HasSubstr("Import order 4601960001/A1 (neither posted nor reported)"),
                                    HasSubstr("Import payment"), HasSubstr("Import waybill 4601960003/W-A1"))));
  EXPECT_FALSE(is_due(inventory));
  const std::string order = accept("CEB311Message"), payment = accept("CEB411Message"),
                    waybill = accept("CEB511Message");
  receive(order, "2", State::settled);
  EXPECT_TRUE(
      says(inventory, AllOf(Not(HasSubstr("Import order")), HasSubstr("Import payment 4601960001/A1 (not yet"))));
  receive(payment, "2", State::settled);
  EXPECT_TRUE(says(inventory, AllOf(Not(HasSubstr("Import payment")), HasSubstr("Import waybill"))));
  EXPECT_FALSE(is_due(inventory));
  receive(waybill, "2", State::settled);
  EXPECT_TRUE(until([&] { return is_due(inventory); }));
  EXPECT_EQ(picture(inventory), ledger::Picture{});
  EXPECT_GT(let_go_, 0);
}

TEST_F(WaitingInventories, what_was_reported_counts_by_its_status_and_for_its_enterprise) {
  receive(accept("CEB311Message"), "120", State::settled);
  receive(accept("CEB511Message"), "120", State::settled);
  const std::string inventory = accept("CEB621Message");
  report("CEB411Message", "120", "4601960002");
  EXPECT_TRUE(says(inventory, HasSubstr("Import payment 4601960001/A1 (neither posted nor reported)")));
  report("CEB411Message", "");
  EXPECT_TRUE(says(inventory, HasSubstr("Import payment 4601960001/A1 (not yet taken by customs)")));
  report("CEB411Message", "100");
  EXPECT_TRUE(says(inventory, HasSubstr("Import payment 4601960001/A1 (refused)")));
  EXPECT_FALSE(is_due(inventory));
  report("CEB411Message", "120");
  EXPECT_TRUE(until([&] { return is_due(inventory); }));
}

TEST_F(WaitingInventories, at_the_deadline_it_is_held_and_a_release_sends_it_anyway) {
  receive(accept("CEB311Message"), "2", State::settled);
  const std::string inventory = accept("CEB621Message");
  EXPECT_TRUE(says(inventory, HasSubstr("waits for its siblings: Import payment")));
  clock_.advance(hours(72) - std::chrono::milliseconds(1));
  const auto looks = ledger_->waiting_for_siblings(clock_.now(), 1).size();
  EXPECT_EQ(looks, 1U) << "a look is due, and finds that there is time";
  EXPECT_TRUE(until([&] { return ledger_->waiting_for_siblings(clock_.now(), 1).empty(); }));
  EXPECT_EQ(picture(inventory).state, State::accepted);
  clock_.advance(std::chrono::milliseconds(1));
  EXPECT_TRUE(until([&] { return picture(inventory).state == State::held; }));
  EXPECT_THAT(picture(inventory).reason, AllOf(HasSubstr("did not come in time"), HasSubstr("Import payment"),
                                               HasSubstr("Import waybill"), Not(HasSubstr("Import order"))));
  const auto standing = ledger_->newest_by_id(inventory);
  ledger::Move release{{inventory, 1}, standing->revision, State::held, {}, clock_.now(), "operator"};
  ASSERT_TRUE(ledger_->move(release, clock_.now()));
  EXPECT_TRUE(is_due(inventory));
}

TEST_F(WaitingInventories, more_than_are_looked_at_in_one_go_are_all_looked_at) {
  std::vector<std::string> ids;
  for (std::size_t i = 0; i <= Waiting::most_at_once; ++i) {
    ids.push_back(accept("CEB621Message", {.number = "N" + std::to_string(i)}));
  }
  EXPECT_TRUE(until([&] { return ledger_->waiting_for_siblings(clock_.now(), ids.size()).empty(); }));
  EXPECT_THAT(picture(ids.back()).reason, HasSubstr("waits for its siblings"));
}

TEST_F(WaitingInventories, what_happens_unseen_is_found_at_the_next_look) {
  const std::string order = accept("CEB311Message"), payment = accept("CEB411Message"),
                    waybill = accept("CEB511Message"), inventory = accept("CEB621Message");
  EXPECT_TRUE(says(inventory, HasSubstr("not yet taken by customs")));
  for (const std::string& id : {order, payment, waybill}) {
    const auto standing = ledger_->newest_by_id(id);
    ledger::Move move{{id, 1}, standing->revision, State::accepted, {}, {}, "another way"};
    move.to.state = State::settled;
    ASSERT_TRUE(ledger_->move(move, clock_.now()));
  }
  clock_.advance(lifecycle::shortest_between_looks);
  EXPECT_TRUE(until([&] { return is_due(inventory); }));
}

}  // namespace
}  // namespace gateway::sales
