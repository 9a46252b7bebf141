// Which documents belong to one sale, and by which fields they name each other: catalog/siblings.tsv; rows of a site's
// own come in place of ours. Faults name file and line (data.row). Immutable after loading, so every thread may use it.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "schemas/table.h"

namespace schemas {

class Catalog;

// Does a document of `type` wait at customs until its sibling is there?
enum class Awaited { yes, no };

struct SiblingRule {
  std::string type, sibling;
  std::vector<std::string> fields;  // of both heads; what names the sibling
  Awaited awaited = Awaited::no;
  std::string absent;  // what customs says while it waits: {ebpCode} stands for the field's value
};

class Siblings {
 public:
  // The catalog needs to know its types already.
  static base::Result<Siblings> load(const DataFolders& folders, const Catalog& catalog);

  std::span<const SiblingRule> rules() const { return rules_; }
  std::vector<const SiblingRule*> of(std::string_view type) const;         // whom documents of the type name
  std::vector<const SiblingRule*> naming(std::string_view sibling) const;  // by what documents of the type are named
  bool awaits(std::string_view type) const;                                // any sibling

 private:
  std::vector<SiblingRule> rules_;
};

}  // namespace schemas
