#include "gateway/lifecycle/whole_message.h"

#include <gtest/gtest.h>

#include "gateway/lifecycle/receipts.h"

namespace gateway::lifecycle {
namespace {

TEST(WholeMessage, what_stood_with_others_goes_alone_once_and_what_was_alone_bears_the_refusal) {
  EXPECT_TRUE(goes_alone({2, 0}));
  EXPECT_FALSE(goes_alone({1, 0}));
  EXPECT_FALSE(goes_alone({2, 1})) << "it would never end";
  EXPECT_FALSE(goes_alone({1, 1}));
}

TEST(WholeMessage, a_refusal_of_the_whole_message_leaves_nothing_stored) {
  schemas::Answer refuse;
  refuse.effect = schemas::Effect::refuse;
  const std::vector<ReceiptFact> facts{{std::string(refused_by_eport), base::Time{}, 1, refuse, "-10101 XSD"}};
  const Picture picture = fold({State::sent, "", "", ""}, facts, {1, false});
  EXPECT_EQ(picture, (Picture{State::refused, "CEB900", "", "CEB900 -10101 XSD"}));
  EXPECT_EQ(standing_of(picture, facts, "1"), schemas::Standing::nothing_stored);
}

}  // namespace
}  // namespace gateway::lifecycle
