// What each outcome that a peer can tell becomes (AMQP 1.0 part 3 §3.4), by a peer that tells them all.
#include "tests/gateway/channels/queues/site.h"
#include "tests/support/amqp1_peer.h"

namespace {

using gateway::channels::Outcome;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using tests::Saying;

class Amqp1Outcomes : public testing::Test {
 protected:
  Amqp1Outcomes() { channel_ = gateway::channels::kinds::make_channel(peer_.port(), {}); }

  gateway::channels::Answer send(const std::string& guid) {
    std::optional<gateway::channels::Answer> answer;
    context_.restart();
    boost::asio::co_spawn(context_,
                          tests::keep(channel_->send({"<" + guid + "/>", guid, "CEB311Message", "DXP1"}), answer),
                          boost::asio::use_future);
    context_.run();
    return *answer;
  }

  tests::Amqp1Peer peer_;
  boost::asio::io_context context_;
  std::unique_ptr<gateway::channels::Channel> channel_;
};

TEST_F(Amqp1Outcomes, AcceptedIsConfirmed) {
  EXPECT_EQ(send("G").outcome, Outcome::confirmed);
  EXPECT_THAT(peer_.taken(), ElementsAre("<G/>"));
}

TEST_F(Amqp1Outcomes, RejectedIsRefusedInTheWordsOfItsCondition) {
  peer_.say(Saying::rejected);
  const auto answer = send("G");
  EXPECT_EQ(answer.outcome, Outcome::refused);
  EXPECT_THAT(answer.text, AllOf(HasSubstr("shop:closed"), HasSubstr("报文格式错误")));
}

TEST_F(Amqp1Outcomes, ReleasedIsUnreachableSinceItWillNotBeProcessed) {
  peer_.say(Saying::released);
  const auto answer = send("G");
  EXPECT_EQ(answer.outcome, Outcome::unreachable);
  EXPECT_THAT(answer.text, HasSubstr("released"));
}

TEST_F(Amqp1Outcomes, ModifiedIsUnknown) {
  peer_.say(Saying::modified);
  const auto answer = send("G");
  EXPECT_EQ(answer.outcome, Outcome::unknown);
  EXPECT_THAT(answer.text, HasSubstr("modified"));
}

TEST_F(Amqp1Outcomes, SettledWithoutAnOutcomeIsUnknown) {
  peer_.say(Saying::settled);
  EXPECT_EQ(send("G").outcome, Outcome::unknown);
}

TEST_F(Amqp1Outcomes, WhatIsNeverSettledIsUnknownWhenItsTimeIsOverAndTheNextGoesOn) {
  peer_.say(Saying::held);
  EXPECT_EQ(send("G").outcome, Outcome::unknown);
  peer_.say(Saying::accepted);
  EXPECT_EQ(send("H").outcome, Outcome::confirmed);
}

TEST_F(Amqp1Outcomes, WithoutCreditNothingLeavesAndThatIsSaid) {
  peer_.say(Saying::no_credit);
  EXPECT_EQ(send("G").outcome, Outcome::unreachable);
  EXPECT_TRUE(tests::eventually([&] { return !channel_->health().reachable; }));
  EXPECT_THAT(channel_->health().detail, HasSubstr("takes nothing"));
  EXPECT_TRUE(peer_.taken().empty());
}

TEST_F(Amqp1Outcomes, OneThatIsOverThePeersLimitIsRefusedAndTheAddressIsTriedAgain) {
  peer_.say(Saying::ended);
  const auto answer = send("G");
  EXPECT_EQ(answer.outcome, Outcome::refused);
  EXPECT_THAT(answer.text, HasSubstr("at most 4 MB"));
  peer_.say(Saying::accepted);
  EXPECT_EQ(send("H").outcome, Outcome::confirmed);
  EXPECT_TRUE(tests::eventually([&] { return channel_->health().reachable; })) << channel_->health().detail;
}

}  // namespace
