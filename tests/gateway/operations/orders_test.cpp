// What every order does to a document in every state, by what is known of its message.
#include "gateway/operations/orders.h"

#include <gtest/gtest.h>
#include <string>

namespace gateway::operations {
namespace {

using lifecycle::State;

const Order same_bytes{Action::replay, Mode::same_bytes, {}};
const Order sealed_again{Action::replay, Mode::sealed_again, {}};
const Order hold{Action::hold, Mode::none, {}};
const Order release{Action::release, Mode::none, {}};
const Order withdraw{Action::withdraw, Mode::none, {}};
const Order amend{Action::amend, Mode::none, {}};

// Where the order leads from each state, in the order of their declaration; a dot: it is not allowed.
std::string targets(Subject subject, const Order& order) {
  constexpr std::string_view letters = "ASDUNERHW";  // accepted Sealed Deferred Unconfirmed seNt sEttled Refused Held …
  std::string found;
  for (std::size_t i = 0; i < lifecycle::state_count; ++i) {
    subject.picture.state = static_cast<State>(i);
    const auto to = target(subject, order);
    found += to ? letters.at(static_cast<std::size_t>(*to)) : '.';
    EXPECT_TRUE(to || !why_not(subject, order).en.empty());
  }
  return found;
}

Subject with_bytes(Arrival arrival) {
  Subject subject;
  subject.has_bytes = true;
  subject.arrival = arrival;
  return subject;
}

//  ASDUNERHW
TEST(Orders, OfWhatIsInNoMessageNothingCanGoAgain) {
  EXPECT_EQ(targets({}, same_bytes), ".........");
  EXPECT_EQ(targets({}, sealed_again), ".........");
  EXPECT_EQ(targets({}, release), ".......A.");
  EXPECT_EQ(targets({}, hold), "HHHHH....");
  EXPECT_EQ(targets({}, withdraw), "WWWWW.WW.");
  EXPECT_EQ(targets({}, amend), ".........") << "the tables of corrections say";
}

TEST(Orders, WhatNeverArrivedMayGoInEitherWay) {
  const Subject subject = with_bytes(Arrival::none);
  EXPECT_EQ(targets(subject, same_bytes), "..DUU..D.");
  EXPECT_EQ(targets(subject, sealed_again), ".AA....A.");
  EXPECT_EQ(targets(subject, release), ".......D.");
  EXPECT_EQ(targets(subject, hold), "HHHHH....");
  EXPECT_EQ(targets(subject, withdraw), "WWWWW.WW.");
}

TEST(Orders, WhatMayHaveArrivedGoesWithTheSameBytesOnly) {
  Subject subject = with_bytes(Arrival::possible);
  EXPECT_EQ(targets(subject, same_bytes), "..DUU..U.");
  EXPECT_EQ(targets(subject, sealed_again), ".........");
  EXPECT_EQ(targets(subject, release), ".......U.");
  subject.is_confirmed = true;
  EXPECT_EQ(targets(subject, release), ".......N.") << "its receipt is awaited, nothing goes again";
}

TEST(Orders, WhatWasRefusedForItsSignatureIsSealedAgainOnceNobodyElseMayHaveItsBytesSent) {
  Subject subject = with_bytes(Arrival::signature_refused);
  EXPECT_EQ(targets(subject, sealed_again), ".AA...AA.");
  subject.others_await_answer = true;
  EXPECT_EQ(targets(subject, sealed_again), ".........");
}

TEST(Orders, BytesThatCarryAWithdrawnDocumentGoAgainOnlyWhereTheyMayHaveArrived) {
  Subject subject = with_bytes(Arrival::none);
  subject.others_withdrawn = true;
  EXPECT_EQ(targets(subject, same_bytes), ".........");
  EXPECT_EQ(targets(subject, release), ".........");
  EXPECT_EQ(targets(subject, sealed_again), ".AA....A.");
  subject.arrival = Arrival::possible;
  EXPECT_EQ(targets(subject, same_bytes), "..DUU..U.");
}

TEST(Orders, WhatThePortRefusedIsNotReleased) {
  Subject subject = with_bytes(Arrival::none);
  subject.is_refused_by_port = true;
  EXPECT_EQ(targets(subject, release), ".........");
  EXPECT_EQ(targets(subject, same_bytes), "..DUU..D.");
}

TEST(Orders, WhatCustomsHasDecidedIsNeverSentAgain) {
  Subject subject = with_bytes(Arrival::possible);
  subject.is_decided_by_customs = true;
  for (const Order& order : {same_bytes, sealed_again, release}) EXPECT_EQ(targets(subject, order), ".........");
  EXPECT_EQ(targets(subject, withdraw), "WWWWW.WW.");
}

TEST(Orders, WordsAreReadBack) {
  for (const Action action : {Action::replay, Action::amend, Action::hold, Action::release, Action::withdraw}) {
    EXPECT_EQ(read_action(word(action)), action);
  }
  for (const Mode mode : {Mode::none, Mode::same_bytes, Mode::sealed_again}) EXPECT_EQ(read_mode(word(mode)), mode);
  EXPECT_EQ(read_action("resend"), std::nullopt);
  EXPECT_EQ(read_mode("anew"), std::nullopt);
}

}  // namespace
}  // namespace gateway::operations
