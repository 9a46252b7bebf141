#include "gateway/channels/queues/shelf.h"

#include <gmock/gmock.h>

namespace {

using gateway::channels::queues::Room;
using gateway::channels::queues::Shelf;
using testing::ElementsAre;
using testing::IsEmpty;

TEST(Shelf, GivesTheOldestFirstAndTheSameAgain) {
  Shelf shelf(100);
  for (const std::uint64_t tag : {1, 2, 3}) shelf.keep(tag, "record " + std::to_string(tag));
  EXPECT_THAT(shelf.give(2), ElementsAre("record 1", "record 2"));
  EXPECT_THAT(shelf.give(2), ElementsAre("record 1", "record 2"));
}

TEST(Shelf, AcknowledgesWhatItGaveAndNothingThatCameSince) {
  Shelf shelf(100);
  shelf.keep(1, "a");
  shelf.keep(2, "b");
  shelf.give(10);
  shelf.keep(3, "c");
  EXPECT_EQ(shelf.acknowledge().all_up_to, 2U);
  EXPECT_THAT(shelf.give(10), ElementsAre("c"));
}

TEST(Shelf, AcknowledgesNothingThatWasNotGiven) {
  Shelf shelf(100);
  shelf.keep(1, "a");
  EXPECT_EQ(shelf.acknowledge().all_up_to, 0U);
  EXPECT_FALSE(shelf.is_empty());
}

TEST(Shelf, TagsOfALostChannelAreNeverAcknowledged) {
  Shelf shelf(100);
  shelf.keep(7, "a");
  shelf.give(10);
  shelf.lose();
  EXPECT_EQ(shelf.acknowledge().all_up_to, 0U);
  shelf.keep(1, "a again");
  EXPECT_EQ(shelf.acknowledge().all_up_to, 0U);
}

TEST(Shelf, HoldsItsBytesAndNotOneMore) {
  Shelf shelf(10);
  EXPECT_EQ(shelf.room_for(10), Room::now);
  EXPECT_EQ(shelf.room_for(11), Room::never);
  shelf.keep(1, "1234");
  EXPECT_EQ(shelf.room_for(6), Room::now);
  EXPECT_EQ(shelf.room_for(7), Room::later);
}

TEST(Shelf, WhatHadNoRoomGoesBackWithTheNextAcknowledgement) {
  Shelf shelf(4);
  shelf.keep(1, "1234");
  shelf.put_off(2);
  shelf.give(10);
  const auto first = shelf.acknowledge();
  EXPECT_EQ(first.all_up_to, 1U);
  EXPECT_THAT(first.back, ElementsAre(2));
  EXPECT_EQ(shelf.room_for(4), Room::now);
  EXPECT_THAT(shelf.acknowledge().back, IsEmpty());
}

TEST(Shelf, NeverAcknowledgesPastWhatItDidNotKeep) {
  Shelf shelf(8);
  shelf.keep(1, "a");
  shelf.leave_out(2);
  shelf.keep(3, "b");
  shelf.put_off(4);
  shelf.give(10);
  const auto all = shelf.acknowledge();
  EXPECT_EQ(all.all_up_to, 0U);
  EXPECT_THAT(all.alone, ElementsAre(1, 3));
  EXPECT_THAT(all.back, ElementsAre(4));
}

}  // namespace
