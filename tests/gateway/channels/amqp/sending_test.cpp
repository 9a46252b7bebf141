#include "tests/gateway/channels/queues/site.h"

namespace {

using gateway::channels::Outcome;
using testing::AllOf;
using testing::HasSubstr;

class AmqpSending : public tests::AmqpSite {};

TEST_F(AmqpSending, AMessageIsConfirmedAndStandsOnTheQueueWithItsProperties) {
  const auto answer = send("GUID-1", "<DxpMsg>数据</DxpMsg>");
  EXPECT_EQ(answer.outcome, Outcome::confirmed) << answer.text;
  const auto taken = desk_->take(in_);
  ASSERT_TRUE(taken);
  EXPECT_EQ(taken->body, "<DxpMsg>数据</DxpMsg>");
  EXPECT_EQ(taken->message_id, "GUID-1");
  EXPECT_EQ(taken->type, "CEB311Message");
  EXPECT_EQ(taken->content_type, "application/xml");
  EXPECT_EQ(taken->app_id, "cebgate");
  EXPECT_EQ(taken->sender, dxp_id_);
  EXPECT_EQ(taken->delivery_mode, 2);
}

TEST_F(AmqpSending, ManyAreUnderWayAtOnceAndEachHasItsAnswer) {
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

TEST_F(AmqpSending, WhatNoQueueTakesIsRefusedAndNamesExchangeAndRoutingKey) {
  config::Port port = settings();
  port.queues.routing_key = "nowhere.{dxp_id}";
  open(port);
  const auto answer = send("G");
  EXPECT_EQ(answer.outcome, Outcome::refused);
  EXPECT_THAT(answer.text, AllOf(HasSubstr(exchange_), HasSubstr("nowhere." + dxp_id_), HasSubstr("NO_ROUTE")));
  EXPECT_TRUE(channel().health().detail.find("connected") != std::string::npos);
}

TEST_F(AmqpSending, WhatAFullQueueDoesNotTakeIsUnknown) {
  const std::string full = "full." + mark_;
  desk_->declare_queue(full, {{"x-max-length", "1"}, {"x-overflow", "reject-publish"}});
  desk_->bind(full, exchange_, "full");
  config::Port port = settings();
  port.queues.routing_key = "full";
  open(port);
  EXPECT_EQ(send("FIRST").outcome, Outcome::confirmed);
  const auto answer = send("SECOND");
  EXPECT_EQ(answer.outcome, Outcome::unknown);
  EXPECT_THAT(answer.text, HasSubstr("nack"));
  EXPECT_EQ(desk_->count(full), 1U);
  desk_->remove_queue(full);
}

TEST_F(AmqpSending, AWrongPasswordIsNamedAsARefusedLoginAndNotRepeated) {
  write_password("not the password");
  const auto answer = send("G");
  EXPECT_EQ(answer.outcome, Outcome::unreachable);
  EXPECT_THAT(answer.text, AllOf(HasSubstr("refused the login of user gate"), HasSubstr("登录")));
  EXPECT_THAT(answer.text, Not(HasSubstr("not the password")));
  EXPECT_FALSE(channel().health().reachable);
  EXPECT_THAT(channel().health().detail, HasSubstr("refused the login"));
}

TEST_F(AmqpSending, APasswordThatCannotBeReadIsNamed) {
  std::filesystem::remove(secret());
  const auto answer = send("G");
  EXPECT_EQ(answer.outcome, Outcome::unreachable);
  EXPECT_THAT(answer.text, HasSubstr(secret()));
}

TEST_F(AmqpSending, TheRightPasswordIsTakenWithoutANewStart) {
  write_password("wrong");
  EXPECT_EQ(send("G").outcome, Outcome::unreachable);
  write_password(rabbit_->login().password);
  EXPECT_TRUE(tests::eventually([this] { return send("G").outcome == Outcome::confirmed; }));
}

TEST_F(AmqpSending, AnAbsentVhostIsNamed) {
  config::Port port = settings();
  port.url = port.url.substr(0, port.url.rfind('/')) + "/elsewhere";
  open(port);
  const auto answer = send("G");
  EXPECT_EQ(answer.outcome, Outcome::unreachable);
  EXPECT_THAT(answer.text, HasSubstr("no vhost elsewhere"));
}

TEST_F(AmqpSending, AnAbsentExchangeIsNamedAndUsedOnceItIsThere) {
  config::Port port = settings();
  port.queues.exchange = "later." + mark_;
  open(port);
  const auto answer = send("G");
  EXPECT_EQ(answer.outcome, Outcome::unreachable);
  EXPECT_THAT(answer.text, AllOf(HasSubstr("Exchange later." + mark_), HasSubstr("404")));
  desk_->declare_exchange("later." + mark_);
  desk_->bind(in_, "later." + mark_, "in." + dxp_id_);
  EXPECT_EQ(send("G").outcome, Outcome::confirmed);
}

TEST_F(AmqpSending, NobodyListeningIsUnreachable) {
  config::Port port = settings();
  port.url = "amqp://127.0.0.1:1/customs";
  open(port);
  const auto answer = send("G");
  EXPECT_EQ(answer.outcome, Outcome::unreachable);
  EXPECT_THAT(answer.text, HasSubstr("cannot be reached"));
}

TEST_F(AmqpSending, WhatIsNotConfirmedWithinThePortsTimeIsUnknown) {
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

TEST_F(AmqpSending, ABrokerThatTakesNothingForNowIsSaidAndNothingLeaves) {
  config::Port port = settings();
  port.timeout = std::chrono::seconds(2);
  open(port);
  EXPECT_EQ(send("BEFORE").outcome, Outcome::confirmed);
  rabbit_->control("set_vm_memory_high_watermark absolute 1");
  Answer answer;
  const bool is_said = tests::eventually([&] {
    answer = send("DURING");
    return answer.outcome == Outcome::unreachable;
  });
  EXPECT_TRUE(is_said) << answer.text;
  EXPECT_THAT(answer.text, HasSubstr("takes nothing for now"));
  EXPECT_THAT(channel().health().detail, HasSubstr("takes nothing for now"));
  rabbit_->control("set_vm_memory_high_watermark absolute 600MB");
  EXPECT_TRUE(tests::eventually([this] { return send("AFTER").outcome == Outcome::confirmed; }));
}

TEST_F(AmqpSending, ASilentBrokerIsNoticedByItsHeartbeat) {
  EXPECT_EQ(send("BEFORE").outcome, Outcome::confirmed);
  rabbit_->freeze();
  const bool noticed = tests::eventually(
      [this] { return channel().health().detail.find("heartbeat") != std::string::npos; }, std::chrono::seconds(40));
  rabbit_->thaw();
  EXPECT_TRUE(noticed) << channel().health().detail;
  EXPECT_TRUE(tests::eventually([this] { return send("AFTER").outcome == Outcome::confirmed; }));
}

}  // namespace
