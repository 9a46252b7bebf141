#include "tools/jointtest/report/open_points.h"

#include <algorithm>
#include <iterator>

#include "gateway/lifecycle/state.h"
#include "tools/jointtest/report/places.h"

namespace tools::jointtest::report {

namespace {

class Gathering {
 public:
  explicit Gathering(const schemas::Catalog& catalog) : catalog_(catalog) {}

  void gather(const CaseResult& one, std::size_t index) {
    if (one.verdict == Verdict::open || one.verdict == Verdict::skipped) {
      gather_whole(one, index);
    } else {
      gather_steps(one, index);
    }
    for (std::size_t i = 0; i < one.messages.size(); ++i) {
      gather_message(one, one.messages[i], id_of_message(index, i));
    }
  }

  std::vector<OpenPoint> points() {
    std::ranges::stable_sort(points_, {}, &OpenPoint::kind);
    return std::move(points_);
  }

 private:
  // One point, whatever the number of its steps.
  void gather_whole(const CaseResult& one, std::size_t index) {
    const auto first = std::ranges::find(one.steps, one.verdict, &StepResult::verdict);
    OpenPoint point{
        one.verdict == Verdict::open ? OpenKind::not_run : OpenKind::skipped, one.name, "", {}, id_of_case(index)};
    if (first == one.steps.end()) {
      point.says = {one.zh, one.en};
    } else if (one.verdict == Verdict::skipped) {
      point.place = place_of(one, *first);
      point.step = first->text;
      point.says = {first->zh, first->en};
    } else {
      const auto left = std::to_string(std::ranges::count(one.steps, Verdict::open, &StepResult::verdict));
      point.place = place_of(one, *first);
      point.step = first->text;
      point.says = {"自此起有 " + left + " 步未执行", left + " steps from here on were not run"};
    }
    points_.push_back(std::move(point));
  }

  // Steps that follow each other and were skipped for one reason are one point.
  void gather_steps(const CaseResult& one, std::size_t index) {
    for (std::size_t i = 0; i < one.steps.size(); ++i) {
      const StepResult& step = one.steps[i];
      if (step.verdict == Verdict::failed) {
        points_.push_back({OpenKind::failed, place_of(one, step), step.text, {step.zh, step.en}, id_of_step(index, i)});
      } else if (step.verdict == Verdict::skipped) {
        const std::size_t first = i;
        while (i + 1 < one.steps.size() && is_skipped_alike(one.steps[i + 1], step)) ++i;
        points_.push_back({OpenKind::skipped, place_of(one, step), step.text, why_skipped(step, i - first + 1),
                           id_of_step(index, first)});
      }
    }
  }

  static bool is_skipped_alike(const StepResult& a, const StepResult& b) {
    return a.verdict == Verdict::skipped && a.zh == b.zh && a.en == b.en;
  }

  static Words why_skipped(const StepResult& step, std::size_t steps) {
    if (steps == 1) return {step.zh, step.en};
    const std::string count = std::to_string(steps);
    return {step.zh + "（自此起 " + count + " 步）", step.en + " (" + count + " steps from here on)"};
  }

  void gather_message(const CaseResult& one, const MessageResult& message, const std::string& id) {
    const Words type = title_of_type(catalog_, message.type);
    const auto add = [&](OpenKind kind, const Words& says) {
      Words told{type.zh + "：" + says.zh, type.en + ": " + says.en};
      if (one.verdict == Verdict::passed) told = {told.zh + "（所在用例已通过）", told.en + " (its case passed)"};
      points_.push_back({kind, message.key, "", std::move(told), id});
    };
    const auto state = gateway::lifecycle::read_state(message.state);
    if (!state || !gateway::lifecycle::is_final(*state)) {
      const Words of_it = title_of_state(message.state);
      add(OpenKind::not_ended, {"停在“" + of_it.zh + "”", "it stays " + of_it.en});
    }
    if (!message.bytes.empty() && !message.signature_valid) {
      add(OpenKind::bad_signature, {message.signature_zh, message.signature_en});
    }
  }

  const schemas::Catalog& catalog_;
  std::vector<OpenPoint> points_;
};

}  // namespace

Words title(OpenKind kind) {
  switch (kind) {
    case OpenKind::failed:
      return {"步骤未通过", "step failed"};
    case OpenKind::not_run:
      return {"未执行", "not run"};
    case OpenKind::skipped:
      return {"跳过", "skipped"};
    case OpenKind::not_ended:
      return {"单证未办结", "document not settled"};
    case OpenKind::bad_signature:
      return {"签名无效", "bad signature"};
  }
  return {};
}

std::vector<OpenPoint> open_points(const RunResult& run, const schemas::Catalog& catalog) {
  Gathering gathering(catalog);
  for (std::size_t i = 0; i < run.cases.size(); ++i) gathering.gather(run.cases[i], i);
  return gathering.points();
}

std::string place_of(const CaseResult& one, const StepResult& step) {
  return one.name + ":" + std::to_string(step.line);
}

}  // namespace tools::jointtest::report
