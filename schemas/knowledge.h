// What codes mean, whose side they are on and what to do: answers of customs with what stands in their returnInfo,
// codes of the exchange platform, messages, faults of our own (schemas/knowledge, catalog/answers.tsv). An unknown code
// is no error: its explanation says so. Immutable once built; every thread may use it.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "schemas/answers.h"
#include "schemas/catalog.h"
#include "schemas/explanation.h"
#include "schemas/knowledge_tables.h"

namespace schemas {

struct RuleText;

// One of the meanings a bare code has.
struct Sense {
  Explanation explanation;
  std::vector<std::string> types;  // it holds for; empty: types have nothing to do with it
  std::optional<Effect> effect;    // of a status
  std::string outcome;
};

// A row as one leafs through them. Status: an answer of customs; the others by the table they stand in.
enum class ListedKind { status, customs_code, exchange_code, message, fault };
std::string_view word(ListedKind kind);  // "customs_code"
struct ListedMeaning {
  ListedKind kind = ListedKind::status;
  std::string code;
  std::vector<std::string> types;  // it holds for; empty: types have nothing to do with it
  const Meaning* meaning = nullptr;
};

class Knowledge {
 public:
  // The catalog must stand still and outlive it. Faults name file and line.
  static base::Result<Knowledge> load(const Catalog& catalog, const DataFolders& folders);

  // Explains each rule's fault code, rule.ID, by the rule's title. Before anybody else looks.
  void add_rules(std::span<const RuleText> rules);

  const Catalog& catalog() const { return *catalog_; }

  // An answer to a document. declared.type may also be the receipt's, or DxpRep for a code of the exchange platform. A
  // customs code within `info`, or words that are known, say more than the status.
  Explanation explain(const Declared& declared, std::string_view status, std::string_view info) const;

  // Whether a message that the exchange platform has answered with this code may pass later as it is: the platform
  // itself failed (表 7-1).
  bool passes_later(std::string_view transport_code) const;

  // Every meaning of a status, code, message name, fault code or text of a returnInfo, for one type (a declaration's or
  // its receipt's) or for all. Never empty: what is not known is explained as such.
  std::vector<Sense> meanings(std::string_view code, std::string_view type = {}) const;

  // Everything that has a code; the meanings are the knowledge's own.
  std::vector<ListedMeaning> listed() const;

 private:
  std::optional<Explanation> by_customs_code(const Declared& document, const Answer& answer,
                                             const ComparableText& info) const;
  std::optional<Explanation> by_words(const Declared& document, std::string_view status, const Answer& answer,
                                      const ComparableText& info) const;
  Explanation transport_code(std::string_view code, std::string_view info) const;

  const Catalog* catalog_ = nullptr;
  KnowledgeTables tables_;
};

}  // namespace schemas
