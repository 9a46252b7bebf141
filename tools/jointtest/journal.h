// What a run has done so far, one JSON line each in RUN/journal.jsonl, for its owner alone: it holds whole messages. A
// line is on the disk before the run goes on. A last line that was not finished is cut off. Faults: jointtest.journal,
// with the line. One thread.
#pragma once

#include <boost/json/object.hpp>
#include <cstddef>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "tools/jointtest/results.h"
#include "tools/jointtest/scenario.h"

namespace tools::jointtest {

inline constexpr std::string_view journal_name = "journal.jsonl";

// A case of the plan and a step of it, both from 0.
using StepPlace = std::pair<std::size_t, std::size_t>;

struct Posting {
  std::string key, body;          // Idempotency-Key and the request; written before it is sent
  std::optional<std::string> id;  // what the gateway calls the document; absent: its answer is not known
};

// Everything that the journal of an interrupted run tells the one that goes on with it.
struct Progressed {
  RunResult results;
  std::string digest;  // of the plan and its scenarios
  std::string tag;     // stands in every number of the run
  std::string feed;    // where the feed stood at the start
  std::map<StepPlace, Posting> postings;
  std::size_t ahead_seconds = 0;  // what its steps have put the simulator's clock ahead
};

class Journal {
 public:
  // A new file in the folder, with what the run is; or the file that is there, at its end.
  static base::Result<Journal> begin(const std::filesystem::path& run, const Progressed& whole);
  static base::Result<Journal> go_on(const std::filesystem::path& run);
  Journal(Journal&& other) noexcept;
  Journal& operator=(Journal&&) = delete;
  ~Journal();

  void posting(StepPlace place, const Posting& posting);                        // about to be sent
  void posted(StepPlace place, const std::string& id);                          // answered
  void advanced(StepPlace place, std::chrono::seconds ahead);                   // the simulator's clock, all together
  void step(StepPlace place, const StepResult& result);                         // done
  void messages(std::size_t of_case, const std::vector<MessageResult>& found);  // in the place of what stood there
  void enterprise(const RunResult::Enterprise& enterprise);                     // likewise
  void ended(base::Time at);

 private:
  explicit Journal(int descriptor) : descriptor_(descriptor) {}
  void append(const boost::json::object& line);  // throws std::runtime_error where the disk takes no more

  int descriptor_ = -1;
};

// Failed if any step has; else open while any is; else skipped if any was.
Verdict verdict_of(const std::vector<StepResult>& steps);

base::Result<Progressed> read_progress(const std::filesystem::path& run);
base::Result<RunResult> read_results(const std::filesystem::path& run);

}  // namespace tools::jointtest
