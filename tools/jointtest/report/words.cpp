#include "tools/jointtest/report/words.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <map>

#include "gateway/lifecycle/state.h"

namespace tools::jointtest::report {

namespace {

using std::chrono::milliseconds;

// Two numbers, the second one of two digits.
std::string in_two(std::chrono::milliseconds::rep whole, std::string_view unit, std::chrono::milliseconds::rep part,
                   std::string_view part_unit) {
  const std::string two_digits = (part < 10 ? "0" : "") + std::to_string(part);
  return std::to_string(whole) + " " + std::string(unit) + " " + two_digits + " " + std::string(part_unit);
}

}  // namespace

Words title(Verdict verdict) {
  switch (verdict) {
    case Verdict::passed:
      return {"通过", "passed"};
    case Verdict::failed:
      return {"未通过", "failed"};
    case Verdict::skipped:
      return {"跳过", "skipped"};
    case Verdict::open:
      return {"未执行", "not run"};
  }
  return {};
}

std::string_view word(Verdict verdict) {
  switch (verdict) {
    case Verdict::passed:
      return "passed";
    case Verdict::failed:
      return "failed";
    case Verdict::skipped:
      return "skipped";
    case Verdict::open:
      return "open";
  }
  return "open";
}

Words title_of_type(const schemas::Catalog& catalog, const std::string& type) {
  const schemas::MessageType* known = catalog.find(type);
  return known == nullptr ? Words{type, type} : Words{known->title_zh, known->title_en};
}

std::string short_type(const std::string& type) {
  constexpr std::string_view before = "CEB", behind = "Message";
  if (!type.starts_with(before) || !type.ends_with(behind) || type.size() <= before.size() + behind.size()) return type;
  return type.substr(before.size(), type.size() - before.size() - behind.size());
}

Words title_of_state(const std::string& state) {
  const auto known = gateway::lifecycle::read_state(state);
  return known ? Words{std::string(gateway::lifecycle::word_zh(*known)), state} : Words{state, state};
}

Words title_of_outcome(const std::string& outcome) {
  static const std::map<std::string, std::string, std::less<>> chinese{
      {"lodged", "已入库"}, {"released", "已放行"}, {"closed", "已结关"},    {"rejected", "已退单"},
      {"returned", "退运"}, {"detained", "扣留"},   {"cancelled", "已撤销"}, {"refunded", "已退货"}};
  const auto known = chinese.find(outcome);
  return {known == chinese.end() ? outcome : known->second, outcome};
}

Words name_of_far_end(const std::string& against) {
  if (against == "simulator") return {"模拟平台（cebgate-platform）", "the simulator (cebgate-platform)"};
  if (against == "platform") return {"公共服务平台", "the public service platform"};
  return {against, against};
}

std::string duration_text(milliseconds duration) {
  constexpr milliseconds::rep second = 1000, minute = 60 * second, hour = 60 * minute, day = 24 * hour;
  const auto count = duration.count();
  if (count < second) return std::to_string(count) + " ms";
  if (count < minute) {
    std::array<char, 16> text{};
    std::snprintf(text.data(), text.size(), "%.2f s", static_cast<double>(count - count % 10) / second);
    return text.data();
  }
  if (count < hour) return in_two(count / minute, "min", count % minute / second, "s");
  if (count < day) return in_two(count / hour, "h", count % hour / minute, "min");
  return in_two(count / day, "d", count % day / hour, "h");
}

std::string seconds_text(milliseconds duration) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%lld.%03lld", static_cast<long long>(duration.count() / 1000),
                static_cast<long long>(duration.count() % 1000));
  return text.data();
}

std::optional<milliseconds> between(const std::optional<base::Time>& from, const std::optional<base::Time>& to) {
  if (!from || !to || *to < *from) return std::nullopt;
  return *to - *from;
}

std::optional<milliseconds> duration_of(const CaseResult& one) {
  std::optional<base::Time> began, ended;
  for (const StepResult& step : one.steps) {
    if (step.began && (!began || *step.began < *began)) began = step.began;
    if (step.ended && (!ended || *step.ended > *ended)) ended = step.ended;
  }
  return between(began, ended);
}

std::size_t count(const RunResult& run, Verdict verdict) {
  return static_cast<std::size_t>(std::ranges::count(run.cases, verdict, &CaseResult::verdict));
}

Verdict verdict_of(const RunResult& run) {
  for (const Verdict verdict : {Verdict::failed, Verdict::open, Verdict::passed}) {
    if (count(run, verdict) > 0) return verdict;
  }
  return run.cases.empty() ? Verdict::open : Verdict::skipped;
}

}  // namespace tools::jointtest::report
