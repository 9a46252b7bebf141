// What customs tells unasked (tax sheets, results of summaries): about which document each is, by which of its numbers
// it is found and what is shown of it: catalog/notices.tsv. Faults name file and line (data.row). Immutable after
// loading, so every thread may use it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "schemas/table.h"

namespace schemas {

class Catalog;

struct NoticeRule {
  struct By {
    std::string kind, field;  // the document's number, and what the notice calls it
  };
  std::string type, about;  // CEB816Message, CEB621Message
  std::string place;        // rows of which each names a document; empty: the head names it
  std::vector<By> by;       // in the order in which they are tried
  std::string time_field, status_field;
  std::vector<std::string> figures;
};

class Notices {
 public:
  // The catalog needs to know its types already.
  static base::Result<Notices> load(const DataFolders& folders, const Catalog& catalog);

  // None for a notice of which the table does not say what it is about.
  std::vector<const NoticeRule*> of(std::string_view type) const;

 private:
  std::vector<NoticeRule> rules_;
};

// What a notice is called where a returnStatus would stand: CEB792 of CEB792Message.
std::string_view short_name(std::string_view type);

}  // namespace schemas
