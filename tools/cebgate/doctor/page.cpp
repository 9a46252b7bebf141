#include <array>

#include "tools/cebgate/doctor/report.h"
#include "tools/markup/escaped.h"

namespace tools::cebgate::doctor {

namespace {

using markup::escaped;

constexpr std::string_view style = R"(
body { font: 14px/1.5 sans-serif; margin: 2em auto; max-width: 60em; padding: 0 1em; color: #222; }
h1 { font-size: 1.5em; } h2 { font-size: 1.15em; margin: 1.5em 0 .4em; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; }
td, th { border: 1px solid #bbb; padding: .35em .6em; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
th.verdict { width: 8em; } th.subject { width: 30%; }
.en { color: #555; } .todo, .ask { margin-top: .3em; }
.pass { background: #e6f4e6; } .warning { background: #fff4d6; } .fail { background: #fbe0e0; }
.not_checkable { background: #eee; }
@media print { body { margin: 0; max-width: none; font-size: 11px; } tr { break-inside: avoid; } h2 { break-after: avoid; }
  td { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
)";

std::string both_languages(const Words& words) {
  return "<div lang=\"zh\">" + escaped(words.zh) + "</div><div class=\"en\" lang=\"en\">" + escaped(words.en) +
         "</div>";
}

std::string table_row_of(const Finding& finding, Step step) {
  std::string row = "<tr><td class=\"" + std::string(word(finding.verdict)) + "\">" +
                    both_languages(title(finding.verdict)) + "</td><td>" + both_languages(finding.subject) +
                    "</td><td>" + both_languages(finding.says);
  if (finding.verdict != Verdict::pass) {
    const Words office_of_it = whom(finding, step);
    if (!finding.to_do.is_empty()) {
      row += "<div class=\"todo\">" + both_languages({"怎么办：" + finding.to_do.zh, "To do: " + finding.to_do.en}) +
             "</div>";
    }
    row += "<div class=\"ask\">" + both_languages({"联系：" + office_of_it.zh, "Ask: " + office_of_it.en}) + "</div>";
  }
  return row + "</td></tr>\n";
}

std::string section_of(const Section& section) {
  const Words heading = name(section.step);
  std::string made = "<h2>" + std::to_string(number(section.step)) + ". " + escaped(heading.zh) +
                     " <span class=\"en\" lang=\"en\">" + escaped(heading.en) + "</span></h2>\n<table>\n" +
                     "<tr><th class=\"verdict\">结果 <span class=\"en\" lang=\"en\">Verdict</span></th>"
                     "<th class=\"subject\">查验对象 <span class=\"en\" lang=\"en\">Looked at</span></th>"
                     "<th>情况 <span class=\"en\" lang=\"en\">How it stands</span></th></tr>\n";
  for (const Finding& finding : section.findings) made += table_row_of(finding, section.step);
  return made + "</table>\n";
}

// How many there are of each verdict.
std::string summary_of(const Report& report) {
  std::array<std::size_t, 4> counts{};
  for (const auto& section : report) {
    for (const Finding& finding : section.findings) ++counts.at(static_cast<std::size_t>(finding.verdict));
  }
  std::string made = "<table><tr>";
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const auto verdict = static_cast<Verdict>(i);
    const std::string count = " " + std::to_string(counts.at(i));
    const Words of_it = title(verdict);
    made += "<td class=\"" + std::string(word(verdict)) + "\">" + both_languages({of_it.zh + count, of_it.en + count}) +
            "</td>";
  }
  return made + "</tr></table>\n";
}

}  // namespace

std::string as_page(const Report& report, const Heading& heading) {
  const Words about{
      "设置 " + heading.settings + "，" + base::china_text(heading.at) + "（北京时间），cebgate " + heading.version,
      "settings " + heading.settings + ", " + base::rfc3339(heading.at) + ", cebgate " + heading.version};
  std::string page =
      "<!DOCTYPE html>\n<html lang=\"zh\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
      "<title>cebgate doctor</title>\n<style>" +
      std::string(style) +
      "</style>\n</head>\n<body>\n<h1>接入准备检查 <span class=\"en\" lang=\"en\">Readiness for the "
      "platform</span></h1>\n" +
      both_languages(about) + summary_of(report);
  for (const Section& section : report) {
    if (!section.findings.empty()) page += section_of(section);
  }
  return page + "</body>\n</html>\n";
}

}  // namespace tools::cebgate::doctor
