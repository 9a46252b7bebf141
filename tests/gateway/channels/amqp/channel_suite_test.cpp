// The suite every channel has to pass; nothing of it where RabbitMQ is not installed.
#include "tests/contracts/channel_suite.cpp"

#include "tests/gateway/channels/queues/broker_far_end.h"

namespace tests {
namespace {

std::unique_ptr<FarEnd> made() { return std::make_unique<BrokerFarEnd>("dxp-amqp"); }

std::vector<MakeFarEnd> where_installed() {
  return RabbitServer::is_installed() ? std::vector<MakeFarEnd>{made} : std::vector<MakeFarEnd>{};
}

INSTANTIATE_TEST_SUITE_P(Amqp, ChannelSuite, testing::ValuesIn(where_installed()));
INSTANTIATE_TEST_SUITE_P(Amqp, QueueSuite, testing::ValuesIn(where_installed()));
INSTANTIATE_TEST_SUITE_P(Amqp, LosingSuite, testing::ValuesIn(where_installed()));
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(ChannelSuite);
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(QueueSuite);
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(RefusingSuite);
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(LosingSuite);

}  // namespace
}  // namespace tests
