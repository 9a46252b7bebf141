// What a posted document is to the newest version of its key: the same again, the next version, or a conflict; and what
// is filled in accordingly. Pure; safe from every thread.
#pragma once

#include <optional>

#include "base/clock.h"
#include "gateway/intake/candidate.h"
#include "gateway/ledger/archive_records.h"
#include "schemas/catalog.h"

namespace gateway::intake {

// What the ledger knows that bears on one candidate.
struct Known {
  std::optional<ledger::Standing> newest;            // of its key
  std::optional<ledger::ArchivedDocument> archived;  // likewise, where it is away and could not be brought back
  bool is_hidden = false;   // the newest version belongs to an enterprise that the caller may not see
  bool guid_taken = false;  // the guid posted belongs to a version already
};

class Versions {
 public:
  explicit Versions(const schemas::Catalog& catalog) : catalog_(catalog) {}

  // Sets `known`, or version, digest and everything filled in, or refuses.
  void place(Candidate& candidate, const Known& known, base::Time now) const;

 private:
  bool has_content_of(const Candidate& candidate, const ledger::Standing& newest) const;
  void correct(Candidate& candidate, const ledger::Standing& newest, base::Time now) const;
  void carry(Candidate& candidate, const ledger::Standing& newest, const schemas::Correction& correction) const;

  const schemas::Catalog& catalog_;
};

}  // namespace gateway::intake
