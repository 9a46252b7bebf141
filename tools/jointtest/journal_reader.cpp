#include <algorithm>
#include <boost/json/parse.hpp>
#include <fstream>

#include "tools/jointtest/journal_lines.h"

namespace tools::jointtest {
namespace {

namespace json = boost::json;

base::Fault journal_fault(const std::filesystem::path& file, int line, std::string zh, std::string en) {
  return {"jointtest.journal", file.string(), std::move(zh), std::move(en), "docs/formats/joint-plan.md", line};
}

// Null where there is none.
const json::value& part_of(const json::value& line, std::string_view name) {
  static const json::value none;
  const json::value* found = line.get_object().if_contains(name);
  return found == nullptr ? none : *found;
}

class Reader {
 public:
  explicit Reader(std::filesystem::path file) : file_(std::move(file)) {}

  base::Result<Progressed> whole() {
    std::ifstream in(file_, std::ios::binary);
    if (!in) return journal_fault(file_, 0, "这里没有运行记录。", "There is no journal of a run here.");
    int number = 0;
    for (std::string text; std::getline(in, text);) {
      ++number;
      if (in.eof()) break;  // it was not finished
      boost::system::error_code error;
      const json::value line = json::parse(text, error);
      if (error || !line.is_object() || !take(line)) {
        return journal_fault(file_, number, "这一行无法读取。", "This line cannot be read.");
      }
    }
    if (!begun_) return journal_fault(file_, 0, "运行记录是空的。", "The journal is empty.");
    for (CaseResult& one : whole_.results.cases) one.verdict = verdict_of(one.steps);
    return std::move(whole_);
  }

 private:
  bool take(const json::value& line) {
    const std::string kind = text_of(line, "kind");
    if (kind == "run") {
      whole_ = read_run_line(line.get_object());
      begun_ = true;
      return true;
    }
    if (!begun_) return false;
    if (kind == "ended") whole_.results.ended = base::read_rfc3339(text_of(line, "at"));
    if (kind == "enterprise") take_enterprise(read_enterprise(part_of(line, "enterprise")));
    if (kind == "ended" || kind == "enterprise") return true;
    const StepPlace place{number_of(line, "case"), number_of(line, "step")};
    if (place.first >= whole_.results.cases.size()) return false;
    return kind == "messages" ? take_messages(place.first, line) : take_step(kind, place, line);
  }

  bool take_messages(std::size_t of_case, const json::value& line) {
    auto& messages = whole_.results.cases[of_case].messages;
    messages.clear();
    for (const json::value& one : array_of(line, "messages")) messages.push_back(read_message(one));
    return true;
  }

  bool take_step(const std::string& kind, StepPlace place, const json::value& line) {
    auto& steps = whole_.results.cases[place.first].steps;
    if (place.second >= steps.size()) return false;
    if (kind == "posting") whole_.postings[place] = {text_of(line, "key"), text_of(line, "body"), std::nullopt};
    if (kind == "posted") whole_.postings[place].id = text_of(line, "id");
    if (kind == "advanced") whole_.ahead_seconds = std::max(whole_.ahead_seconds, number_of(line, "ahead"));
    if (kind == "step") steps[place.second] = read_step(part_of(line, "result"));
    return true;
  }

  void take_enterprise(RunResult::Enterprise enterprise) {
    auto& all = whole_.results.enterprises;
    const auto found = std::ranges::find(all, enterprise.code, &RunResult::Enterprise::code);
    if (found == all.end()) return all.push_back(std::move(enterprise));
    *found = std::move(enterprise);
  }

  const std::filesystem::path file_;
  Progressed whole_;
  bool begun_ = false;
};

}  // namespace

Verdict verdict_of(const std::vector<StepResult>& steps) {
  for (const Verdict worst : {Verdict::failed, Verdict::open, Verdict::skipped}) {
    if (std::ranges::any_of(steps, [&](const StepResult& one) { return one.verdict == worst; })) return worst;
  }
  return Verdict::passed;
}

base::Result<Progressed> read_progress(const std::filesystem::path& run) { return Reader(run / journal_name).whole(); }

base::Result<RunResult> read_results(const std::filesystem::path& run) {
  auto progressed = read_progress(run);
  if (!progressed) return progressed.faults();
  return std::move(progressed->results);
}

}  // namespace tools::jointtest
