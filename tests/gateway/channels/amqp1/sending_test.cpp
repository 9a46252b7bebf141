#include "tests/gateway/channels/queues/site.h"

namespace {

using gateway::channels::Outcome;
using testing::AllOf;
using testing::HasSubstr;

class Amqp1Sending : public tests::AmqpSite {
 protected:
  config::Port settings() const override { return over_amqp1(); }

  std::string trouble_with(const config::Port& port) {
    open(port);
    const Answer answer = send("G");
    EXPECT_EQ(answer.outcome, Outcome::unreachable) << answer.text;
    EXPECT_FALSE(channel().health().reachable);
    EXPECT_THAT(channel().health().detail, HasSubstr(answer.text));
    return answer.text;
  }
};

TEST_F(Amqp1Sending, AMessageIsConfirmedAndStandsOnTheQueueWithItsProperties) {
  const auto answer = send("GUID-1", "<DxpMsg>数据</DxpMsg>");
  EXPECT_EQ(answer.outcome, Outcome::confirmed) << answer.text;
  const auto taken = desk_->take(in_);
  ASSERT_TRUE(taken);
  EXPECT_EQ(taken->body, "<DxpMsg>数据</DxpMsg>");
  EXPECT_EQ(taken->message_id, "GUID-1");
  EXPECT_EQ(taken->content_type, "application/xml");
  EXPECT_EQ(taken->delivery_mode, 2);
}

TEST_F(Amqp1Sending, ManyAreUnderWayAtOnceAndEachHasItsAnswer) {
  constexpr int count = 300;
  std::vector<std::optional<Answer>> answers(count);
  context_.restart();
  for (int i = 0; i < count; ++i) {
    boost::asio::co_spawn(context_, tests::keep(channel().send(message(std::to_string(i))), answers[i]),
                          boost::asio::use_future);
  }
  context_.run();
  for (const auto& answer : answers) EXPECT_EQ(answer->outcome, Outcome::confirmed);
  EXPECT_EQ(desk_->count(in_), static_cast<std::size_t>(count));
}

TEST_F(Amqp1Sending, MoreThanItFollowsAtOnceAreTurnedAwayWithoutLeaving) {
  constexpr int count = 1100;  // 1024 are followed
  open(settings());
  ASSERT_EQ(send("FIRST").outcome, Outcome::confirmed);
  rabbit_->freeze();
  config::Port port = settings();
  port.timeout = std::chrono::seconds(3);
  open(port);
  std::vector<std::optional<Answer>> answers(count);
  context_.restart();
  for (int i = 0; i < count; ++i) {
    boost::asio::co_spawn(context_, tests::keep(channel().send(message(std::to_string(i))), answers[i]),
                          boost::asio::use_future);
  }
  context_.run();
  rabbit_->thaw();
  int turned_away = 0;
  for (const auto& answer : answers) {
    EXPECT_EQ(answer->outcome, Outcome::unreachable);
    turned_away += answer->text.find("too many") != std::string::npos ? 1 : 0;
  }
  EXPECT_EQ(turned_away, count - 1024);
}

TEST_F(Amqp1Sending, AWrongPasswordIsNamedAsARefusedLoginAndNotRepeated) {
  write_password("not the password");
  const std::string words = trouble_with(settings());
  EXPECT_THAT(words, AllOf(HasSubstr("refused the login of user gate"), HasSubstr("登录")));
  EXPECT_THAT(words, Not(HasSubstr("not the password")));
  write_password(rabbit_->login().password);
  EXPECT_TRUE(tests::eventually([this] { return send("G").outcome == Outcome::confirmed; }));
}

TEST_F(Amqp1Sending, APasswordThatCannotBeReadIsNamed) {
  std::filesystem::remove(secret());
  EXPECT_THAT(trouble_with(settings()), HasSubstr(secret()));
}

TEST_F(Amqp1Sending, AnAbsentVhostIsNamed) {
  config::Port port = settings();
  port.url = port.url.substr(0, port.url.rfind('/')) + "/elsewhere";
  EXPECT_THAT(trouble_with(port), AllOf(HasSubstr("no such vhost"), HasSubstr("elsewhere")));
}

TEST_F(Amqp1Sending, AnAddressThatCannotBeIsNamedAndUsedOnceItCan) {
  desk_->remove_queue(in_);
  desk_->declare_queue(in_, {{"x-max-length", "1000"}});  // not as it is asked for
  const std::string words = trouble_with(settings());
  EXPECT_THAT(words, AllOf(HasSubstr("/queue/" + in_), HasSubstr("PRECONDITION_FAILED")));
  desk_->remove_queue(in_);
  desk_->declare_queue(in_);
  EXPECT_EQ(send("G").outcome, Outcome::confirmed);
  EXPECT_TRUE(tests::eventually([this] { return channel().health().reachable; })) << channel().health().detail;
}

TEST_F(Amqp1Sending, AnAddressThatIsAbsentHarmsNoOther) {
  config::Port port = settings();
  port.queues.address = "/nonsense/{dxp_id}";
  open(port);
  auto other = message("OTHER");
  EXPECT_EQ(run(channel().send(other)).outcome, Outcome::unreachable);
  EXPECT_THAT(channel().health().detail, HasSubstr("unknown_destination"));
}

TEST_F(Amqp1Sending, WhereRabbitMqConfirmsWhatNobodyTakesNothingIsSent) {
  for (const char* kind : {"/amq/queue/", "/exchange/", "/topic/"}) {
    config::Port port = settings();
    port.queues.address = kind + in_;
    EXPECT_THAT(trouble_with(port), HasSubstr("confirms there also what no queue takes"));
  }
  EXPECT_EQ(desk_->count(in_), 0U);
}

TEST_F(Amqp1Sending, WhatAFullQueueDoesNotTakeIsUnknown) {
  rabbit_->control("set_policy -p customs full '^" + in_ + "$' '{\"max-length\":1,\"overflow\":\"reject-publish\"}'");
  EXPECT_TRUE(tests::eventually([this] { return send("FIRST").outcome == Outcome::confirmed; }));
  tests::eventually([this] { return send("MORE").outcome != Outcome::confirmed; });
  const auto answer = send("SECOND");
  EXPECT_NE(answer.outcome, Outcome::confirmed);
  EXPECT_NE(answer.outcome, Outcome::refused);
  rabbit_->control("clear_policy -p customs full");
}

TEST_F(Amqp1Sending, NobodyListeningIsUnreachable) {
  config::Port port = settings();
  port.url = "amqp://127.0.0.1:1/customs";
  EXPECT_THAT(trouble_with(port), HasSubstr("cannot be reached"));
}

TEST_F(Amqp1Sending, WhatIsNotConfirmedWithinThePortsTimeIsUnknown) {
  config::Port port = settings();
  port.timeout = std::chrono::seconds(2);
  open(port);
  EXPECT_EQ(send("BEFORE").outcome, Outcome::confirmed);
  rabbit_->freeze();
  const auto answer = send("DURING");
  rabbit_->thaw();
  EXPECT_EQ(answer.outcome, Outcome::unknown);
  EXPECT_THAT(answer.text, HasSubstr("2000 ms"));
  EXPECT_TRUE(tests::eventually([this] { return send("AFTER").outcome == Outcome::confirmed; }));
}

TEST_F(Amqp1Sending, ASilentBrokerIsNoticedByItsHeartbeat) {
  EXPECT_EQ(send("BEFORE").outcome, Outcome::confirmed);
  rabbit_->freeze();
  const bool noticed = tests::eventually(
      [this] { return channel().health().detail.find("heartbeat") != std::string::npos; }, std::chrono::seconds(60));
  rabbit_->thaw();
  EXPECT_TRUE(noticed) << channel().health().detail;
  EXPECT_TRUE(tests::eventually([this] { return send("AFTER").outcome == Outcome::confirmed; }));
}

TEST_F(Amqp1Sending, ABrokerThatAnswersNothingHoldsNoStop) {
  EXPECT_EQ(send("BEFORE").outcome, Outcome::confirmed);
  EXPECT_TRUE(receive());
  rabbit_->freeze();
  const auto begun = std::chrono::steady_clock::now();
  channel_.reset();
  const auto took = std::chrono::steady_clock::now() - begun;
  rabbit_->thaw();
  EXPECT_LT(took, std::chrono::seconds(15));  // not the heartbeat's 20 s
}

}  // namespace
