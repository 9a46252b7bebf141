#include "tools/jointtest/report/junit.h"

#include <algorithm>

#include "tools/jointtest/report/open_points.h"
#include "tools/jointtest/report/words.h"
#include "tools/markup/escaped.h"

namespace tools::jointtest::report {

namespace {

std::string attribute(std::string_view name, std::string_view text) {
  std::string line(text);
  std::ranges::replace(line, '\n', ' ');
  return " " + std::string(name) + "=\"" + markup::escaped(line) + "\"";
}

std::string in_both(const Words& words) {
  return words.zh.empty() || words.zh == words.en ? words.en : words.zh + " / " + words.en;
}

std::string line_of(const CaseResult& one, const StepResult& step) {
  const std::string why = in_both({step.zh, step.en});
  return place_of(one, step) + ": " + step.text + (why.empty() ? "" : ": " + why);
}

struct Telling {
  std::string first, all;  // lines
};

Telling steps_of(const CaseResult& one, Verdict verdict) {
  Telling told;
  for (const StepResult& step : one.steps) {
    if (step.verdict != verdict) continue;
    const std::string line = line_of(one, step);
    if (told.first.empty()) told.first = line;
    told.all += line + "\n";
  }
  if (told.first.empty()) told.first = one.name + ": " + in_both(title(verdict));
  return told;
}

std::string outcome_of(const CaseResult& one) {
  if (one.verdict == Verdict::passed) return "";
  const std::string element = one.verdict == Verdict::failed    ? "failure"
                              : one.verdict == Verdict::skipped ? "skipped"
                                                                : "error";
  const Telling told = steps_of(one, one.verdict);
  return "<" + element + attribute("type", word(one.verdict)) + attribute("message", told.first) + ">" +
         markup::escaped(told.all) + "</" + element + ">";
}

std::string steps_log(const CaseResult& one) {
  std::string text;
  for (const StepResult& step : one.steps) {
    text += std::string(word(step.verdict)) + " " + place_of(one, step) + " " + step.text + "\n";
  }
  return text.empty() ? "" : "<system-out>" + markup::escaped(text) + "</system-out>";
}

std::string case_xml(const CaseResult& one) {
  const auto took = duration_of(one);
  return "    <testcase" + attribute("classname", "jointtest." + one.name) +
         attribute("name", in_both({one.zh, one.en})) +
         attribute("time", seconds_text(took.value_or(std::chrono::milliseconds(0)))) + ">" + outcome_of(one) +
         steps_log(one) + "</testcase>\n";
}

std::string property(std::string_view name, std::string_view value) {
  return "      <property" + attribute("name", name) + attribute("value", value) + "/>\n";
}

std::string properties_of(const RunResult& run) {
  std::string xml = "    <properties>\n" + property("against", run.against);
  for (const std::string& version : run.versions) xml += property("version", version);
  for (const RunResult::Enterprise& one : run.enterprises) {
    xml += property("enterprise", one.code + " " + one.name) + property("dxp_id", one.dxp_id);
    for (const std::string& port : one.ports) xml += property("port", port);
  }
  return xml + "    </properties>\n";
}

std::string counts_of(const RunResult& run) {
  const auto took = between(run.began, run.ended);
  return attribute("tests", std::to_string(run.cases.size())) +
         attribute("failures", std::to_string(count(run, Verdict::failed))) +
         attribute("errors", std::to_string(count(run, Verdict::open))) +
         attribute("time", seconds_text(took.value_or(std::chrono::milliseconds(0))));
}

}  // namespace

std::string junit_xml(const RunResult& run) {
  const std::string name = attribute("name", in_both({run.plan_zh, run.plan_en}));
  std::string xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites" + name + counts_of(run) +
                    ">\n  <testsuite" + name + counts_of(run) +
                    attribute("skipped", std::to_string(count(run, Verdict::skipped)));
  if (run.began) xml += attribute("timestamp", base::rfc3339(*run.began));
  xml += ">\n" + properties_of(run);
  for (const CaseResult& one : run.cases) xml += case_xml(one);
  return xml + "  </testsuite>\n</testsuites>\n";
}

}  // namespace tools::jointtest::report
