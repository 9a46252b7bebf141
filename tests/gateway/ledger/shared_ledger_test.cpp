// Several gateways on one PostgreSQL ledger: who does what, who takes over, and what a database that is away means.
#include <algorithm>
#include <atomic>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>
#include <memory>
#include <set>
#include <thread>

#include "gateway/ledger/kinds/open_ledger.h"
#include "tests/contracts/ledger_suite.h"
#include "tests/support/eventually.h"
#include "tests/support/postgres_server.h"

namespace tests {
namespace {

using namespace gateway::ledger;
using enum gateway::lifecycle::State;

class SharedLedger : public testing::Test {
 protected:
  void SetUp() override {
    server_ = PostgresServer::of_this_program();
    if (server_ == nullptr) GTEST_SKIP() << "PostgreSQL 15 is not installed";
    address_ = server_->new_database();
    first_ = open();
    second_ = open();
  }
  std::unique_ptr<Ledger> open() const { return kinds::open_ledger(address_); }
  void run_sql(const std::string& sql) const { EXPECT_EQ(server_->run_sql(address_, sql), ""); }
  // As if they had been silent for longer than their places last.
  void let_places_end() const { run_sql("UPDATE cebgate.gateways SET until = 0"); }

  static std::string accept(Ledger& ledger, const std::string& number) {
    const NewVersion version = new_version(number);
    return ledger.accept(std::span(&version, 1), std::nullopt, at(0))->front().id;
  }
  static Move move_to(Ledger& ledger, const std::string& id, State state) {
    const Standing now = ledger.newest_by_id(id).value();
    Move move{{id, now.summary.version}, now.revision, now.summary.picture.state, now.summary.picture, {}, "dispatch"};
    move.to.state = state;
    return move;
  }
  static std::string sealed_message(Ledger& ledger, const std::string& number) {
    const Move move = move_to(ledger, accept(ledger, number), sealed);
    const SealedMessage message{"M-" + number, "CEB311Message", "4601960001", port,
                                "sm2-sm3",     "<signed/>",     "{envelope}", {move.ref}};
    EXPECT_TRUE(ledger.seal(message, std::span(&move, 1), at(1)));
    return message.guid;
  }
  static Ledger::Decide becomes(State state) {
    return [state](const Standing&) { return std::optional(Ledger::Next{{state, "", "", ""}, std::nullopt}); };
  }

