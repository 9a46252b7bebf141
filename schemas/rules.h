// The rules between fields, as ISO Schematron (queryBinding xslt) over libxml2's XPath 1.0. Subset: title, ns, let,
// pattern, rule, assert, report, value-of; id, role, see. Anything else in a file is a fault (rules.read) with file and
// line.
//
// A pattern is one rule of the specification and its id the rule's; an assert's own id goes before it. Its text is the
// Chinese sentence, a bar, the English one: "中文 | English". role="warning" makes a warning; see is the clause
// ("3.1.4"), else the clause of the node. A context that is no absolute path matches anywhere, as in XSLT.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "schemas/shape.h"

struct _xmlDoc;

namespace schemas {

struct RulePattern;

// For one thread at a time: evaluating writes into the compiled expressions.
class RuleSet {
 public:
  static base::Result<RuleSet> load(const std::vector<std::filesystem::path>& files, const std::string& edition);
  RuleSet(RuleSet&&) noexcept;
  RuleSet& operator=(RuleSet&&) noexcept;
  ~RuleSet();

  bool empty() const { return patterns_.empty(); }
  base::Faults apply(const Node& root, _xmlDoc* document) const;

 private:
  RuleSet();
  std::string edition_;
  std::vector<RulePattern> patterns_;
};

}  // namespace schemas
