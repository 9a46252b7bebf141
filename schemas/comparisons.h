// What the documents of one sale must agree in, and what customs answers where they do not: catalog/comparisons.tsv;
// rows of a site's own come in place of ours for the same fields. Faults name file and line (data.row). Immutable after
// loading, so every thread may use it.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "schemas/table.h"

namespace schemas {

class Catalog;

// As the table's head explains them.
enum class Comparing { equal, rows, sum };

struct Comparison {
  std::string left, right;  // types
  Comparing how = Comparing::equal;
  std::vector<std::string> left_fields, right_fields;  // one of the head; or of a row, the first says which row
  std::string code, zh, en;                            // of customs' refusal
};

class Comparisons {
 public:
  // The catalog needs to know its types already.
  static base::Result<Comparisons> load(const DataFolders& folders, const Catalog& catalog);

  std::span<const Comparison> all() const { return all_; }  // in the order in which customs looks

 private:
  std::vector<Comparison> all_;
};

}  // namespace schemas
