// What the next version of a declaration may be, by its type and where it stands: catalog/corrections.tsv, which has a
// row for every declaration and standing. Faults name file and line (data.row). Immutable after loading, so every
// thread may use it.
#pragma once

#include <array>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "schemas/table.h"

namespace schemas {

class Catalog;

// As the table's head explains them.
enum class Standing {
  nothing_stored,
  draft,
  stored,
  rejected_stored,
  declared,
  released,
  closed,
  cancelled,
  done,
  decided
};
inline constexpr std::size_t standing_count = 10;
std::string_view word(Standing standing);  // "nothing_stored"

// The standings that a cell names; what is none goes to `faults`.
std::vector<Standing> read_standings(const Table& table, const Table::Row& row, const std::string& text,
                                     base::Faults& faults);

struct Correction {
  std::vector<std::string> app_types;       // allowed for the next version, the first is the default; empty: none is
  std::vector<std::string> carry;           // numbers that a change or deletion must have
  std::vector<std::string> carry_if_known;  // numbers that it has where a receipt has told them
  std::string zh, en;                       // why, and what to do instead where none is allowed
};

class Corrections {
 public:
  // The catalog needs to know its types already.
  static base::Result<Corrections> load(const DataFolders& folders, const Catalog& catalog);

  // Of a declaration; one without any allowed appType for another type.
  const Correction& of(std::string_view type, Standing standing) const;

 private:
  struct Loader;

  std::map<std::string, std::array<Correction, standing_count>, std::less<>> by_type_;
};

}  // namespace schemas
