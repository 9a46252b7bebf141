// What E-Port and customs say to one document: a pure function of the document, what was found wrong with its message,
// and what is stored.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tools/platform/conduct.h"
#include "tools/platform/numbering.h"
#include "tools/platform/store.h"

namespace tools::platform {

enum class Storing { nothing, store, erase };

struct Decision {
  Storing storing = Storing::nothing;
  std::vector<Step> steps;
  bool waiting = false;  // for a sibling
};

// What the inspection of the message says about this document; empty: nothing.
struct Findings {
  std::string signature, enterprise, content;
};

// `forced` is the final status that a trigger asks for.
Decision decide(const Submission& document, const Conduct& conduct, const Findings& findings,
                const std::optional<std::string>& forced, const PortNumbers& numbers, const Store& store);

// The answer to a stored document: the siblings decide how far it goes.
Decision declare(const Submission& document, const Conduct& conduct, const Store& store);

}  // namespace tools::platform
