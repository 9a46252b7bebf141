// Folds all receipts of one version of a document, by returnTime and then arrival, into state, stage and outcome.
// Pure; late, repeated and reordered receipts give the same picture.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "base/clock.h"
#include "gateway/lifecycle/state.h"
#include "schemas/catalog.h"

namespace gateway::lifecycle {

struct ReceiptFact {
  std::string status;        // returnStatus
  base::Time returned_at;    // returnTime
  std::int64_t arrival = 0;  // order of arrival
  schemas::Answer answer;
  std::string info;  // returnInfo
};

// What is known beside the receipts.
struct Deliveries {
  int begun = 0;                              // deliveries of this version
  bool earlier_version_reached_port = false;  // of the same key
};

struct Picture {
  State state = State::accepted;
  std::string stage;    // the last customs status
  std::string outcome;  // lodged, released …
  std::string reason;   // why refused or held, for people

  bool operator==(const Picture&) const = default;
};

// `before` is what the ledger holds now; `receipts` are all of this version, the new one included, in any order.
Picture fold(const Picture& before, std::span<const ReceiptFact> receipts, const Deliveries& deliveries);

// Where the document stands for the corrections table.
schemas::Standing standing_of(const Picture& picture, std::span<const ReceiptFact> receipts, std::string_view app_type);

}  // namespace gateway::lifecycle
