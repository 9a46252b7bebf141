// What taking over documents from another system asks of the ledger.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "gateway/ledger/records.h"

namespace gateway::ledger {

class ImportsBook {
 public:
  virtual ~ImportsBook() = default;

  // All or nothing; nothing comes back (and nothing is written) if one of the keys or documents has moved on. The ids
  // are in the order given. Of the DXPIDs concerned, what matched nothing or was another system's becomes fresh again,
  // the newest `most_matched_again` of each; sources that were read beyond the documents' time are to be caught up.
  static constexpr std::size_t most_matched_again = 10'000;
  virtual std::optional<std::vector<std::string>> take_over(std::span<const Import> imports, base::Time now) = 0;
  // From when on a source has to be asked once more; nothing as a rule.
  virtual std::optional<base::Time> catch_up(const WindowKey& key) = 0;
  // It was asked from `since` on, and what it told is kept.
  virtual void caught_up(const WindowKey& key, base::Time since) = 0;
};

}  // namespace gateway::ledger
