// What a forger does to evidence: writes it as the gateway does after having changed it, or links its chain anew.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "gateway/evidence/package.h"

namespace tests {

// As the gateway would write it had the ledger held this.
inline std::vector<gateway::evidence::File> forged(const gateway::evidence::Package& package) {
  return gateway::evidence::files_of(package.evidence, package.manifest.made_at, package.manifest.edition);
}

// As one would who owns the ledger.
inline void link_anew(gateway::ledger::KeptVersion& version, std::string previous, std::size_t from = 0) {
  for (std::size_t i = from; i < version.entries.size(); ++i) {
    previous = gateway::ledger::link(previous, version.guid, version.entries[i].move);
    version.entries[i].digest = previous;
  }
}

inline void link_anew(gateway::evidence::Package& package) {
  std::string previous;
  for (auto& version : package.evidence.versions) {
    link_anew(version, previous);
    previous = version.entries.empty() ? previous : version.entries.back().digest;
  }
}

}  // namespace tests
