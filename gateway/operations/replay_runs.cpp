#include "gateway/operations/replay_runs.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/failpoint.h"
#include "gateway/operations/decisions.h"

namespace gateway::operations {

using boost::asio::awaitable;
using std::chrono::milliseconds;

namespace {

constexpr milliseconds between_looks{2'000};  // for orders that another gateway was asked to start
constexpr milliseconds between_steps{100};
constexpr const char* turn = "replays";

Order order_of(const ledger::Replay& replay) {
  return {read_action(replay.action).value_or(Action::hold), read_mode(replay.mode).value_or(Mode::none),
          replay.reason};
}

}  // namespace

ReplayRuns::ReplayRuns(boost::asio::any_io_executor executor, RunParts parts)
    : parts_(std::move(parts)), loop_(executor, {"operations", "", between_looks}) {}

void ReplayRuns::start() {
  loop_.start([self = shared_from_this()] { return self->step(); });
}

awaitable<milliseconds> ReplayRuns::step() {
  const auto look = [this] {
    auto running = parts_.ledger.running_replay();
    if (running && !parts_.ledger.take_turn(turn)) running.reset();
    return running;
  };
  const auto replay = co_await parts_.store.run(look);
  if (!replay) co_return between_looks;
  earn(*replay);
  while (allowance_ >= 1 && !loop_.is_stopping()) {
    const auto carry = [&] { return carry_out_next(*replay); };
    const std::int64_t done = co_await parts_.store.run(carry);
    if (done == 0) co_return between_steps;
    allowance_ -= static_cast<double>(done);
    if (parts_.on_moved) parts_.on_moved();
  }
  co_return between_steps;
}

// Documents of one message go together, so a step may overdraw; the next ones then wait longer. What was not used is
// not saved up.
void ReplayRuns::earn(const ledger::Replay& replay) {
  const auto now = Steady::now();
  if (current_ != replay.id) {
    current_ = replay.id;
    allowance_ = 1;
  } else {
    const double seconds = std::chrono::duration<double>(now - earned_at_).count();
    const auto most = std::max(1.0, static_cast<double>(replay.pace));
    allowance_ = std::min(most, allowance_ + static_cast<double>(replay.pace) * seconds);
  }
  earned_at_ = now;
}

std::int64_t ReplayRuns::carry_out_next(const ledger::Replay& replay) const {
  const auto next = parts_.ledger.next_of_replay(replay.id);
  if (next.empty()) return 0;
  const base::Time now = parts_.clock.now();
  std::vector<ledger::ReplayAct> acts;
  for (const ledger::ReplayDocument& document : next) acts.push_back(act_of(replay, document, now));
  base::failpoint("replays.decided");
  const bool is_carried_out = parts_.ledger.carry_out(replay.id, acts, now);
  base::failpoint("replays.carried_out");
  return is_carried_out ? static_cast<std::int64_t>(next.size()) : 0;
}

// Only what still stands as it was previewed: whatever came meanwhile, a receipt first of all, has the word.
ledger::ReplayAct ReplayRuns::act_of(const ledger::Replay& replay, const ledger::ReplayDocument& document,
                                     base::Time now) const {
  ledger::ReplayAct act;
  act.place = document.place;
  const auto bearings = parts_.ledger.bearings(document.ref.id);
  if (!bearings || bearings->standing.summary.version != document.ref.version ||
      bearings->standing.revision != document.revision) {
    return act;
  }
  const Subject subject = subject_of(parts_.knowledge, *bearings);
  act.departure = departure_of(subject, *bearings, order_of(replay), {parts_.settings, replay.by, now});
  return act;
}

}  // namespace gateway::operations
