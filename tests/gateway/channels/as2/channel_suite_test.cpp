// The suite every channel has to pass.
#include "tests/contracts/channel_suite.cpp"

#include "tests/gateway/channels/as2/as2_far_end.h"

namespace tests {
namespace {

std::unique_ptr<FarEnd> made() { return std::make_unique<As2FarEnd>(); }

INSTANTIATE_TEST_SUITE_P(As2, ChannelSuite, testing::Values(made));
INSTANTIATE_TEST_SUITE_P(As2, QueueSuite, testing::Values(made));
INSTANTIATE_TEST_SUITE_P(As2, RefusingSuite, testing::Values(made));
INSTANTIATE_TEST_SUITE_P(As2, LosingSuite, testing::Values(made));

}  // namespace
}  // namespace tests
