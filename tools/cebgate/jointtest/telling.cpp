#include "tools/cebgate/jointtest/telling.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <iostream>

#include "tools/cebgate/fault_text.h"
#include "tools/cebgate/json_text.h"

namespace tools::cebgate {

namespace {

using jointtest::CaseResult;
using jointtest::StepResult;
using jointtest::Verdict;

std::string verdict_word(Verdict verdict, Language language) {
  switch (verdict) {
    case Verdict::passed:
      return say(language, "通过", "passed");
    case Verdict::failed:
      return say(language, "未通过", "failed");
    case Verdict::skipped:
      return say(language, "跳过", "skipped");
    case Verdict::open:
      break;
  }
  return say(language, "未完成", "open");
}

const std::string& why(const StepResult& step, Language language) {
  return language == Language::zh ? step.zh : step.en;
}

std::size_t count(const std::vector<CaseResult>& cases, Verdict verdict) {
  return static_cast<std::size_t>(std::ranges::count(cases, verdict, &CaseResult::verdict));
}

std::string in_quotes(const std::string& text) { return "'" + text + "'"; }

}  // namespace

Telling::Telling(const jointtest::Plan& plan, Format format, Language language) : format_(format), language_(language) {
  std::size_t steps = 0;
  for (const auto& planned : plan.scenarios) {
    files_[planned.scenario.name()] = planned.scenario.file.string();
    steps += planned.scenario.steps.size();
  }
  if (format == Format::text) progress_.emplace(steps);
}

jointtest::Watching Telling::watching() {
  return {[this](const CaseResult& one, const StepResult& step) { step_waits(one, step); },
          [this](const CaseResult&, const StepResult&) { step_done(); },
          [this](const CaseResult& one) { case_done(one); }};
}

void Telling::step_waits(const CaseResult& one, const StepResult& step) const {
  if (!progress_) return;
  progress_->clear();
  std::cout << say(language_, "等待", "waiting") << "  " << place_of(one, step) << ": " << printable(step.text)
            << std::endl;
}

void Telling::step_done() {
  if (progress_) progress_->advance(1);
}

void Telling::case_done(const CaseResult& one) {
  if (!progress_) return;
  progress_->clear();
  std::cout << verdict_word(one.verdict, language_) << "  " << one.name << "  "
            << printable(language_ == Language::zh ? one.zh : one.en) << std::endl;
  print_failures(one);
}

std::string Telling::place_of(const CaseResult& one, const StepResult& step) const {
  const auto file = files_.find(one.name);
  return (file == files_.end() ? one.name : file->second) + ":" + std::to_string(step.line);
}

// What failed; of what was skipped the first alone, since the rest follows from it.
void Telling::print_failures(const CaseResult& one) const {
  for (const StepResult& step : one.steps) {
    if (step.verdict != Verdict::failed && step.verdict != Verdict::skipped) continue;
    std::cout << "  " << place_of(one, step) << ": " << printable(step.text) << "\n    "
              << printable(why(step, language_)) << std::endl;
    return;
  }
}

void Telling::finish(const jointtest::Ran& ran, const std::string& plan, const std::filesystem::path& folder) {
  progress_.reset();
  if (format_ == Format::json) return print_json(ran, folder);
  const auto& cases = ran.results.cases;
  std::cout << cases.size() << say(language_, " 个场景：", " in all: ");
  for (const Verdict verdict : {Verdict::passed, Verdict::failed, Verdict::skipped, Verdict::open}) {
    if (verdict != Verdict::passed && count(cases, verdict) == 0) continue;
    std::cout << (verdict == Verdict::passed ? "" : ", ") << count(cases, verdict) << " "
              << verdict_word(verdict, language_);
  }
  std::cout << "\n" << say(language_, "运行目录：", "the run's folder: ") << folder.string() << "\n";
  if (ran.ending == jointtest::Ending::all_done) return;
  std::cout << say(language_, "运行已停下；继续：", "stopped; to go on: ") << "cebgate jointtest run "
            << in_quotes(plan) << (ran.results.against == "platform" ? " --against platform" : "") << " --resume "
            << in_quotes(folder.string()) << "\n";
}

void Telling::print_json(const jointtest::Ran& ran, const std::filesystem::path& folder) const {
  boost::json::array cases;
  for (const CaseResult& one : ran.results.cases) {
    boost::json::array failures;
    for (const StepResult& step : one.steps) {
      if (step.verdict != Verdict::failed) continue;
      failures.push_back({{"place", place_of(one, step)}, {"step", step.text}, {"zh", step.zh}, {"en", step.en}});
    }
    cases.push_back(
        {{"name", one.name}, {"verdict", verdict_word(one.verdict, Language::en)}, {"failures", std::move(failures)}});
  }
  std::cout << pretty(boost::json::object{{"run", folder.string()},
                                          {"against", ran.results.against},
                                          {"stopped", ran.ending == jointtest::Ending::stopped},
                                          {"cases", std::move(cases)}});
}

}  // namespace tools::cebgate
