// The suite every channel has to pass; nothing of it where vsftpd is not installed.
#include "tests/contracts/channel_suite.cpp"

#include "tests/gateway/channels/as3/as3_far_end.h"

namespace tests {
namespace {

std::unique_ptr<FarEnd> made() { return std::make_unique<As3FarEnd>(); }

std::vector<MakeFarEnd> where_installed() {
  return FtpServer::is_installed() ? std::vector<MakeFarEnd>{made} : std::vector<MakeFarEnd>{};
}

INSTANTIATE_TEST_SUITE_P(As3, ChannelSuite, testing::ValuesIn(where_installed()));
INSTANTIATE_TEST_SUITE_P(As3, QueueSuite, testing::ValuesIn(where_installed()));
INSTANTIATE_TEST_SUITE_P(As3, RefusingSuite, testing::ValuesIn(where_installed()));
INSTANTIATE_TEST_SUITE_P(As3, LosingSuite, testing::ValuesIn(where_installed()));
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(ChannelSuite);
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(QueueSuite);
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(RefusingSuite);
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(LosingSuite);

}  // namespace
}  // namespace tests
