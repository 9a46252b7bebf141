// The suite every channel has to pass.
#include "tests/contracts/channel_suite.cpp"

#include "tests/gateway/channels/directory_far_end.h"
#include "tests/gateway/channels/hainan_far_end.h"

namespace tests {
namespace {

template <class Kind>
std::unique_ptr<FarEnd> made() {
  return std::make_unique<Kind>();
}

INSTANTIATE_TEST_SUITE_P(Hainan, ChannelSuite, testing::Values(made<HainanFarEnd>));
INSTANTIATE_TEST_SUITE_P(Hainan, RefusingSuite, testing::Values(made<HainanFarEnd>));
INSTANTIATE_TEST_SUITE_P(Hainan, LosingSuite, testing::Values(made<HainanFarEnd>));
INSTANTIATE_TEST_SUITE_P(Directory, ChannelSuite, testing::Values(made<DirectoryFarEnd>));
INSTANTIATE_TEST_SUITE_P(Directory, QueueSuite, testing::Values(made<DirectoryFarEnd>));

}  // namespace
}  // namespace tests
