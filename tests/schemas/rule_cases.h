// tests/schemas/rules/: messages that keep every rule (base.tsv) and, rule by rule, changes that keep or break it
// (cases.tsv).
#pragma once

#include <string>
#include <vector>

#include "schemas/catalog.h"

namespace tests {

struct RuleCase {
  int line = 0;  // of cases.tsv
  std::string rule, edition;
  std::string root;  // "CEB311Message"
  std::string changes;
  std::string says;  // "nothing", "error" or "warning"

  std::string document() const;
};

std::vector<RuleCase> rule_cases();  // one for each root that a line names

// The shape of a message or envelope.
const schemas::Node& shape_of(const schemas::Catalog& catalog, const std::string& root);

}  // namespace tests
