// The states of a document and the moves between them, as one pure table. The state says what we have to do; stage and
// outcome say what customs has done.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace gateway::lifecycle {

enum class State { accepted, sealed, deferred, unconfirmed, sent, settled, refused, held, withdrawn };
inline constexpr std::size_t state_count = 9;

enum class Event {
  sealed,           // put into a signed message whose bytes are kept
  unsealable,       // could not be signed or enveloped: needs a person
  unsealed,         // its message was taken apart; to be sealed anew
  confirmed,        // the channel took the message
  unreachable,      // nothing left this machine
  unknown,          // bytes left, the answer was lost
  refused_by_port,  // the port refused the message as such
  not_passed_on,    // the data exchange platform took it and could not pass it on: nobody has it
  taken_apart,      // its message was refused as a whole, with others in it: it goes alone
  passed,           // a receipt that says: under way; proves arrival
  settled,          // a receipt after which nothing has to be done
  refused,          // a receipt that refuses the document
  detained,         // a customs decision that needs a person (501 to 503, 505, 599, 700)
  unaccompanied,    // the documents that it refers to did not come in time
  spent,            // tries or time allowed are used up
  silent,           // no receipt within its time
  // a person:
  hold,
  release,          // of a document that is in no message
  release_sent,     // of one whose message the port has taken: its receipt is awaited
  replay,           // the same bytes again
  replay_doubtful,  // likewise, and an earlier delivery of them may have arrived
  seal_again,       // a new message, where none of the earlier ones can be at customs
  withdraw
};
inline constexpr std::size_t event_count = 23;

std::string_view word(State state);     // "accepted"
std::string_view word_zh(State state);  // "已受理"
std::optional<State> read_state(std::string_view word);
std::string_view word(Event event);

// Where the event leads from here; nothing: it is recorded and moves nothing.
std::optional<State> next(State state, Event event);

bool is_waiting(State state);  // accepted, sealed, deferred, unconfirmed: we still have to send
bool is_final(State state);    // settled, refused, withdrawn

}  // namespace gateway::lifecycle
