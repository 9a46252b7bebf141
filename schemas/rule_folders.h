// Where the rules of a message are found: in rules/ of our data folder, then of the site's; in each, first what all of
// its kind keep (declaration.sch), then its own (CEB311Message.sch), and each first for every edition, then in a
// subfolder for one (202205/CEB311Message.sch). All of them apply, in this order.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "schemas/rules.h"
#include "schemas/table.h"

namespace schemas {

class RuleFolders {
 public:
  RuleFolders(DataFolders data, std::string edition);

  std::vector<std::filesystem::path> files_of(std::string_view kind, std::string_view type) const;
  // Files of the site that would never be read, `names` being all kinds and types.
  base::Faults strays(const std::vector<std::string>& names) const;
  // Every rule by its id, with those that no machine judges (unjudged.tsv).
  base::Result<std::vector<RuleText>> texts() const;

 private:
  DataFolders data_;
  std::string edition_;
};

}  // namespace schemas
