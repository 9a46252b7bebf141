// The rules between fields, as ISO Schematron (queryBinding xslt) over libxml2's XPath 1.0. Subset: title, ns, let,
// phase, active, pattern, rule, assert, report, value-of; id, role, see, schemaVersion. Anything else in a file is a
// fault (rules.read) with file and line.
//
// A pattern is one rule of the specification and its id the rule's; an assert's own id goes before it. A text is the
// Chinese sentence, a bar, the English one: "中文 | English"; a pattern's title says the rule in general.
// role="warning" makes a warning; see is the section ("3.1.4") in the edition that schemaVersion names, else the clause
// of the node counts. A context that is no absolute path matches anywhere, as in XSLT. The phase "signature" lists the
// patterns that ask for a signature.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "schemas/judge.h"
#include "schemas/shape.h"

struct _xmlDoc;

namespace schemas {

struct RuleFile;

// A rule in general, for people who look it up.
struct RuleText {
  std::string id, zh, en;
  std::string clause;  // "报文规范 202205 §3.1.4"; empty: that of each field it concerns
  std::optional<base::Severity>
      severity;  // the gravest it has; nothing: no machine can judge it, and the text says why
};

// For one thread at a time: evaluating writes into the compiled expressions.
class RuleSet {
 public:
  static base::Result<RuleSet> load(const std::vector<std::filesystem::path>& files, const std::string& edition);
  RuleSet(RuleSet&&) noexcept;
  RuleSet& operator=(RuleSet&&) noexcept;
  ~RuleSet();

  // Drops what can match nothing in a message of that shape, which most rules of a kind's file cannot.
  void keep_what_can_match(const Node& root);

  // With `none_yet` the phase "signature" is left out.
  base::Faults apply(const Node& root, _xmlDoc* document, SignatureDemand demand) const;
  std::vector<RuleText> texts() const;  // of the patterns that have a title, each id once, in the order of the files

 private:
  RuleSet();
  std::string edition_;
  std::vector<RuleFile> files_;
};

}  // namespace schemas
