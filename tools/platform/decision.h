// What E-Port and customs say to one document: a pure function of the document, what was found wrong with its message,
// and what they have.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tools/platform/numbering.h"
#include "tools/platform/occasion.h"
#include "tools/platform/purchases.h"
#include "tools/platform/rulebook.h"
#include "tools/platform/step.h"
#include "tools/platform/store.h"

namespace tools::platform {

enum class Storing { nothing, store, erase };

struct Decision {
  Storing storing = Storing::nothing;
  std::vector<Step> steps;
  bool waiting = false;  // for a sibling
};

// What the inspection of the message says about this document.
struct Findings {
  std::optional<Finding> of_message;  // the first that stands against all of it
  std::string content;                // what the rules say; empty: nothing
};

// An inventory that was never numbered here may have been declared before, elsewhere.
enum class UnknownInventories { accepted, refused };

// All that they know.
struct Knowledge {
  const Rulebook& rules;
  const Store& store;
  const Numbering& numbering;
  const Purchases& purchases;
  UnknownInventories unknown_inventories = UnknownInventories::accepted;
};

// `forced`: what a trigger asks for, the final status or all of them.
Decision decide(const Submission& document, const Findings& findings, const std::optional<std::string>& forced,
                const PortNumbers& numbers, const Knowledge& known);

// The answer to a stored document: the siblings decide how far it goes.
Decision declare(const Submission& document, const Knowledge& known);

// What the document names by its invtNo, where it was numbered here and is still there.
const StoredDocument* inventory_of(const Submission& document, const Knowledge& known);

}  // namespace tools::platform
