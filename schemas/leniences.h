// Where the specification contradicts itself about what customs sends (catalog/leniences.tsv), and what is let through
// for it when a receipt or a notice is read. Immutable after loading, so every thread may use it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/xml.h"
#include "schemas/table.h"

namespace schemas {

inline constexpr std::string_view lenient_code = "schema.lenient";

class Leniences {
 public:
  // Faults: data.file, data.column, data.row.
  static base::Result<Leniences> load(const DataFolders& folders);

  // Faults of the judge that are let through become warnings, schema.lenient, that say what and why; the rest stays.
  base::Faults soften(std::string_view type, base::Faults faults) const;

  // Gives a root that is known by another name its right one, and the warning that says so; nothing for another root.
  std::optional<base::Fault> mend_root(base::XmlDocument& document) const;

 private:
  struct Row {
    std::vector<std::string> types;  // "*": every one
    std::string place;
    std::vector<std::string> codes;  // of the judge's faults
    bool names_root = false;
    std::string zh, en;
  };
  base::Faults add(const Table& table);
  const Row* row_for(std::string_view type, const base::Fault& fault) const;

  std::vector<Row> rows_;
};

}  // namespace schemas
