#include "tools/jointtest/run.h"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <csignal>
#include <exception>
#include <fcntl.h>
#include <fstream>
#include <memory>
#include <sstream>
#include <sys/file.h>
#include <unistd.h>

#include "base/digest.h"
#include "tools/jointtest/case_run.h"

namespace tools::jointtest {
namespace {

namespace asio = boost::asio;

constexpr std::chrono::milliseconds between_readings_of_the_feed{100};

// Unique among the runs of years, and short enough for the 20 characters of a copNo.
std::string tag_of(base::Time began) {
  constexpr std::string_view all = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  auto seconds = std::chrono::duration_cast<std::chrono::seconds>(began.time_since_epoch()).count();
  std::string tag(6, '0');
  for (auto at = tag.rbegin(); at != tag.rend(); ++at, seconds /= 36) *at = all[static_cast<std::size_t>(seconds % 36)];
  return tag;
}

std::string bytes_of(const std::filesystem::path& file) {
  std::ostringstream text;
  text << std::ifstream(file, std::ios::binary).rdbuf();
  return text.str();
}

std::string digest_of(const Plan& plan) {
  std::string all = bytes_of(plan.file);
  for (const PlannedScenario& one : plan.scenarios) all += base::sha256_hex(bytes_of(one.scenario.file));
  return base::sha256_hex(all);
}

std::string_view word(Against against) { return against == Against::platform ? "platform" : "simulator"; }

CaseResult open_case(const Scenario& scenario) {
  CaseResult one;
  one.name = scenario.name();
  one.zh = scenario.zh;
  one.en = scenario.en;
  one.types = scenario.types();
  for (const Step& step : scenario.steps) {
    StepResult result;
    result.line = step.line;
    result.text = step.text;
    one.steps.push_back(std::move(result));
  }
  return one;
}

Progressed fresh(const Plan& plan, const RunTerms& terms, base::Time now) {
  Progressed progress;
  progress.digest = digest_of(plan);
  progress.tag = tag_of(now);
  RunResult& results = progress.results;
  results.plan_zh = plan.zh;
  results.plan_en = plan.en;
  results.against = word(terms.against);
  results.versions = terms.versions;
  results.began = now;
  for (const PlannedScenario& one : plan.scenarios) results.cases.push_back(open_case(one.scenario));
  return progress;
}

// What the simulator is told before it starts: lines of its scenario file, by the numbers that the run will use.
std::string arrangements(const Plan& plan, const schemas::Catalog& catalog, const std::string& tag) {
  std::string lines = "# what the scenarios have the simulator arrange\n";
  for (std::size_t i = 0; i < plan.scenarios.size(); ++i) {
    const Scenario& scenario = plan.scenarios[i].scenario;
    for (const Step& step : scenario.steps) {
      if (step.deed != Deed::arrange) continue;
      const auto& [type, name] = step.document;
      const auto document =
          plan.documents.filled(type, number_for(tag, i, name), plan.cast(scenario), base::Time(), {}, {});
      lines += type + "/*/" + number_of(*catalog.find(type), document) + "\t" + step.triggers;
      lines += (step.answer.empty() ? "" : "\t" + step.answer) + "\n";
    }
  }
  return lines;
}

base::Fault other_plan(const std::filesystem::path& run) {
  return {"jointtest.journal", run.string(), "这次运行用的是另一份计划，或计划、场景在其后改过；请重新运行。",
          "This run was of another plan, or the plan or a scenario was changed since; run it anew.",
          "docs/formats/joint-plan.md"};
}

// One run in a folder at a time; goes with the process.
class Hold {
 public:
  explicit Hold(const std::filesystem::path& run)
      : descriptor_(::open((run / "lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)),
        is_ours_(descriptor_ >= 0 && ::flock(descriptor_, LOCK_EX | LOCK_NB) == 0) {}
  Hold(const Hold&) = delete;
  Hold& operator=(const Hold&) = delete;
  ~Hold() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  bool is_ours() const { return is_ours_; }

 private:
  int descriptor_;
  bool is_ours_;
};

base::Fault held_elsewhere(const std::filesystem::path& run) {
  return {"jointtest.journal", run.string(), "该目录不可写，或另一个进程正在其中运行。",
          "The folder cannot be written, or another process runs in it.", "docs/formats/joint-plan.md"};
}

class Run {
 public:
  Run(const Plan& plan, const RunTerms& terms, const Site& site, Journal& journal, Progressed& progress)
      : plan_(plan),
        gateway_(site.gateway(), site.ca(), site.token()),
        feed_(gateway_, progress.feed),
        ground_{plan, terms, site, gateway_, nullptr, feed_, journal, progress, clock_} {
    if (!site.others().empty()) ground_.others = &others_.emplace(site.others(), site.ca(), site.token());
  }

  Ending whole() {
    asio::signal_set signals(io_, SIGINT, SIGTERM);
    signals.async_wait([this](boost::system::error_code error, int) { ground_.stopping = ground_.stopping || !error; });
    for (std::size_t i = 0; i < std::min(plan_.at_once, plan_.scenarios.size()); ++i) {
      ++working_;
      asio::co_spawn(io_, work(), [this, &signals](std::exception_ptr error) {
        if (error) ground_.stopping = true;
        if (error && !error_) error_ = error;
        if (--working_ == 0) signals.cancel();
      });
    }
    asio::co_spawn(io_, follow(), [this](std::exception_ptr error) {
      if (error && !error_) error_ = error;
    });
    io_.run();
    if (error_) std::rethrow_exception(error_);
    return ground_.stopping ? Ending::stopped : Ending::all_done;
  }

 private:
  // Takes up one case after the other.
  asio::awaitable<void> work() {
    while (next_ < plan_.scenarios.size() && !ground_.stopping) {
      CaseRun one(ground_, next_++);
      co_await one.whole();
    }
  }

  asio::awaitable<void> follow() {
    while (working_ > 0) {
      co_await feed_.read();
      asio::steady_timer timer(co_await asio::this_coro::executor, between_readings_of_the_feed);
      co_await timer.async_wait(asio::use_awaitable);
    }
  }

  const Plan& plan_;
  const base::SystemClock clock_;
  asio::io_context io_{1};
  const Api gateway_;
  std::optional<Api> others_;
  Feed feed_;
  Ground ground_;
  std::size_t next_ = 0, working_ = 0;
  std::exception_ptr error_;
};

// Before the first document of the run is posted.
std::string end_of_feed(const Site& site) {
  const Api api(site.gateway(), site.ca(), site.token());
  Feed feed(api, "");
  asio::io_context io(1);
  asio::co_spawn(io, feed.go_to_the_end(), [](std::exception_ptr error) {
    if (error) std::rethrow_exception(error);
  });
  io.run();
  return feed.cursor();
}

base::Result<Site> site_for(const Plan& plan, const RunTerms& terms, const Progressed& progress) {
  if (terms.against == Against::platform) return Site::of_operator(plan, terms.place);
  return Site::simulated(plan, terms.place, arrangements(plan, *terms.catalog, progress.tag),
                         std::chrono::seconds(progress.ahead_seconds));
}

base::Result<Progressed> progress_of(const Plan& plan, const RunTerms& terms, bool goes_on) {
  if (!goes_on) return fresh(plan, terms, base::SystemClock().now());
  auto progress = read_progress(terms.place.run);
  if (progress && (progress->digest != digest_of(plan) || progress->results.against != word(terms.against))) {
    return other_plan(terms.place.run);
  }
  return progress;
}

}  // namespace

base::Result<Ran> run_plan(Plan plan, const RunTerms& terms) {
  if (terms.against == Against::platform && !plan.platform.settings.empty()) {
    const auto settings = config::read_settings(plan.platform.settings);
    if (!settings) return settings.faults();
    play_for(plan, *settings);
  }
  if (const base::Faults faults = faults_against(plan, *terms.catalog, terms.against); !faults.empty()) return faults;
  const Hold hold(terms.place.run);
  if (!hold.is_ours()) return held_elsewhere(terms.place.run);
  const bool goes_on = std::filesystem::exists(terms.place.run / journal_name);
  auto progress = progress_of(plan, terms, goes_on);
  if (!progress) return progress.faults();
  auto site = site_for(plan, terms, *progress);
  if (!site) return site.faults();
  if (!goes_on) {
    progress->results.enterprises = site->enterprises();
    if (terms.against == Against::platform) progress->feed = end_of_feed(*site);
  }
  auto journal = goes_on ? Journal::go_on(terms.place.run) : Journal::begin(terms.place.run, *progress);
  if (!journal) return journal.faults();
  const Ending ending = Run(plan, terms, *site, *journal, *progress).whole();
  if (ending == Ending::all_done) {
    progress->results.ended = base::SystemClock().now();
    journal->ended(*progress->results.ended);
  }
  for (CaseResult& one : progress->results.cases) one.verdict = verdict_of(one.steps);
  return Ran{std::move(progress->results), ending};
}

}  // namespace tools::jointtest