  PostgresServer* server_ = nullptr;
  std::string address_;
  std::unique_ptr<Ledger> first_, second_;
};

TEST_F(SharedLedger, one_gateway_has_a_turn_until_its_place_ends) {
  EXPECT_TRUE(first_->take_turn("receipts"));
  EXPECT_FALSE(second_->take_turn("receipts"));
  EXPECT_TRUE(first_->take_turn("receipts"));
  EXPECT_TRUE(second_->take_turn("other work"));
  run_sql("UPDATE cebgate.turns SET until = 0");
  EXPECT_TRUE(second_->take_turn("receipts"));
  EXPECT_FALSE(first_->take_turn("receipts"));
}

TEST_F(SharedLedger, a_document_is_claimed_by_one_until_the_claim_ends) {
  const DocumentRef one{accept(*first_, "A1"), 1}, other{accept(*first_, "A2"), 1};
  EXPECT_EQ(first_->claim(std::vector{one}), std::vector{one});
  EXPECT_EQ(second_->claim(std::vector{one, other}), std::vector{other});
  EXPECT_EQ(second_->due_documents(port, at(9), 10, {}).size(), 1U) << "the first has the other in hand";
  run_sql("UPDATE cebgate.documents SET claimed_until = 0");
  EXPECT_EQ(second_->due_documents(port, at(9), 10, {}).size(), 2U);
  EXPECT_EQ(second_->claim(std::vector{one}), std::vector{one});
  EXPECT_EQ(second_->claim(std::vector{one}), std::vector{one}) << "it is its own";
  EXPECT_EQ(second_->due_documents(port, at(9), 10, {}).size(), 2U);
  EXPECT_EQ(first_->due_documents(port, at(9), 10, {}).size(), 1U);
  second_.reset();
  EXPECT_EQ(first_->due_documents(port, at(9), 10, {}).size(), 2U) << "whoever had it is gone";
}

TEST_F(SharedLedger, a_delivery_is_begun_by_one_alone) {
  for (int round = 0; round < 20; ++round) {
    const std::string guid = sealed_message(*first_, "A" + std::to_string(round));
    std::atomic<int> begun{0};
    {
      const auto begin = [&](Ledger& ledger) { begun += ledger.begin_delivery(guid, at(2)) ? 1 : 0; };
      std::jthread one([&] { begin(*first_); }), other([&] { begin(*second_); });
    }
    EXPECT_EQ(begun, 1);
  }
}

TEST_F(SharedLedger, deliveries_of_a_gateway_that_is_gone_are_taken_over_once) {
  const std::string guid = sealed_message(*first_, "A1");
  const auto delivery = first_->begin_delivery(guid, at(2));
  EXPECT_TRUE(second_->abandoned_deliveries().empty()) << "its gateway lives";
  let_places_end();
  EXPECT_TRUE(second_->take_turn("anything"));
  ASSERT_EQ(second_->abandoned_deliveries().size(), 1U);
  second_->finish_delivery(*delivery, {DeliveryOutcome::unknown, "gone"}, at(30), becomes(unconfirmed));
  EXPECT_TRUE(second_->abandoned_deliveries().empty());
  // The first one was only asleep, and is too late.
  first_->finish_delivery(*delivery, {DeliveryOutcome::confirmed, "OK"}, at(31), becomes(sent));
  const auto page = second_->list({});
  EXPECT_EQ(page.documents.front().picture.state, unconfirmed);
}

TEST_F(SharedLedger, a_gateway_that_was_silent_is_told_and_goes_on_in_a_new_place) {
  EXPECT_TRUE(first_->renew_place());
  let_places_end();
  EXPECT_FALSE(first_->renew_place());
  EXPECT_TRUE(first_->renew_place());
  const std::string guid = sealed_message(*first_, "A1");
  ASSERT_TRUE(first_->begin_delivery(guid, at(2)));
  EXPECT_TRUE(second_->abandoned_deliveries().empty());
}

TEST_F(SharedLedger, one_key_posted_to_two_gateways_at_once_is_accepted_once) {
  for (int round = 0; round < 20; ++round) {
    std::atomic<int> accepted{0};
    {
      const auto post = [&](Ledger& ledger, const std::string& guid) {
        NewVersion version = new_version("A" + std::to_string(round));
        version.guid = guid;
        accepted += ledger.accept(std::span(&version, 1), std::nullopt, at(0)) ? 1 : 0;
      };
      std::jthread one([&] { post(*first_, "G1-" + std::to_string(round)); });
      std::jthread other([&] { post(*second_, "G2-" + std::to_string(round)); });
    }
    EXPECT_EQ(accepted, 1);
  }
  EXPECT_EQ(first_->waiting(), 20U);
}

// Numbers that are given inside of transactions would become visible in another order.
TEST_F(SharedLedger, a_reader_of_the_feed_misses_nothing_that_several_gateways_write) {
  constexpr int documents_each = 60;
  std::atomic<int> writing{4};
  std::vector<std::jthread> writers;
  for (int writer = 0; writer < 4; ++writer) {
    writers.emplace_back([&, writer] {
      Ledger& ledger = writer % 2 == 0 ? *first_ : *second_;
      for (int i = 0; i < documents_each; ++i) {
        const std::string id = accept(ledger, std::to_string(writer) + "-" + std::to_string(i));
        EXPECT_TRUE(ledger.move(move_to(ledger, id, held), at(1)));
      }
      --writing;
    });
  }
  std::int64_t cursor = 0;
  std::map<std::string, std::vector<State>> seen;
  for (bool is_last = false; !is_last;) {
    is_last = writing == 0;
    for (auto rows = second_->changes(cursor, {}, 50); !rows.empty(); rows = second_->changes(cursor, {}, 50)) {
      for (const MoveRow& row : rows) {
        EXPECT_GT(row.cursor, cursor);
        cursor = row.cursor;
        seen[row.key].push_back(row.to);
      }
    }
  }
  EXPECT_EQ(seen.size(), 4U * documents_each);
  for (const auto& [key, states] : seen) EXPECT_THAT(states, testing::ElementsAre(accepted, held)) << key;
}

TEST_F(SharedLedger, what_one_writes_is_news_to_the_other) {
  std::atomic<int> news{0}, own_news{0};
  first_->on_news([&own_news] { ++own_news; });
  second_->on_news([&news] { ++news; });
  EXPECT_TRUE(eventually([&own_news] { return own_news == 1; })) << "that the second has come";
  EXPECT_TRUE(eventually([&] {
    first_->check();
    return news > 0;
  }));
  EXPECT_EQ(own_news, 1);
  first_.reset();
  second_.reset();
}

TEST_F(SharedLedger, a_newer_version_is_refused_and_left_as_it_is) {
  run_sql("INSERT INTO cebgate.ledger VALUES (99)");
  try {
    open();
    FAIL() << "it was opened";
  } catch (const LedgerError& error) {
    EXPECT_THAT(error.what(), testing::HasSubstr("newer than this program"));
  }
  EXPECT_EQ(server_->run_sql(address_, "SELECT max(version) FROM cebgate.ledger"), "99\n");
}

TEST_F(SharedLedger, a_database_that_was_away_is_used_again_by_itself) {
  accept(*first_, "A1");
  server_->stop_at_once();
  EXPECT_THROW(first_->waiting(), LedgerError);
  EXPECT_THROW(accept(*first_, "A2"), LedgerError);
  try {
    open();
    FAIL() << "it was opened";
  } catch (const LedgerError& error) {
    EXPECT_THAT(error.what(), testing::HasSubstr("cannot be reached"));
  }
  server_->start();
  EXPECT_EQ(first_->waiting(), 1U);
  accept(*first_, "A2");
  EXPECT_EQ(second_->waiting(), 2U);
}

TEST_F(SharedLedger, a_password_is_never_repeated) {
  try {
    kinds::open_ledger("postgresql://someone:open-sesame@127.0.0.1:1/nowhere");
    FAIL() << "it was opened";
  } catch (const LedgerError& error) {
    EXPECT_THAT(error.what(), testing::Not(testing::HasSubstr("open-sesame")));
  }
}

TEST_F(SharedLedger, text_that_is_none_is_kept_as_far_as_it_is_one) {
  const std::string id = accept(*first_, "A1");
  Move move = move_to(*first_, id, held);
  move.to.reason = std::string("before\0after \xFF\xE6\xB5\xB7", 17);
  ASSERT_TRUE(first_->move(move, at(1)));
  EXPECT_EQ(second_->newest_by_id(id)->summary.picture.reason, "before\uFFFDafter \uFFFD海");
}

}  // namespace
}  // namespace tests
