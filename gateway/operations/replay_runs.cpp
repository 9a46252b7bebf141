#include "gateway/operations/replay_runs.h"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <string>
#include <utility>
#include <vector>

#include "base/failpoint.h"
#include "gateway/ledger/trouble_line.h"
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
    : executor_(executor), parts_(std::move(parts)), timer_(executor) {}

void ReplayRuns::start() {
  running_ = true;
  boost::asio::co_spawn(
      executor_, [](std::shared_ptr<ReplayRuns> self) -> awaitable<void> { co_await self->run(); }(shared_from_this()),
      boost::asio::detached);
}

void ReplayRuns::wake() { timer_.cancel(); }

awaitable<void> ReplayRuns::stop(milliseconds deadline) {
  stopping_ = true;
  wake();
  const auto end = Steady::now() + deadline;
  while (running_ && Steady::now() < end) {
    boost::asio::steady_timer moment(executor_, milliseconds(10));
    co_await moment.async_wait(boost::asio::use_awaitable);
  }
}

awaitable<void> ReplayRuns::run() {
  while (!stopping_) {
    milliseconds rest = between_looks;
    try {
      rest = co_await step();
    } catch (const std::exception& error) {
      ledger::log_trouble("operations", "", error);
    }
    if (stopping_) break;
    boost::system::error_code cut_short;
    timer_.expires_after(rest);
    co_await timer_.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, cut_short));
  }
  running_ = false;
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
  while (allowance_ >= 1 && !stopping_) {
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
  act.departure = departure_of(subject, *bearings, order_of(replay), replay.by, now);
  return act;
}

}  // namespace gateway::operations
