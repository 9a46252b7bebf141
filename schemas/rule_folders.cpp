#include "schemas/rule_folders.h"

#include <algorithm>
#include <array>
#include <utility>

namespace schemas {

namespace {

using std::filesystem::path;

constexpr std::array<std::string_view, 4> unjudged_columns{"id", "types", "zh", "en"};

std::vector<path> folders_of(const DataFolders& data) {
  std::vector<path> folders{data.ours / "rules"};
  if (!data.site.empty()) folders.push_back(data.site / "rules");
  return folders;
}

// In a steady order, so that the same folder gives the same texts everywhere.
std::vector<path> rule_files_in(const path& folder) {
  std::vector<path> files;
  if (!std::filesystem::is_directory(folder)) return files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".sch") files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

base::Fault stray(const path& file) {
  return {.code = "rules.read",
          .path = file.string(),
          .zh =
              "没有这种报文，此文件不会被读取；文件名应为报文类型（CEB311Message.sch）或种类（declaration.sch、"
              "receipt.sch、notice.sch、envelope.sch）",
          .en =
              "no message is called so and the file would never be read; name it after a message type "
              "(CEB311Message.sch) or a kind (declaration.sch, receipt.sch, notice.sch, envelope.sch)",
          .source = {}};
}

void add_new(std::vector<RuleText>& texts, RuleText text) {
  if (std::ranges::find(texts, text.id, &RuleText::id) == texts.end()) texts.push_back(std::move(text));
}

}  // namespace

RuleFolders::RuleFolders(DataFolders data, std::string edition)
    : data_(std::move(data)), edition_(std::move(edition)) {}

std::vector<path> RuleFolders::files_of(std::string_view kind, std::string_view type) const {
  std::vector<path> files;
  for (const path& folder : folders_of(data_)) {
    for (const std::string_view name : {kind, type}) {
      for (const path& within : {folder, folder / edition_}) {
        auto file = within / (std::string(name) + ".sch");
        if (std::filesystem::exists(file)) files.push_back(std::move(file));
      }
    }
  }
  return files;
}

base::Faults RuleFolders::strays(const std::vector<std::string>& names) const {
  base::Faults faults;
  if (data_.site.empty()) return faults;
  for (const path& folder : {data_.site / "rules", data_.site / "rules" / edition_}) {
    for (const path& file : rule_files_in(folder)) {
      if (std::ranges::find(names, file.stem().string()) == names.end()) faults.push_back(stray(file));
    }
  }
  return faults;
}

base::Result<std::vector<RuleText>> RuleFolders::texts() const {
  std::vector<path> files;
  for (const path& folder : folders_of(data_)) {
    std::ranges::move(rule_files_in(folder), std::back_inserter(files));
    std::ranges::move(rule_files_in(folder / edition_), std::back_inserter(files));
  }
  const auto rules = RuleSet::load(files, edition_);
  if (!rules) return rules.faults();
  const auto unjudged = Table::read(data_.ours / "rules" / "unjudged.tsv", unjudged_columns);
  if (!unjudged) return unjudged.faults();
  auto texts = rules->texts();
  for (const Table::Row& row : unjudged->rows()) {
    add_new(texts, {row.cells[0], row.cells[2], row.cells[3], {}, std::nullopt});
  }
  return texts;
}

}  // namespace schemas
