// Receipts of documents that were taken over from another system.
#include <boost/asio/co_spawn.hpp>
#include <gmock/gmock.h>

#include "gateway/receipts/receipts.h"
#include "tests/gateway/receipts/receipts_bench.h"
#include "tests/gateway/receipts/xml.h"

namespace {

using namespace testing;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using tests::DocumentRef;
using tests::Fields;
using tests::InboundState;
using tests::State;

class Imports : public tests::ReceiptsBench {
 protected:
  DocumentRef imported(const std::string& type, const std::string& number, hours ago = hours(0),
                       const std::vector<gateway::ledger::Number>& numbers = {}) {
    gateway::ledger::Import import;
    import.row = {"row-" + number, "hainan", "import", "DXPENT0000000001", "{}", bench.clock.now()};
    auto& version = import.version.emplace();
    version.type = type;
    version.key = type + "/4601960001/" + number;
    version.number = number;
    version.enterprise = "4601960001";
    version.port = "hainan";
    version.dxp_id = "DXPENT0000000001";
    version.guid = "GUID-" + number;
    version.app_type = "1";
    version.app_status = "2";
    version.app_time = "20260130093000";
    version.body = "{}";
    version.numbers = numbers;
    version.by = "operator";
    import.sent_at = bench.clock.now() - ago;
    import.move.to.state = State::sent;
    import.move.due = bench.clock.now() + hours(24);
    import.move.by = "operator";
    const auto ids = bench.ledger->take_over({&import, 1}, bench.clock.now());
    return {ids->front(), 1};
  }
  bool asked_since(base::Time since) {
    return bench.run_until([&] {
      return std::ranges::any_of(bench.channel->asked, [&](const auto& window) {
        return window.source == "/ceb312msg" && window.since == since;
      });
    });
  }
  void start() {
    receipts = std::make_unique<gateway::receipts::Receipts>(
        bench.io.get_executor(), gateway::receipts::Parts{bench.settings, bench.catalog, bench.knowledge, *bench.sealer,
                                                          *bench.ledger, bench.store, bench.clock, bench.channels});
    receipts->start();
  }
  void TearDown() override {
    if (!receipts) return;
    bool stopped = false;
    boost::asio::co_spawn(bench.io, receipts->stop(seconds(5)), [&](std::exception_ptr) { stopped = true; });
    EXPECT_TRUE(bench.run_until([&] { return stopped; }));
    receipts.reset();
  }

  std::unique_ptr<gateway::receipts::Receipts> receipts;
};

TEST_F(Imports, a_receipt_finds_an_imported_document_by_its_guid_its_key_and_its_numbers) {
  const auto order = imported("CEB311Message", "A1", hours(1));
  const auto inventory = imported("CEB621Message", "C1", hours(1), {{"preNo", "B1"}});
  arrives("CEB312Message", {{"guid", "GUID-A1"}, {"returnStatus", "2"}, {"orderNo", "A1"}, {"ebpCode", "4601960001"}});
  arrives("CEB622Message", {{"preNo", "B1"}, {"invtNo", "I1"}, {"returnStatus", "800"}, {"agentCode", "4601960001"}});
  apply();
  EXPECT_EQ(state(order), State::settled);
  EXPECT_EQ(state(inventory), State::settled);
  EXPECT_EQ(bench.standing(inventory).learnt.at("invtNo"), "I1");
}

TEST_F(Imports, what_came_earlier_as_another_systems_is_applied_in_its_order_once_the_document_is_taken_over) {
  arrives("CEB622Message", {{"guid", "GUID-C1"}, {"preNo", "B1"}, {"returnStatus", "2"}, {"agentCode", "4601960001"}},
          1);
  arrives("CEB622Message", {{"preNo", "B1"}, {"invtNo", "I1"}, {"returnStatus", "120"}, {"agentCode", "4601960001"}},
          2);
  arrives("CEB622Message", {{"invtNo", "I1"}, {"returnStatus", "800"}, {"agentCode", "4601960001"}}, 3);
  apply();
  ASSERT_EQ(inbound(InboundState::foreign), 3U);
  const auto inventory = imported("CEB621Message", "C1", hours(1));
  apply();
  EXPECT_EQ(inbound(InboundState::foreign), 0U);
  EXPECT_EQ(picture(inventory), (gateway::ledger::Picture{State::settled, "800", "released", ""}));
  EXPECT_EQ(bench.standing(inventory).receipts.size(), 3U);
}

TEST_F(Imports, what_is_still_another_systems_stays_so) {
  order_receipt("X1", "2", "GUID-X1");
  apply();
  ASSERT_EQ(inbound(InboundState::foreign), 1U);
  imported("CEB311Message", "A1");
  apply();
  EXPECT_EQ(inbound(InboundState::foreign), 1U);
}

TEST_F(Imports, a_message_refused_as_a_whole_refuses_its_imported_documents_and_nothing_is_sent_from_here) {
  const std::string root = "4CDE1CFD-EDED-46B1-946C-B8022E42FCAA";
  const std::vector<DocumentRef> orders{imported("CEB311Message", "A1", hours(0), {{"guid", root}}),
                                        imported("CEB311Message", "A2", hours(0), {{"guid", root}})};
  arrives_raw(tests::ceb900(root, time(1)));
  apply();
  for (const auto& order : orders) {
    EXPECT_EQ(state(order), State::refused);
    EXPECT_THAT(picture(order).reason, HasSubstr("CEB900"));
  }
  EXPECT_TRUE(bench.ledger->due_documents("hainan", bench.clock.now() + hours(1), 10, {}).empty());
}

TEST_F(Imports, the_first_window_begins_before_the_earliest_imported_document_that_waits) {
  imported("CEB311Message", "A1", hours(72));
  start();
  EXPECT_TRUE(asked_since(bench.clock.now() - hours(72) - minutes(10)));
}

TEST_F(Imports, a_source_that_was_read_further_is_asked_once_more_from_there) {
  sent_order("A0");
  order_receipt("A0", "2");  // its window is at the clock's second now
  imported("CEB311Message", "A1", hours(72));
  start();
  ASSERT_TRUE(asked_since(bench.clock.now() - hours(72) - minutes(10)));
  const gateway::ledger::WindowKey key{"hainan", "/ceb312msg", "DXPENT0000000001"};
  EXPECT_TRUE(bench.run_until([&] { return !bench.ledger->catch_up(key); }));
  const auto usual = [&](const auto& window) {
    return window.source == "/ceb312msg" && window.since > bench.clock.now() - hours(1);
  };
  EXPECT_TRUE(bench.run_until([&] { return std::ranges::any_of(bench.channel->asked, usual); }));
}

TEST_F(Imports, nothing_is_asked_for_that_is_older_than_thirty_days) {
  imported("CEB311Message", "A1", hours(24 * 400));
  start();
  EXPECT_TRUE(asked_since(bench.clock.now() - hours(24 * 30)));
}

}  // namespace
