#include "tools/bench/run.h"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "tools/bench/api.h"
#include "tools/bench/feed.h"
#include "tools/bench/posting.h"

namespace tools::bench {

namespace {

namespace asio = boost::asio;
using std::chrono::steady_clock;

constexpr std::chrono::milliseconds tick{200}, pause_at_the_end_of_the_feed{50}, pause_of_an_unreadable_feed{1000};
constexpr int ticks_between_samples = 5;

asio::awaitable<void> wait_for(steady_clock::duration span) {
  asio::steady_timer timer(co_await asio::this_coro::executor, span);
  co_await timer.async_wait(asio::use_awaitable);
}

void rethrow(std::exception_ptr error) {
  if (error) std::rethrow_exception(error);
}

class Run {
 public:
  Run(const Options& options, const base::Secret& token, const OnProgress& on_progress)
      : options_(options),
        on_progress_(on_progress),
        api_(options.url, options.trust, token),
        documents_(*read_mix(options.mix), options.enterprises,
                   base::china_digits14(base::SystemClock().now()).substr(0, 8)),
        feed_(api_),
        outcome_{{}, Courses(documents_.types()), {}, {}, 0} {}

  Outcome whole() && {
    asio::co_spawn(io_, all(), rethrow);
    io_.run();
    outcome_.own_cpu_seconds = own_cpu_seconds();
    return std::move(outcome_);
  }

 private:
  asio::awaitable<void> all();
  asio::awaitable<void> follow();
  asio::awaitable<void> choose_source();
  asio::awaitable<void> take_sample();
  void start_posting();
  bool is_over(steady_clock::time_point now) const;
  double progress(steady_clock::time_point now) const;

  const Options& options_;
  const OnProgress& on_progress_;
  asio::io_context io_{1};
  Api api_;
  Documents documents_;
  Feed feed_;
  gateway::http::Session measuring_;
  Outcome outcome_;
  std::optional<Posting> posting_;
  bool following_ = true;
};

asio::awaitable<void> Run::choose_source() {
  if (options_.gateway) {
    if (!use_of(*options_.gateway)) throw Unusable("--pid " + std::to_string(*options_.gateway) + ": /proc");
    outcome_.gateway.source = UseSource::proc;
  } else if (const auto use = co_await api_.use(measuring_)) {
    outcome_.gateway.source = UseSource::metrics;
  }
}

asio::awaitable<void> Run::take_sample() {
  std::optional<Use> use;
  if (outcome_.gateway.source == UseSource::proc) use = use_of(*options_.gateway);
  if (outcome_.gateway.source == UseSource::metrics) use = co_await api_.use(measuring_);
  if (use) outcome_.gateway.samples.push_back(*use);
}

asio::awaitable<void> Run::follow() {
  while (following_) {
    const Feed::More more = co_await feed_.read_page(documents_, outcome_.courses);
    if (more == Feed::More::later) co_await wait_for(pause_at_the_end_of_the_feed);
    if (more == Feed::More::unreadable) co_await wait_for(pause_of_an_unreadable_feed);
  }
}

void Run::start_posting() {
  posting_.emplace(options_, api_, documents_, outcome_.posts);
  for (std::size_t i = 0; i < options_.connections; ++i) {
    asio::co_spawn(io_, posting_->one_connection(), [this](std::exception_ptr error) {
      posting_->connection_ended();
      rethrow(error);
    });
  }
}

bool Run::is_over(steady_clock::time_point now) const {
  if (!posting_->has_ended()) return false;
  if (options_.until == Until::accepted) return true;
  const std::size_t all = std::max(outcome_.posts.accepted, outcome_.courses.seen());
  const std::chrono::duration<double> waited = now - posting_->last_answer();
  return outcome_.courses.ended() >= all || waited.count() > options_.settle_within_seconds;
}

double Run::progress(steady_clock::time_point now) const {
  const double posted = posting_->part_done(now);
  if (options_.until == Until::accepted || outcome_.posts.accepted == 0) return posted;
  return posted *
         std::min(1.0, static_cast<double>(outcome_.courses.ended()) / static_cast<double>(outcome_.posts.accepted));
}

asio::awaitable<void> Run::all() {
  const std::string trouble = co_await feed_.go_to_the_end();
  if (!trouble.empty()) throw Unusable(trouble);
  co_await choose_source();
  co_await take_sample();
  start_posting();
  if (options_.until == Until::settled) asio::co_spawn(io_, follow(), rethrow);
  for (int ticks = 1; !is_over(steady_clock::now()); ++ticks) {
    co_await wait_for(tick);
    on_progress_(progress(steady_clock::now()));
    if (ticks % ticks_between_samples == 0) co_await take_sample();
  }
  following_ = false;
  outcome_.posting = posting_->last_answer() - posting_->begun();
  co_await take_sample();
}

}  // namespace

bool Outcome::is_good(Until until) const {
  if (posts.refused > 0 || posts.unanswered > 0) return false;
  return until == Until::accepted || (courses.settled() >= posts.accepted && courses.settled() == courses.seen());
}

Outcome run(const Options& options, const base::Secret& token, const OnProgress& on_progress) {
  return Run(options, token, on_progress).whole();
}

}  // namespace tools::bench
