// The tables of schemas/knowledge as rows: customs codes, known texts, codes of the exchange platform, messages, faults
// of our own. Faults of a table name its file and line.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "schemas/catalog.h"
#include "schemas/code_set.h"
#include "schemas/meaning.h"
#include "schemas/text_pattern.h"

namespace schemas {

struct KnowledgeRow {
  std::vector<std::string> types;  // declarations; empty: any
  CodeSet codes;
  TextPattern pattern;
  Meaning meaning;
  base::Severity severity = base::Severity::error;
  bool passes_later = false;  // of a code of the exchange platform: the platform itself failed

  bool holds_for(std::string_view type) const;
};

using KnowledgeRows = std::vector<KnowledgeRow>;

struct FoundRow {
  const KnowledgeRow* row = nullptr;  // nothing: no row has the code
  Parts parts;
};

// The first row that names the code and whose pattern fits, else the first that names it; then the same for ranges.
FoundRow find_row(const KnowledgeRows& rows, std::string_view type, std::string_view code, const ComparableText& text);

struct KnowledgeTables {
  KnowledgeRows customs_codes, texts, transport, messages, faults;
  Meaning unlisted;  // what is said of a code that no table has
  Meaning rule;      // what all rules of the specification have in common; their words are their titles

  static base::Result<KnowledgeTables> load(const Catalog& catalog, const DataFolders& folders);
};

inline constexpr std::size_t transport_code_digits = 4;

}  // namespace schemas
