#include "gateway/dispatch/sender.h"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <random>
#include <utility>

#include "base/failpoint.h"
#include "base/log.h"
#include "gateway/dispatch/answer_within.h"
#include "gateway/dispatch/lapse.h"
#include "gateway/ledger/trouble_line.h"
#include "gateway/lifecycle/retry.h"

namespace gateway::dispatch {

using boost::asio::awaitable;
using channels::Outcome;
using lifecycle::State;

namespace {

constexpr std::size_t most_looked_at_for_a_probe = 16;
constexpr std::size_t others_to_choose_from = 4;
constexpr std::size_t most_brought_forward = 1000;  // in one transaction
constexpr std::chrono::milliseconds spread_of_these{250};
constexpr std::chrono::seconds for_the_channel_to_give_up{1};  // beyond its own deadline
constexpr std::chrono::seconds sender_rest_after_trouble{2};

double jitter() {
  thread_local std::mt19937_64 engine{std::random_device{}()};
  return std::uniform_real_distribution<double>(0.0, 1.0)(engine);
}

// A receipt may still come for what is unconfirmed: before its time it is not sent again.
bool may_go_before_its_time(const ledger::DueMessage& message) {
  return std::ranges::none_of(message.documents,
                              [](const auto& document) { return document.second == State::unconfirmed; });
}

std::string seconds_between(base::Time from, base::Time to) {
  return std::to_string(std::chrono::duration_cast<std::chrono::seconds>(to - from).count()) + " s";
}

}  // namespace

// What was put off before the start is due at the start: who starts a gateway expects that it sends.
Sender::Sender(boost::asio::any_io_executor executor, const Parts& parts, const config::Port& port,
               std::function<void()> on_ended)
    : executor_(executor),
      parts_(parts),
      port_(port),
      channel_(*parts.channels.at(port.name)),
      on_ended_(std::move(on_ended)),
      pace_(port.most_at_once),
      forward_{{State::deferred, parts.clock.now(), spread_of_these}} {}

void Sender::obey(const PortRule& rule) {
  is_paused_ = rule.is_paused;
  pace_.allow(rule.most_at_once.value_or(port_.most_at_once));
}

void Sender::stop() { stopping_ = true; }

PortReport Sender::report() const {
  return {port_.name, pace_.limit(), under_way_.size(), breaker_.state(), failures_};
}

std::size_t Sender::room(base::Time now) const {
  if (stopping_ || is_paused_ || !breaker_.admits(now)) return 0;
  if (breaker_.state() == BreakerState::open) return 1;
  return pace_.limit() - std::min(pace_.limit(), under_way_.size());
}

std::size_t Sender::not_yet_written() const {
  return static_cast<std::size_t>(
      std::ranges::count_if(under_way_, [](const auto& one) { return !one.second.written; }));
}

std::size_t Sender::under_way_of(const std::string& enterprise) const {
  return static_cast<std::size_t>(
      std::ranges::count_if(under_way_, [&](const auto& one) { return one.second.enterprise == enterprise; }));
}

awaitable<Progress> Sender::send_due() {
  Progress progress;
  progress.made = co_await bring_forward();
  const auto now = parts_.clock.now();
  if (breaker_.state() == BreakerState::open && !breaker_.admits(now)) progress.again = breaker_.next_probe();
  const std::size_t most = room(now);
  if (most == 0) co_return progress;
  std::vector<ledger::DueMessage> due;
  if (breaker_.state() == BreakerState::closed) {
    due = co_await look(now, most + not_yet_written() + others_to_choose_from);
  } else if (co_await end_those_over(now)) {
    progress.made = true;
  } else {
    due = co_await look_for_probe(now);
  }
  if (begin_of(std::move(due), now) > 0) progress.made = true;
  co_return progress;
}

// Of those in turn, the enterprise with the fewest under way comes first: one that the port is slow to answer must not
// come to hold every place.
std::size_t Sender::begin_of(std::vector<ledger::DueMessage> due, base::Time now) {
  std::erase_if(due, [&](const auto& message) { return under_way_.contains(message.guid); });
  std::size_t begun = 0;
  for (; !due.empty() && room(now) > 0; ++begun) {
    const auto next =
        std::ranges::min_element(due, {}, [&](const auto& message) { return under_way_of(message.enterprise); });
    begin(std::move(*next));
    due.erase(next);
  }
  return begun;
}

awaitable<std::vector<ledger::DueMessage>> Sender::look(base::Time due_by, std::size_t most) {
  auto ask = [this, due_by, most, after = last_] {
    return parts_.ledger.due_messages(port_.name, due_by, most, after);
  };
  co_return co_await parts_.store.run(std::move(ask));
}

// While nothing is sent, nobody else would see that their time is over. False: there were none.
awaitable<bool> Sender::end_those_over(base::Time now) {
  auto due = co_await look(now, most_looked_at_for_a_probe);
  auto end = [this, now, due = std::move(due)] {
    return std::ranges::count_if(due, [&](const auto& message) { return lapse(parts_.ledger, message, now); });
  };
  const auto ended = co_await parts_.store.run(std::move(end));
  co_return ended > 0;
}

// Nothing may be due for up to an hour, and yet the port's return has to be seen.
awaitable<std::vector<ledger::DueMessage>> Sender::look_for_probe(base::Time now) {
  auto due = co_await look(now, 1);
  if (!due.empty()) co_return due;
  due = co_await look(now + lifecycle::longest_pause, most_looked_at_for_a_probe);
  std::erase_if(due, [](const auto& message) { return !may_go_before_its_time(message); });
  co_return due;
}

// One step of it; true: there was something.
awaitable<bool> Sender::bring_forward() {
  if (stopping_ || forward_.empty()) co_return false;
  const auto step = forward_.front();
  auto write = [this, step] { return parts_.ledger.bring_forward(port_.name, step, most_brought_forward); };
  const std::size_t brought = co_await parts_.store.run(std::move(write));
  if (forward_.empty()) co_return brought > 0;  // the port has gone meanwhile
  forward_.front().from += forward_.front().spread;
  if (brought < most_brought_forward) forward_.pop_front();
  co_return brought > 0;
}

void Sender::begin(ledger::DueMessage message) {
  under_way_.emplace(message.guid, Flight{.enterprise = message.enterprise});
  last_ = message.enterprise;
  const Turn turn{pace_.begin(), breaker_.begin()};
  boost::asio::co_spawn(
      executor_,
      [](std::shared_ptr<Sender> self, ledger::DueMessage one, Turn its) -> awaitable<void> {
        co_await self->send(std::move(one), its);
      }(shared_from_this(), std::move(message), turn),
      boost::asio::detached);
}

awaitable<void> Sender::send(ledger::DueMessage message, Turn turn) {
  const std::string guid = message.guid;
  bool failed = false;
  try {
    co_await deliver(std::move(message), turn);
  } catch (const std::exception& error) {
    failed = true;
    ledger::log_trouble("dispatch", "message " + guid + ": ", error);
  }
  if (failed) {
    co_await pause(sender_rest_after_trouble);
    if (!under_way_.at(guid).written) co_await take_back(guid);
    breaker_.not_sent(turn.leave);
  }
  under_way_.erase(guid);
  on_ended_();
}

awaitable<void> Sender::deliver(ledger::DueMessage message, Turn turn) {
  const auto begun = parts_.clock.now();
  auto begin = [this, guid = message.guid, begun] {
    auto number = parts_.ledger.begin_delivery(guid, begun);
    return std::pair(number, number ? parts_.ledger.envelope_of(guid) : std::string());
  };
  auto [delivery, envelope] = co_await parts_.store.run(std::move(begin));
  under_way_.at(message.guid).written = true;
  if (!delivery) {
    breaker_.not_sent(turn.leave);
    co_return;
  }
  base::failpoint("dispatch.begun");
  const config::Enterprise* enterprise = parts_.settings.enterprise(message.enterprise);
  channels::Outgoing outgoing{.envelope = std::move(envelope),
                              .guid = message.guid,
                              .type = message.type,
                              .dxp_id = enterprise == nullptr ? std::string() : enterprise->dxp_id};
  const channels::Answer answer =
      co_await answer_within(port_.timeout + for_the_channel_to_give_up, channel_, std::move(outgoing));
  hear(message.guid, answer, turn);
  const Attempt attempt{.tries = message.tries + 1,
                        .tried_since = message.tried_since,
                        .now = parts_.clock.now(),
                        .resend_after = port_.resend_after,
                        .jitter = jitter(),
                        .documents = message.documents.size(),
                        .receipt_within = port_.receipt_within_for(message.type)};
  base::failpoint("dispatch.answered");
  co_await finish(*delivery, answer, attempt);
  base::failpoint("dispatch.finished");
}

// Whether the beginning was kept is not known where the ledger went away just then; kept, it would stay begun for ever.
// Nothing has left: the message is due again.
awaitable<void> Sender::take_back(const std::string& guid) {
  const Attempt attempt{.tries = 1, .tried_since = parts_.clock.now(), .now = parts_.clock.now(), .resend_after = {}};
  const channels::Answer never_left{Outcome::unreachable, "the ledger went away before the delivery"};
  const std::function<void()> end = [this, guid, attempt, never_left] {
    const auto begun = parts_.ledger.begun_delivery(guid);
    if (begun) {
      parts_.ledger.finish_delivery(*begun, ending_of(never_left), attempt.now, after_answer(never_left, attempt));
    }
  };
  co_await keep_trying(end);
}

void Sender::hear(const std::string& guid, const channels::Answer& answer, Turn turn) {
  if (answer.outcome == Outcome::unreachable || answer.outcome == Outcome::unknown) {
    return hear_failure(guid, answer, turn);
  }
  if (answer.outcome == Outcome::confirmed) {
    pace_.confirmed(under_way_.size());
  } else {
    base::log(base::LogLevel::warning, "dispatch", "message " + guid + " to port " + port_.name + ": " + answer.text);
  }
  const auto trouble = breaker_.answered();
  if (!trouble) return;
  const auto now = parts_.clock.now();
  base::log(base::LogLevel::info, "dispatch",
            "port " + port_.name + " answers again after " + seconds_between(trouble->since, now) + "; " +
                std::to_string(trouble->failed) + " deliveries failed");
  forward_ = {{State::deferred, now, spread_of_these}, {State::unconfirmed, now + port_.resend_after, spread_of_these}};
}

// A port that is away is one line, however many messages wait for it; each delivery's answer is in the ledger.
void Sender::hear_failure(const std::string& guid, const channels::Answer& answer, Turn turn) {
  ++failures_;
  pace_.failed(turn.number);
  const auto failure =
      answer.outcome == Outcome::unreachable ? Breaker::Failure::unreachable : Breaker::Failure::unanswered;
  switch (breaker_.failed(turn.leave, failure, parts_.clock.now(), jitter())) {
    case Breaker::Turned::first:
      base::log(base::LogLevel::warning, "dispatch", "message " + guid + " to port " + port_.name + ": " + answer.text);
      break;
    case Breaker::Turned::opened:
      forward_.clear();
      base::log(base::LogLevel::warning, "dispatch",
                "port " + port_.name + " is in trouble, the latest: " + answer.text +
                    "; its messages wait, and one at a time is tried until it answers");
      break;
    case Breaker::Turned::no:
      break;
  }
}

// A delivery that stays begun would never be due again, so a ledger in trouble (a full disk) is asked until it keeps
// the end; at a stop the next start takes the delivery as unknown.
awaitable<void> Sender::finish(std::int64_t delivery, const channels::Answer& answer, const Attempt& attempt) {
  const std::function<void()> keep = [this, delivery, answer, attempt] {
    parts_.ledger.finish_delivery(delivery, ending_of(answer), attempt.now, after_answer(answer, attempt));
  };
  co_await keep_trying(keep);
}

awaitable<void> Sender::keep_trying(std::function<void()> write) {
  do {
    bool failed = false;
    try {
      auto again = write;
      co_await parts_.store.run(std::move(again));
    } catch (const std::exception& error) {
      failed = true;
      ledger::log_trouble("dispatch", "port " + port_.name + ": ", error);
    }
    if (!failed) co_return;
    co_await pause(sender_rest_after_trouble);
  } while (!stopping_);
}

awaitable<void> Sender::pause(std::chrono::milliseconds length) {
  boost::asio::steady_timer timer(executor_, length);
  co_await timer.async_wait(boost::asio::use_awaitable);
}

}  // namespace gateway::dispatch
