// What a document offers to do next, by its type and where it stands: catalog/offers.tsv. Faults name file and line
// (data.row), also for an offer that the corrections do not allow. Immutable after loading, so every thread may use it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "schemas/corrections.h"

namespace schemas {

// A value that a field of the new document's head gets in place of the source's.
struct Replacement {
  std::string field;
  std::optional<std::string> from;  // only where the source has this value; a source with another one gives none
  std::string value;
};

struct Offer {
  std::string action;    // declare, change, delete, cancel, refund
  std::string target;    // the new document's type
  bool is_next = false;  // the new document is the next version of the same one
  std::string app_type;
  std::vector<Replacement> replacements;
  std::vector<std::string> ask;       // head fields left to a person although the source has them
  std::vector<std::string> ask_rows;  // likewise fields of every row
  std::string link;                   // the field by which the new document names this one; empty for its next version
  std::vector<std::string> unless;    // types that, naming the same document, stand against the offer
  std::string zh, en;
};

class Offers {
 public:
  // The catalog needs to know its types already.
  static base::Result<Offers> load(const DataFolders& folders, const Catalog& catalog, const Corrections& corrections);

  // In the table's order.
  std::vector<const Offer*> of(std::string_view type, Standing standing) const;

 private:
  struct Row {
    std::string type;
    Standing standing = Standing::nothing_stored;
    Offer offer;
  };
  struct Loader;

  std::vector<Row> rows_;
};

}  // namespace schemas
