#include "gateway/receipts/silence.h"

#include <algorithm>
#include <string>

#include "base/log.h"
#include "gateway/lifecycle/state.h"

namespace gateway::receipts {

using boost::asio::awaitable;

namespace {

constexpr std::chrono::seconds between_looks{15};
constexpr std::size_t most_silent_at_once = 500;
constexpr std::chrono::minutes by_chance{1};  // the clock is set by less all the time

// Nothing is known to carry CEB900 over the Hainan address, so a refusal by the schema is heard as silence.
ledger::Picture held(const ledger::Standing& standing) {
  ledger::Picture picture = standing.summary.picture;
  picture.state = lifecycle::next(picture.state, lifecycle::Event::silent).value_or(picture.state);
  picture.reason =
      standing.receipts.empty()
          ? "口岸已接收，但在规定时间内没有任何回执；可能是报文未通过其校验，请向口岸查询 | taken by the port, "
            "but no receipt within its time; its schema may have refused the message: ask the port"
          : "在规定时间内没有最终回执，请向口岸查询 | no final receipt within its time: ask the port";
  return picture;
}

std::chrono::milliseconds longest_silence(const config::Settings& settings) {
  std::chrono::milliseconds longest{0};
  for (const config::Port& port : settings.ports) {
    longest = std::max({longest, port.receipt_within, port.final_receipt_within});
    for (const auto& [type, within] : port.receipt_within_of) longest = std::max(longest, within);
  }
  return longest;
}

// Changes only where the clock is set.
std::chrono::milliseconds ahead_of_steady(base::Time now) {
  const auto steady = std::chrono::steady_clock::now().time_since_epoch();
  return now.time_since_epoch() - std::chrono::duration_cast<std::chrono::milliseconds>(steady);
}

}  // namespace

Silence::Silence(boost::asio::any_io_executor executor, const Parts& parts)
    : parts_(parts),
      loop_(executor, {"receipts", "silence: ", between_looks}),
      lead_(ahead_of_steady(parts.clock.now())) {}

void Silence::start() {
  loop_.start([self = shared_from_this()] { return self->hold_silent(); });
}

// A document is silent for as long as time has passed, whatever the clock was set to meanwhile: nobody shall look into
// a hundred thousand documents because a clock was mended.
awaitable<void> Silence::allow_for_set_clock(base::Time now, std::chrono::milliseconds lead) {
  const auto set_forward = lead - lead_;
  if (set_forward > by_chance) {
    const auto put_off = [this, set_forward] { parts_.ledger.put_off_silence(set_forward); };
    co_await parts_.store.run(put_off);
    lead_ = lead;
    base::log(base::LogLevel::warning, "receipts",
              "the clock was set forward by " +
                  std::to_string(std::chrono::duration_cast<std::chrono::seconds>(set_forward).count()) +
                  " s: what was sent may be silent that much longer");
  }
  const auto end = [this, latest = now + longest_silence(parts_.settings) + by_chance] {
    return parts_.ledger.end_silence(latest, most_silent_at_once);
  };
  std::size_t ended = most_silent_at_once;
  while (ended == most_silent_at_once && !loop_.is_stopping()) ended = co_await parts_.store.run(end);
}

awaitable<std::chrono::milliseconds> Silence::hold_silent() {
  const base::Time now = parts_.clock.now();
  const auto lead = ahead_of_steady(now);
  const bool is_its_turn = co_await parts_.store.run([this] { return parts_.ledger.take_turn("silence"); });
  if (is_its_turn) co_await allow_for_set_clock(now, lead);
  lead_ = lead;
  if (!is_its_turn) co_return between_looks;
  std::size_t all = 0, moved = most_silent_at_once;
  while (moved == most_silent_at_once && !loop_.is_stopping()) {
    const auto move = [this, now] { return parts_.ledger.move_silent(now, most_silent_at_once, held); };
    moved = co_await parts_.store.run(move);
    all += moved;
  }
  if (all > 0) {
    base::log(base::LogLevel::warning, "receipts", std::to_string(all) + " documents are silent and now held");
  }
  co_return between_looks;
}

}  // namespace gateway::receipts
