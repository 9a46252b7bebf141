#include "gateway/lifecycle/state.h"

#include <array>
#include <gtest/gtest.h>
#include <set>
#include <string>
#include <utility>

namespace gateway::lifecycle {
namespace {

using enum State;
constexpr std::array all_states{accepted, sealed, deferred, unconfirmed, sent, settled, refused, held, withdrawn};
constexpr std::array all_events{
    Event::sealed,   Event::unsealable,      Event::unsealed,     Event::confirmed,       Event::unreachable,
    Event::unknown,  Event::refused_by_port, Event::taken_apart,  Event::silent,          Event::passed,
    Event::settled,  Event::refused,         Event::detained,     Event::spent,           Event::hold,
    Event::release,  Event::release_sent,    Event::replay,       Event::replay_doubtful, Event::seal_again,
    Event::withdraw, Event::not_passed_on,   Event::unaccompanied};

struct Expected {
  Event event;
  std::set<std::pair<State, State>> moves;  // every state that is not named stays where it is
};

const std::array<Expected, event_count> complete_table{{
    {Event::sealed, {{accepted, sealed}}},
    {Event::unsealable, {{accepted, held}}},
    {Event::unsealed, {{sealed, accepted}, {deferred, accepted}}},
    {Event::confirmed, {{sealed, sent}, {deferred, sent}, {unconfirmed, sent}}},
    {Event::unreachable, {{sealed, deferred}, {deferred, deferred}, {unconfirmed, unconfirmed}}},
    {Event::unknown, {{sealed, unconfirmed}, {deferred, unconfirmed}, {unconfirmed, unconfirmed}}},
    {Event::refused_by_port, {{sealed, held}, {deferred, held}, {unconfirmed, held}}},
    {Event::not_passed_on, {{deferred, deferred}, {unconfirmed, deferred}, {sent, deferred}, {held, held}}},
    {Event::taken_apart,
     {{sealed, accepted}, {deferred, accepted}, {unconfirmed, accepted}, {sent, accepted}, {held, held}}},
    {Event::unaccompanied, {{accepted, held}}},
    {Event::silent, {{sent, held}}},
    {Event::passed,
     {{accepted, sent}, {sealed, sent}, {deferred, sent}, {unconfirmed, sent}, {refused, sent}, {held, sent}}},
    {Event::settled,
     {{accepted, settled},
      {sealed, settled},
      {deferred, settled},
      {unconfirmed, settled},
      {sent, settled},
      {refused, settled},
      {held, settled}}},
    {Event::refused,
     {{accepted, refused},
      {sealed, refused},
      {deferred, refused},
      {unconfirmed, refused},
      {sent, refused},
      {settled, refused},
      {held, refused}}},
    {Event::detained,
     {{accepted, held},
      {sealed, held},
      {deferred, held},
      {unconfirmed, held},
      {sent, held},
      {settled, held},
      {refused, held}}},
    {Event::spent, {{sealed, held}, {deferred, held}, {unconfirmed, held}, {sent, held}}},
    {Event::hold, {{accepted, held}, {sealed, held}, {deferred, held}, {unconfirmed, held}, {sent, held}}},
    {Event::release, {{held, accepted}}},
    {Event::release_sent, {{held, sent}}},
    {Event::replay, {{deferred, deferred}, {unconfirmed, unconfirmed}, {sent, unconfirmed}, {held, deferred}}},
    {Event::replay_doubtful,
     {{deferred, deferred}, {unconfirmed, unconfirmed}, {sent, unconfirmed}, {held, unconfirmed}}},
    {Event::seal_again, {{sealed, accepted}, {deferred, accepted}, {refused, accepted}, {held, accepted}}},
    {Event::withdraw,
     {{accepted, withdrawn},
      {sealed, withdrawn},
      {deferred, withdrawn},
      {unconfirmed, withdrawn},
      {sent, withdrawn},
      {refused, withdrawn},
      {held, withdrawn}}},
}};

TEST(State, every_event_leads_from_every_state_where_the_table_says) {
  std::set<Event> seen;
  for (const auto& [event, moves] : complete_table) {
    seen.insert(event);
    std::set<std::pair<State, State>> found;
    for (const State state : all_states) {
      if (const auto target = next(state, event)) found.emplace(state, *target);
    }
    EXPECT_EQ(found, moves) << word(event);
  }
  EXPECT_EQ(seen.size(), event_count);
}

TEST(State, nothing_moves_what_a_person_has_withdrawn) {
  for (const Event event : all_events) EXPECT_EQ(next(withdrawn, event), std::nullopt) << word(event);
}

TEST(State, no_state_but_withdrawn_is_for_ever) {
  for (const State state : all_states) {
    bool leaves = false;
    for (const Event event : all_events) leaves = leaves || next(state, event).value_or(state) != state;
    EXPECT_EQ(leaves, state != withdrawn) << word(state);
  }
}

TEST(State, words_are_distinct_and_are_read_back) {
  std::set<std::string_view> chinese;
  for (const State state : all_states) {
    EXPECT_EQ(read_state(word(state)), state);
    chinese.insert(word_zh(state));
  }
  EXPECT_EQ(chinese.size(), state_count);
  EXPECT_EQ(word_zh(unconfirmed), "待确认");
  EXPECT_EQ(read_state("lost"), std::nullopt);
  EXPECT_EQ(read_state(""), std::nullopt);
}

TEST(State, events_have_distinct_words) {
  std::set<std::string_view> words;
  for (const Event event : all_events) words.insert(word(event));
  EXPECT_EQ(words.size(), event_count);
  EXPECT_EQ(word(Event::refused_by_port), "refused_by_port");
  EXPECT_EQ(word(Event::withdraw), "withdraw");
}

TEST(State, waiting_and_final_states_are_told_apart) {
  const std::set<State> waiting{accepted, sealed, deferred, unconfirmed};
  const std::set<State> final{settled, refused, withdrawn};
  for (const State state : all_states) {
    EXPECT_EQ(is_waiting(state), waiting.contains(state)) << word(state);
    EXPECT_EQ(is_final(state), final.contains(state)) << word(state);
  }
}

}  // namespace
}  // namespace gateway::lifecycle
