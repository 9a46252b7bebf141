#include "gateway/lifecycle/state.h"

#include <algorithm>
#include <array>

namespace gateway::lifecycle {

namespace {

struct StateWords {
  std::string_view en, zh;
};

constexpr std::array<StateWords, state_count> state_words{{{"accepted", "已受理"},
                                                           {"sealed", "已封装"},
                                                           {"deferred", "待重发"},
                                                           {"unconfirmed", "待确认"},
                                                           {"sent", "已发送"},
                                                           {"settled", "已办结"},
                                                           {"refused", "已退单"},
                                                           {"held", "挂起"},
                                                           {"withdrawn", "已撤回"}}};

constexpr std::array<std::string_view, event_count> event_words{
    "sealed",          "unsealable",    "unsealed",        "confirmed",  "unreachable", "unknown",
    "refused_by_port", "not_passed_on", "taken_apart",     "passed",     "settled",     "refused",
    "detained",        "unaccompanied", "spent",           "silent",     "hold",        "release",
    "release_sent",    "replay",        "replay_doubtful", "seal_again", "withdraw",
};

// What leads where: a row for each event, a column for each state, in the order of their declarations. A target that is
// the state itself means: it stays, and is due anew.
constexpr std::string_view targets =
    "ASDUNERHW";  // accepted Sealed Deferred Unconfirmed seNt sEttled Refused Held Withdrawn
constexpr std::array<std::string_view, event_count> table{
    // ASDUNERHW
    "S........",  // sealed
    "H........",  // unsealable
    ".AA......",  // unsealed
    ".NNN.....",  // confirmed
    ".DDU.....",  // unreachable: from unconfirmed earlier bytes may have arrived
    ".UUU.....",  // unknown
    ".HHH.....",  // refused_by_port
    "..DDD..H.",  // not_passed_on
    ".AAAA..H.",  // taken_apart: whoever held it still does
    "NNNN..NN.",  // passed: after a refusal customs has taken it up again
    "EEEEE.EE.",  // settled
    "RRRRRR.R.",  // refused: 2 and then 100
    "HHHHHHH..",  // detained
    "H........",  // unaccompanied
    ".HHHH....",  // spent
    "....H....",  // silent
    "HHHHH....",  // hold
    ".......A.",  // release
    ".......N.",  // release_sent
    "..DUU..D.",  // replay: what is sealed goes anyway
    "..DUU..U.",  // replay_doubtful
    ".AA...AA.",  // seal_again: never what waits for a receipt of its earlier bytes
    "WWWWW.WW.",  // withdraw
};

constexpr std::size_t index(State state) { return static_cast<std::size_t>(state); }
constexpr std::size_t index(Event event) { return static_cast<std::size_t>(event); }

}  // namespace

std::string_view word(State state) { return state_words.at(index(state)).en; }
std::string_view word_zh(State state) { return state_words.at(index(state)).zh; }
std::string_view word(Event event) { return event_words.at(index(event)); }

std::optional<State> read_state(std::string_view word) {
  const auto* found = std::ranges::find(state_words, word, &StateWords::en);
  if (found == state_words.end()) return std::nullopt;
  return static_cast<State>(found - state_words.begin());
}

std::optional<State> next(State state, Event event) {
  const auto target = targets.find(table.at(index(event)).at(index(state)));
  if (target == std::string_view::npos) return std::nullopt;
  return static_cast<State>(target);
}

bool is_waiting(State state) { return state <= State::unconfirmed; }

bool is_final(State state) { return state == State::settled || state == State::refused || state == State::withdrawn; }

}  // namespace gateway::lifecycle
