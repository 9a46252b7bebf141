#include "gateway/notify/client_loop.h"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <functional>
#include <random>
#include <utility>

#include "base/failpoint.h"
#include "base/log.h"
#include "gateway/ledger/trouble_line.h"
#include "gateway/lifecycle/notices.h"
#include "gateway/lifecycle/retry.h"
#include "gateway/notify/webhook.h"

namespace gateway::notify {

using boost::asio::awaitable;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

namespace {

constexpr std::size_t most_looked_up = 8 * most_under_way;
constexpr milliseconds longest_rest{1000};
constexpr std::chrono::minutes beyond_every_pause{5};  // clocks of gateways on one ledger differ
constexpr int turns_in_time = 4;                       // taken before the one before ends
constexpr int failures_of_a_client_in_trouble = 3;     // in a row
constexpr milliseconds longest_quiet{60'000};

double jitter() {
  thread_local std::mt19937_64 engine{std::random_device{}()};
  return std::uniform_real_distribution<double>(0.0, 1.0)(engine);
}

std::vector<std::string> named(const std::vector<std::string>& enterprises) {
  return std::ranges::find(enterprises, "*") == enterprises.end() ? enterprises : std::vector<std::string>();
}

}  // namespace

ClientLoop::ClientLoop(boost::asio::any_io_executor executor, const Parts& parts, const config::Client& client,
                       const SigningSecret& secret)
    : executor_(executor),
      parts_(parts),
      client_(client),
      secret_(secret),
      enterprises_(named(client.enterprises)),
      loop_(executor, {"notify", client.name + ": ", longest_rest}) {
  attempts_.client = client.name;
}

void ClientLoop::start() {
  loop_.start([self = shared_from_this()] { return self->round(); });
}

void ClientLoop::wake() {
  has_news_ = true;
  loop_.ring();
}

awaitable<void> ClientLoop::finished(steady_clock::time_point deadline) {
  std::function<bool()> is_idle = [this] { return !loop_.is_running() && under_way_.empty(); };
  co_await pacing::wait_until(std::move(is_idle), deadline);
}

awaitable<milliseconds> ClientLoop::round() {
  bool failed = false;
  try {
    co_await make_and_deliver();
  } catch (const std::exception& error) {
    failed = true;
    if (!ledger_fails_) ledger::log_trouble("notify", client_.name + ": ", error);
  }
  ledger_fails_ = failed;
  co_return ledger_fails_ || !has_more_to_make_ ? longest_rest : milliseconds(0);
}

awaitable<void> ClientLoop::make_and_deliver() {
  const bool is_its_turn = co_await has_its_turn();
  if (!is_its_turn) {
    due_.clear();
    has_more_to_make_ = false;
    co_return;
  }
  co_await make_notices();
  if (due_.empty()) co_await look_for_due();
  begin_deliveries();
}

// Of several gateways on one ledger one tells a client.
awaitable<bool> ClientLoop::has_its_turn() {
  const auto now = steady_clock::now();
  if (turn_taken_ && now - *turn_taken_ < parts_.settings.ledger.takeover_after / turns_in_time) co_return true;
  auto take = [this, work = "notify/" + client_.name] { return parts_.ledger.take_turn(work); };
  const bool is_taken = co_await parts_.store.run(std::move(take));
  turn_taken_ = is_taken ? std::optional(now) : std::nullopt;
  co_return is_taken;
}

awaitable<void> ClientLoop::make_notices() {
  const auto moment = steady_clock::now();
  const bool is_worth_a_look =
      std::exchange(has_news_, false) || has_more_to_make_ || moment - made_at_ >= longest_rest;
  if (!is_worth_a_look) co_return;
  const auto now = parts_.clock.now();
  const auto make = [this, now] {
    return parts_.ledger.make_notices(client_.name, enterprises_, changes_at_a_time, now);
  };
  const std::size_t made = co_await parts_.store.run(make);
  if (made > 0) base::failpoint("notify.made");
  has_more_to_make_ = made == changes_at_a_time;
  made_at_ = moment;
}

awaitable<void> ClientLoop::look_for_due() {
  if (loop_.is_stopping() || under_way_.size() >= most_under_way || steady_clock::now() < quiet_until_) co_return;
  ended_.clear();
  const auto now = parts_.clock.now();
  const auto look = [this, now] {
    // What no pause reaches was put off by a clock that has been set back since.
    parts_.ledger.bring_back_notices(client_.name, now + lifecycle::longest_pause + beyond_every_pause, now);
    return parts_.ledger.due_notices(client_.name, now, most_looked_up);
  };
  auto found = co_await parts_.store.run(look);
  for (ledger::Notice& notice : found) {
    const bool is_old_news = under_way_.contains(notice.number) || ended_.contains(notice.number);
    if (!is_old_news) due_.push_back(std::move(notice));
  }
}

void ClientLoop::begin_deliveries() {
  const std::size_t most = is_in_trouble() ? 1 : most_under_way;
  while (!loop_.is_stopping() && !due_.empty() && under_way_.size() < most && steady_clock::now() >= quiet_until_) {
    ledger::Notice notice = std::move(due_.front());
    due_.pop_front();
    under_way_.insert(notice.number);
    boost::asio::co_spawn(
        executor_,
        [](std::shared_ptr<ClientLoop> self, ledger::Notice one) -> awaitable<void> {
          co_await self->deliver(std::move(one));
        }(shared_from_this(), std::move(notice)),
        boost::asio::detached);
  }
}

awaitable<void> ClientLoop::deliver(ledger::Notice notice) {
  try {
    auto call = webhook(*client_.notifying, secret_, notice, parts_.clock.now());
    call.timeout = parts_.attempt_may_take;
    base::failpoint("notify.telling");
    const auto exchange = co_await http::send(std::move(call));
    base::failpoint("notify.told");
    co_await write(notice, exchange);
    base::failpoint("notify.written");
    unwritten_ = 0;
  } catch (const std::exception& error) {  // it is still waiting, and will be told once more
    ledger::log_trouble("notify", client_.name + ": ", error);
    const auto now = steady_clock::now();
    if (now >= quiet_until_) {
      quiet_until_ = now + lifecycle::pause_after(++unwritten_, {lifecycle::first_pause, longest_quiet}, jitter());
    }
  }
  under_way_.erase(notice.number);
  ended_.insert(notice.number);
  loop_.ring();
}

awaitable<void> ClientLoop::write(const ledger::Notice& notice, const http::Exchange& exchange) {
  const auto now = parts_.clock.now();
  const auto step = lifecycle::after_notice({notice.since, notice.tries + 1, status_of(exchange)}, now, jitter());
  count(exchange, step.to);
  ledger::NoticesBook::NoticeEnd end{notice.number, notice.revision, step.to, step.due, in_words(exchange)};
  auto finish = [this, end = std::move(end), now] { return parts_.ledger.finish_notice(end, now); };
  co_await parts_.store.run(std::move(finish));
}

bool ClientLoop::is_in_trouble() const { return failures_ >= failures_of_a_client_in_trouble; }

void ClientLoop::count(const http::Exchange& exchange, lifecycle::NoticeState to) {
  const bool was_in_trouble = is_in_trouble();
  if (to == lifecycle::NoticeState::heard) {
    ++attempts_.heard;
    failures_ = pauses_ = 0;
    quiet_until_ = {};
    if (was_in_trouble) base::log(base::LogLevel::info, "notify", client_.name + " hears again");
    return;
  }
  ++(to == lifecycle::NoticeState::unheard ? attempts_.given_up : attempts_.failed);
  ++failures_;
  if (!is_in_trouble()) return;
  if (!was_in_trouble) {
    base::log(base::LogLevel::warning, "notify", client_.name + " does not hear: " + in_words(exchange));
  }
  const auto now = steady_clock::now();
  if (now < quiet_until_) return;  // begun before the trouble was known
  quiet_until_ = now + lifecycle::pause_after(++pauses_, {lifecycle::first_pause, longest_quiet}, jitter());
}

}  // namespace gateway::notify
