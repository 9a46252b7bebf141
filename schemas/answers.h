// What a receipt's returnStatus means for a document, by what was declared: catalog/answers.tsv. Faults name file and
// line (data.row). Immutable after loading, so every thread may use it.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "schemas/code_set.h"
#include "schemas/meaning.h"
#include "schemas/text_pattern.h"

namespace schemas {

class Catalog;

enum class Effect { pass, settle, refuse, hold, already_there };
std::string_view word(Effect effect);  // "already_there"

struct Answer : Meaning {
  Effect effect = Effect::pass;
  std::string
      outcome;  // lodged, released, closed, rejected, returned, detained, cancelled, refunded; empty: nothing new
  TextPattern pattern;  // of returnInfo; empty: it varies in nothing that is known
  Fit fit = Fit::none;  // whether its status is named, stands in a range, or is not in the data

  bool known() const { return fit != Fit::none; }
};

// What has to be known of a document to read an answer to it.
struct Declared {
  std::string_view type, app_type, app_status;
};

// One row of the table, for people: what it holds for, in its own words (blanks, * and A..B), and what it may mean.
struct ListedAnswer {
  std::string_view app_type, app_status, status;
  std::span<const Answer> meanings;
};

class Answers {
 public:
  // The catalog needs to know its types already.
  static base::Result<Answers> load(const DataFolders& folders, const MeaningReader& meanings, const Catalog& catalog);

  // One as a rule; several where the specification gives one code two meanings. A status that is not in the data
  // passes, a negative one refuses. Never empty.
  std::span<const Answer> all(const Declared& declared, std::string_view status) const;
  // Every row that can hold for the type, in the table's order; they point into the table.
  std::vector<ListedAnswer> listed(std::string_view type) const;

 private:
  struct Row {
    std::vector<std::string> cells;  // the first four, as written: rows that repeat them add a meaning
    std::vector<std::string> types;
    CodeSet app_types, app_statuses, statuses;
    std::vector<Answer> answers;
  };
  struct Loader;

  std::vector<Row> rows_;
  std::vector<Answer> unlisted_, unlisted_error_;
};

}  // namespace schemas
