#include "tools/cebgate/doctor/report.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "tools/cebgate/fault_text.h"
#include "tools/cebgate/json_text.h"

namespace tools::cebgate::doctor {

namespace {

std::string spoken(const Words& words, Language language) { return printable(say(language, words.zh, words.en)); }

// What speaks of a finding in one line of a terminal.
std::string_view word_for(Verdict verdict, Language language) {
  const bool is_zh = language == Language::zh;
  switch (verdict) {
    case Verdict::pass:
      return is_zh ? "通过" : "pass";
    case Verdict::warning:
      return is_zh ? "注意" : "warn";
    case Verdict::fail:
      return is_zh ? "不通过" : "FAIL";
    case Verdict::not_checkable:
      return is_zh ? "无法在此查验" : "not checkable";
  }
  return "";
}

std::string lines_of(const Finding& finding, Step step, Language language) {
  std::string lines = std::string(word_for(finding.verdict, language)) + "  " + spoken(finding.subject, language) +
                      say(language, "：", ": ") + spoken(finding.says, language) + "\n";
  if (finding.verdict == Verdict::pass) return lines;
  if (!finding.to_do.is_empty()) {
    lines += "      " + say(language, "怎么办：", "to do: ") + spoken(finding.to_do, language) + "\n";
  }
  lines += "      " + say(language, "联系：", "ask: ") + spoken(whom(finding, step), language) + "\n";
  return lines;
}

boost::json::object both(const Words& words) { return {{"zh", words.zh}, {"en", words.en}}; }

boost::json::object row_of(const Finding& finding, Step step) {
  boost::json::object of_step = both(name(step));
  of_step["number"] = number(step);
  boost::json::object row{{"verdict", word(finding.verdict)},
                          {"subject", finding.subject.en},
                          {"subject_zh", finding.subject.zh},
                          {"zh", finding.says.zh},
                          {"en", finding.says.en},
                          {"step", std::move(of_step)}};
  if (finding.verdict == Verdict::pass) return row;
  if (!finding.to_do.is_empty()) row["to_do"] = both(finding.to_do);
  row["ask"] = both(whom(finding, step));
  return row;
}

}  // namespace

Words title(Verdict verdict) {
  return {std::string(word_for(verdict, Language::zh)), std::string(word_for(verdict, Language::en))};
}

bool fails(const Report& report) {
  return std::ranges::any_of(report, [](const Section& section) {
    return std::ranges::find(section.findings, Verdict::fail, &Finding::verdict) != section.findings.end();
  });
}

std::string as_text(const Report& report, Language language) {
  std::string text;
  for (const auto& [step, findings] : report) {
    if (findings.empty()) continue;
    text += (text.empty() ? "" : "\n") + std::to_string(number(step)) + ". " + spoken(name(step), language) + "\n";
    for (const Finding& finding : findings) text += lines_of(finding, step, language);
  }
  return text;
}

std::string as_json(const Report& report) {
  boost::json::array rows;
  for (const auto& [step, findings] : report) {
    for (const Finding& finding : findings) rows.push_back(row_of(finding, step));
  }
  return pretty(rows);
}

}  // namespace tools::cebgate::doctor
