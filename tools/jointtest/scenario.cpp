#include "tools/jointtest/scenario.h"

#include <algorithm>
#include <fstream>
#include <map>
#include <optional>
#include <set>
#include <sstream>

#include "schemas/table.h"
#include "tools/jointtest/step_reader.h"
#include "tools/jointtest/text.h"
#include "tools/jointtest/words.h"

namespace tools::jointtest {
namespace {

std::optional<Deed> deed_of(std::string_view meaning) {
  static const std::map<std::string_view, Deed> deeds{{"post", Deed::post},
                                                      {"gateway_refuses", Deed::gateway_refuses},
                                                      {"others_send", Deed::others_send},
                                                      {"arrange", Deed::arrange},
                                                      {"answers", Deed::answers},
                                                      {"notifies", Deed::notifies},
                                                      {"clock", Deed::clock},
                                                      {"told", Deed::told},
                                                      {"ledger", Deed::ledger}};
  const auto found = deeds.find(meaning);
  return found == deeds.end() ? std::nullopt : std::optional(found->second);
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

base::Fault file_fault(const std::filesystem::path& file, const char* code, std::string zh, std::string en) {
  return {code, file.string(), std::move(zh), std::move(en), "docs/formats/joint-scenario.md", 0};
}

class Parser {
 public:
  Parser(const std::filesystem::path& file, const schemas::Catalog& catalog) : catalog_(catalog) {
    scenario_.file = file;
  }

  base::Result<Scenario> whole(std::string_view text) && {
    std::size_t number = 0;
    for (const std::string& line : schemas::split(text, '\n')) read_line(trimmed(line), ++number);
    finish();
    if (!faults_.empty()) return faults_;
    return std::move(scenario_);
  }

 private:
  void read_line(std::string_view line, std::size_t number) {
    constexpr std::string_view mark = "\xEF\xBB\xBF";
    if (number == 1 && line.starts_with(mark)) line = trimmed(line.substr(mark.size()));
    if (line.empty() || line.starts_with('#')) return;
    Step step;
    step.line = number;
    step.text = std::string(line);
    StepReader reader(catalog_, scenario_.file, step, faults_);
    std::string_view rest = line;
    const auto verb = Words::all().take("verb", rest);
    if (!verb) return complain_of_verb(reader);
    if (const auto deed = deed_of(*verb)) {
      step.deed = *deed;
      reader.read(rest);
      scenario_.steps.push_back(std::move(step));
    } else {
      const bool is_another_word = !trimmed(before_colon(rest)).empty();
      is_another_word ? complain_of_verb(reader) : read_heading(*verb, rest, line, reader);
    }
  }

  void complain_of_verb(StepReader& reader) {
    reader.complain("jointtest.verb", "这一行不以已知的词开头；可用：" + Words::all().listed_zh("verb") + "。",
                    "The line begins with no word that is known; there are: " + Words::all().listed_en("verb") + ".");
  }

  void read_heading(std::string_view verb, std::string_view value, std::string_view line, StepReader& reader) {
    if (value.empty()) {
      return reader.complain("jointtest.title", "冒号之后没有内容。", "Nothing stands behind the colon.");
    }
    if (!scenario_.steps.empty()) {
      return reader.complain("jointtest.sequence", "标题、通道和企业应写在第一步之前。",
                             "Title, channel and enterprise stand before the first step.");
    }
    if (verb == "channel") scenario_.channel = std::string(value);
    if (verb == "enterprise") scenario_.enterprise = std::string(value);
    if (verb != "title") return;
    (is_ascii(line.substr(0, 1)) ? scenario_.en : scenario_.zh) = std::string(value);
  }

  // What can be told of the steps only beside each other.
  void finish() {
    if (scenario_.zh.empty()) scenario_.zh = scenario_.en;
    if (scenario_.en.empty()) scenario_.en = scenario_.zh;
    if (scenario_.zh.empty() && faults_.empty()) {
      faults_.push_back(
          file_fault(scenario_.file, "jointtest.title", "缺少“场景：标题”。", "\"scenario: TITLE\" is missing."));
    }
    if (scenario_.steps.empty() && faults_.empty()) {
      faults_.push_back(
          file_fault(scenario_.file, "jointtest.sequence", "场景没有步骤。", "The scenario has no step."));
    }
    if (scenario_.steps.size() > most_steps) {
      faults_.push_back(file_fault(scenario_.file, "jointtest.limits",
                                   "一个场景最多 " + std::to_string(most_steps) + " 步。",
                                   "A scenario has at most " + std::to_string(most_steps) + " steps."));
    }
    for (Step& step : scenario_.steps) check_sequence(step);
  }

  void check_sequence(Step& step) {
    StepReader reader(catalog_, scenario_.file, step, faults_);
    const bool is_known = step.document.name.empty() || posted_.contains(step.document);
    for (const Change& change : step.changes) {
      if (change.how != Changing::taken || posted_.contains(change.from)) continue;
      reader.complain("jointtest.sequence", "取值的单证 " + change.from.name + " 前面没有发送过。",
                      "The document " + change.from.name + " that a value is taken from was not posted before.");
    }
    if (step.deed == Deed::post) posted_.insert(step.document);
    if (step.posts()) sent_.insert(step.document);
    if (step.deed == Deed::arrange && sent_.contains(step.document)) {
      reader.complain("jointtest.sequence", "模拟平台的安排应写在该单证首次发送之前。",
                      "What the simulator arranges for a document stands before that is first sent.");
    }
    if (is_known || step.posts() || step.needs_simulator()) return;
    reader.complain("jointtest.sequence", "单证 " + step.document.name + " 前面没有发送过。",
                    "The document " + step.document.name + " was not posted before.");
  }

  const schemas::Catalog& catalog_;
  Scenario scenario_;
  base::Faults faults_;
  std::set<DocumentName> posted_, sent_;
};

}  // namespace

std::vector<std::string> Scenario::types() const {
  std::vector<std::string> types;
  for (const Step& step : steps) {
    if (step.posts() && std::ranges::find(types, step.document.type) == types.end())
      types.push_back(step.document.type);
  }
  return types;
}

base::Result<Scenario> read_scenario(const std::filesystem::path& file, const schemas::Catalog& catalog) {
  std::ifstream in(file, std::ios::binary);
  if (!std::filesystem::is_regular_file(file) || !in) {
    return file_fault(file, "jointtest.file", "无法读取场景文件。", "The scenario file cannot be read.");
  }
  std::string text(most_scenario_bytes + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(in.gcount()));
  return parse_scenario(text, file, catalog);
}

base::Result<Scenario> parse_scenario(std::string_view text, const std::filesystem::path& file,
                                      const schemas::Catalog& catalog) {
  if (text.size() > most_scenario_bytes) {
    return file_fault(file, "jointtest.limits", "场景文件最大 64 KiB。", "A scenario file has at most 64 KiB.");
  }
  return Parser(file, catalog).whole(text);
}

}  // namespace tools::jointtest
