#include "tools/platform/scenario.h"

#include <fstream>
#include <sstream>

namespace tools::platform {
namespace {

// Goes back to the last '*' and lets it take one more character whenever the rest does not fit.
bool fits(std::string_view pattern, std::string_view text) {
  std::size_t p = 0, t = 0, star = std::string_view::npos, taken = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      taken = t;
    } else if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == text[t])) {
      ++p, ++t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++taken;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

base::Fault form_fault(int line, const std::string& zh, const std::string& en) {
  return {"scenario.form",
          "",
          "第 " + std::to_string(line) + " 行：" + zh,
          "line " + std::to_string(line) + ": " + en,
          "docs/formats/scenario.md",
          line};
}

}  // namespace

base::Result<Scenario> Scenario::read(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  if (!in || !(text << in.rdbuf())) {
    return base::Fault{"scenario.read",
                       "",
                       "无法读取场景文件 " + file.string(),
                       "cannot read the scenario file " + file.string(),
                       "",
                       0};
  }
  return parse(text.str());
}

base::Result<Scenario> Scenario::parse(std::string_view text) {
  Scenario scenario;
  base::Faults faults;
  std::istringstream in{std::string(text)};
  int number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    if (line.ends_with('\r')) line.pop_back();
    if (line.empty() || line.starts_with('#')) continue;
    const auto tab = line.find('\t');
    if (tab == 0 || tab == std::string::npos || tab + 1 == line.size()) {
      faults.push_back(
          form_fault(number, "应为“单证键样式<制表符>触发词”", "must be a key pattern, a tab and triggers"));
      continue;
    }
    const auto text_tab = line.find('\t', tab + 1);
    Line read{line.substr(0, tab), read_triggers(std::string_view(line).substr(tab + 1, text_tab - tab - 1))};
    if (text_tab != std::string::npos) read.triggers.text = line.substr(text_tab + 1);
    if (!read.triggers.text.empty() && !read.triggers.code) {
      faults.push_back(form_fault(number, "答复文字须有状态码触发词", "a text needs a trigger that is a status"));
    }
    for (const std::string& word : read.triggers.unknown) {
      faults.push_back(form_fault(number, "未知触发词 “" + word + "”", "no such trigger: \"" + word + "\""));
    }
    scenario.lines_.push_back(std::move(read));
  }
  if (scenario.lines_.size() > most_scenario_lines) {
    faults.push_back(form_fault(number, "最多 10000 行", "at most 10000 lines are allowed"));
  }
  if (!faults.empty()) return faults;
  return scenario;
}

Triggers Scenario::triggers(std::string_view key, std::string_view number) const {
  for (const Line& line : lines_) {
    if (fits(line.pattern, key)) return line.triggers;
  }
  return triggers_of_number(number);
}

}  // namespace tools::platform
