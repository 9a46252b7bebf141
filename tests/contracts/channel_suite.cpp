#include "tests/contracts/channel_suite.h"

#include <gmock/gmock.h>
#include <set>

#include "gateway/channels/kinds/make_channel.h"
#include "tests/support/eventually.h"

namespace tests {

using gateway::channels::Answer;
using gateway::channels::longest_wait;
using gateway::channels::most_records;
using gateway::channels::Outcome;
using gateway::channels::Received;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

namespace {

constexpr std::size_t large = std::size_t{8} << 20;

std::vector<std::string> bytes_of(const std::vector<Received>& received) {
  std::vector<std::string> bytes;
  for (const Received& one : received) bytes.push_back(one.bytes);
  return bytes;
}

}  // namespace

void ChannelSuite::restart() {
  stop();
  io_ = std::make_unique<boost::asio::io_context>();
  channel_ = gateway::channels::kinds::make_channel(far_end_->port(), {channel_dxp_id, other_dxp_id});
}

void ChannelSuite::stop() {
  if (io_) io_->stop();
  channel_.reset();
  io_.reset();
}

Answer ChannelSuite::send(const std::string& envelope, const std::string& guid) {
  return run(channel_->send({envelope, guid, "CEB311Message", channel_dxp_id}));
}

gateway::channels::Window ChannelSuite::window(const std::string& dxp_id) const {
  return {far_end_->source(), dxp_id, *base::read_china_digits("20260131093000")};
}

ChannelSuite::Records ChannelSuite::receive(const std::string& dxp_id) {
  return run(channel_->receive(window(dxp_id)));
}

void ChannelSuite::acknowledge() {
  finish(boost::asio::co_spawn(*io_, channel_->acknowledge(window()), boost::asio::use_future));
}

std::vector<std::string> ChannelSuite::receive_all(std::size_t count) {
  std::vector<std::string> all;
  const auto more_has_come = [&] {
    const Records received = receive();
    if (!received) throw std::runtime_error(received.faults().front().en);
    for (const Received& one : *received) all.push_back(one.bytes);
    if (!received->empty()) acknowledge();
    return !received->empty();
  };
  while (all.size() < count && eventually(more_has_come)) {
  }
  return all;
}

TEST_P(ChannelSuite, a_message_is_confirmed_and_arrives_byte_for_byte) {
  const std::string envelope = "<a>单证 \r\n\t\x01\xff</a>";
  EXPECT_EQ(send(envelope).outcome, Outcome::confirmed);
  EXPECT_THAT(far_end().arrived(1), ElementsAre(envelope));
  EXPECT_TRUE(channel().health().reachable) << channel().health().detail;
}

TEST_P(ChannelSuite, a_large_message_arrives_whole) {
  const std::string envelope(large, 'x');
  EXPECT_EQ(send(envelope).outcome, Outcome::confirmed);
  EXPECT_TRUE(far_end().arrived(1).front() == envelope);
}

TEST_P(ChannelSuite, many_messages_at_once_all_arrive) {
  constexpr std::size_t many = 64;
  std::set<std::string> sent;
  std::vector<std::future<std::optional<Answer>>> answers;
  for (std::size_t i = 0; i < many; ++i) {
    const std::string name = "M" + std::to_string(i);
    sent.insert(name);
    answers.push_back(start(channel().send({name, name, "CEB311Message", channel_dxp_id})));
  }
  for (auto& answer : answers) EXPECT_EQ(finish(std::move(answer))->outcome, Outcome::confirmed);
  const auto arrived = far_end().arrived(many);
  EXPECT_EQ(std::set<std::string>(arrived.begin(), arrived.end()), sent);
}

TEST_P(ChannelSuite, a_far_end_that_is_away_is_unreachable_in_words_until_it_is_back) {
  far_end().go_away();
  const Answer answer = send("M1");
  EXPECT_EQ(answer.outcome, Outcome::unreachable);
  EXPECT_FALSE(answer.text.empty());
  EXPECT_FALSE(channel().health().reachable);
  EXPECT_FALSE(channel().health().detail.empty());
  far_end().come_back();
  EXPECT_EQ(send("M2").outcome, Outcome::confirmed);
  EXPECT_THAT(far_end().arrived(1), ElementsAre("M2"));
  EXPECT_TRUE(channel().health().reachable);
}

TEST_P(ChannelSuite, a_message_sent_again_is_confirmed_again) {
  EXPECT_EQ(send("M1").outcome, Outcome::confirmed);
  EXPECT_THAT(far_end().arrived(1), ElementsAre("M1"));
  restart();
  EXPECT_EQ(send("M1").outcome, Outcome::confirmed);
  EXPECT_THAT(far_end().arrived(1), ElementsAre("M1"));
}

TEST_P(ChannelSuite, records_are_received_in_their_order_and_byte_for_byte) {
  std::vector<std::string> records;
  for (const char* words : {"first 一", "second", "third\r\n", "garbage \x01\xff"}) {
    records.push_back(far_end().record(words));
    far_end().put(records.back());
  }
  EXPECT_EQ(receive_all(records.size()), records);
}

TEST_P(ChannelSuite, what_the_far_end_gives_twice_is_received_twice) {
  const std::string record = far_end().record("again");
  far_end().put(record);
  far_end().put(record);
  EXPECT_THAT(receive_all(2), ElementsAre(record, record));
}

TEST_P(ChannelSuite, a_large_record_is_received_whole) {
  const std::string record = far_end().record(std::string(large, 'x'));
  far_end().put(record);
  const auto received = receive_all(1);
  ASSERT_EQ(received.size(), 1U);
  EXPECT_TRUE(received.front() == record);
}

TEST_P(ChannelSuite, where_nothing_is_to_be_had_nothing_is_received) {
  const auto received = receive();
  ASSERT_TRUE(received) << received.faults().front().en;
  EXPECT_THAT(*received, IsEmpty());
  EXPECT_TRUE(channel().health().reachable) << channel().health().detail;
}

TEST_P(ChannelSuite, receiving_from_a_far_end_that_is_away_is_a_fault_until_it_is_back) {
  far_end().go_away();
  const auto away = receive();
  ASSERT_FALSE(away);
  EXPECT_FALSE(away.faults().front().zh.empty());
  EXPECT_FALSE(channel().health().reachable);
  far_end().come_back();
  const std::string record = far_end().record("back");
  far_end().put(record);
  EXPECT_THAT(receive_all(1), ElementsAre(record));
}

TEST_P(ChannelSuite, a_stop_in_the_midst_of_everything_neither_hangs_nor_harms) {
  for (int i = 0; i < 8; ++i) {
    start(channel().send({std::string(large / 8, 'x'), std::to_string(i), "CEB311Message", channel_dxp_id}));
  }
  start(channel().receive(window()));
  io().poll();
  stop();
  restart();
  EXPECT_EQ(send("M1", "after").outcome, Outcome::confirmed);
}

TEST_P(QueueSuite, what_is_not_acknowledged_comes_again_also_after_a_restart) {
  far_end().put("A1");
  ASSERT_THAT(bytes_of(*receive()), ElementsAre("A1"));
  EXPECT_THAT(bytes_of(*receive()), ElementsAre("A1"));
  restart();
  EXPECT_THAT(bytes_of(*receive()), ElementsAre("A1"));
}

TEST_P(QueueSuite, what_is_acknowledged_does_not_come_again_and_the_rest_does) {
  far_end().put("A1");
  EXPECT_THAT(receive_all(1), ElementsAre("A1"));
  far_end().put("A2");
  EXPECT_THAT(bytes_of(*receive()), ElementsAre("A2"));
  restart();
  EXPECT_THAT(receive_all(1), ElementsAre("A2"));
  restart();
  EXPECT_THAT(*receive(), IsEmpty());
}

TEST_P(QueueSuite, what_comes_after_the_receiving_is_not_acknowledged_with_it) {
  far_end().put("A1");
  ASSERT_THAT(bytes_of(*receive()), ElementsAre("A1"));
  far_end().put("A2");
  acknowledge();
  EXPECT_THAT(receive_all(1), ElementsAre("A2"));
}

TEST_P(QueueSuite, one_that_waits_for_a_record_receives_it_when_it_comes) {
  auto received = start(channel().receive(window()));
  io().restart();
  io().run_for(longest_wait / 10);
  far_end().put("A1");
  EXPECT_THAT(bytes_of(**finish(std::move(received))), ElementsAre("A1"));
}

TEST_P(QueueSuite, no_more_are_received_at_once_than_the_limit_says) {
  for (std::size_t i = 0; i < most_records + 1; ++i) far_end().put("A" + std::to_string(i));
  std::size_t first = 0;
  ASSERT_TRUE(eventually([&] { return (first = receive()->size()) >= most_records; }, std::chrono::minutes(2)));
  EXPECT_EQ(first, most_records);
  EXPECT_EQ(receive_all(most_records + 1).size(), most_records + 1);
}

TEST_P(QueueSuite, each_enterprise_receives_its_own) {
  far_end().put("of the other", other_dxp_id);
  EXPECT_THAT(*receive(), IsEmpty());
  EXPECT_THAT(bytes_of(*receive(other_dxp_id)), ElementsAre("of the other"));
}

TEST_P(RefusingSuite, a_refusal_is_told_in_the_far_ends_words) {
  far_end().refuse("报文格式错误");
  const Answer answer = send("M1");
  EXPECT_EQ(answer.outcome, Outcome::refused);
  EXPECT_THAT(answer.text, HasSubstr("报文格式错误"));
}

TEST_P(LosingSuite, a_lost_answer_is_unknown) {
  far_end().lose_answers();
  const Answer answer = send("M1");
  EXPECT_EQ(answer.outcome, Outcome::unknown);
  EXPECT_FALSE(answer.text.empty());
}

TEST_P(LosingSuite, an_answer_that_does_not_come_in_time_is_unknown) {
  far_end().fall_silent();
  restart();
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_EQ(send("M1").outcome, Outcome::unknown);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, far_end().port().timeout + std::chrono::seconds(10));
}

}  // namespace tests
