#include "gateway/lifecycle/siblings.h"

#include <gmock/gmock.h>

namespace gateway::lifecycle {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::HasSubstr;
using testing::Not;
using Act = SiblingStep::Act;

const base::Time created(seconds(1'700'000'000));
const WaitingSince since{created, created + hours(72)};

std::vector<AwaitedSibling> siblings(SiblingStanding payment) {
  return {{"进口订单", "Import order", "4601960001/A1", SiblingStanding::taken},
          {"进口支付单", "Import payment", "4601960001/A1", payment}};
}

SiblingStep look(SiblingStanding payment, base::Time now) { return after_look({}, siblings(payment), since, now); }

TEST(Siblings, once_all_are_taken_it_goes_whatever_the_time) {
  for (const base::Time now : {created, created + hours(1), created + hours(100)}) {
    Picture waiting;
    waiting.reason = "waits";
    const SiblingStep step = after_look(waiting, siblings(SiblingStanding::taken), since, now);
    EXPECT_EQ(step.act, Act::go);
    EXPECT_EQ(step.to, Picture{}) << "and its reason is gone";
    EXPECT_FALSE(step.next_look);
  }
}

TEST(Siblings, what_waits_for_nobody_goes) { EXPECT_EQ(after_look({}, {}, since, created).act, Act::go); }

TEST(Siblings, it_waits_and_says_for_what_and_why) {
  const std::pair<SiblingStanding, const char*> cases[] = {{SiblingStanding::absent, "neither posted nor reported"},
                                                           {SiblingStanding::under_way, "not yet taken by customs"},
                                                           {SiblingStanding::refused, "refused"}};
  for (const auto& [standing, why] : cases) {
    const SiblingStep step = look(standing, created);
    EXPECT_EQ(step.act, Act::wait);
    EXPECT_EQ(step.to.state, State::accepted);
    EXPECT_THAT(step.to.reason, HasSubstr("Import payment 4601960001/A1 (" + std::string(why) + ")"));
    EXPECT_THAT(step.to.reason, HasSubstr("进口支付单 4601960001/A1（"));
    EXPECT_THAT(step.to.reason, Not(HasSubstr("Import order")));
  }
}

TEST(Siblings, at_the_deadline_it_is_held_and_says_what_is_missing) {
  EXPECT_EQ(look(SiblingStanding::absent, since.deadline - std::chrono::milliseconds(1)).act, Act::wait);
  const SiblingStep step = look(SiblingStanding::absent, since.deadline);
  EXPECT_EQ(step.act, Act::hold);
  EXPECT_EQ(step.to.state, State::held);
  EXPECT_THAT(step.to.reason, HasSubstr("did not come in time: Import payment 4601960001/A1"));
  EXPECT_FALSE(step.next_look);
}

TEST(Siblings, looks_grow_rarer_and_never_go_past_the_deadline) {
  const auto next = [](base::Time now) { return look(SiblingStanding::absent, now).next_look.value(); };
  EXPECT_EQ(next(created), created + seconds(30));
  EXPECT_EQ(next(created + minutes(10)), created + minutes(20));
  EXPECT_EQ(next(created + hours(10)), created + hours(11));
  EXPECT_EQ(next(since.deadline - minutes(1)), since.deadline);
}

}  // namespace
}  // namespace gateway::lifecycle
