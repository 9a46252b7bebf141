// Orders for many documents at once, so that they go on after a restart and on whichever gateway has the turn.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "gateway/ledger/records.h"

namespace gateway::ledger {

class ReplaysBook {
 public:
  virtual ~ReplaysBook() = default;

  static constexpr std::chrono::hours preview_lasts{1};
  static constexpr std::size_t most_open_replays = 100;         // previews and those that run
  static constexpr std::chrono::hours documents_kept{24 * 30};  // of an order that has ended; the order itself stays

  // Drops what is past its time. Gives the number; nothing: as many are open as may be.
  virtual std::optional<std::int64_t> keep_preview(const Replay& preview, base::Time now) = 0;
  // Before its number is told to anybody; in several parts where there are many.
  virtual void add_to_preview(std::int64_t id, std::span<const ReplayDocument> documents) = 0;
  virtual std::optional<Replay> replay(std::int64_t id) = 0;
  // Newest first, those below `before` (0: from the top).
  virtual std::vector<Replay> replays(std::int64_t before, std::size_t most) = 0;
  // False: it is no preview, or no longer.
  virtual bool start_replay(std::int64_t id, std::int64_t pace, base::Time now) = 0;
  // False: it does not run.
  virtual bool stop_replay(std::int64_t id, const std::string& by, base::Time now) = 0;
  virtual std::optional<Replay> running_replay() = 0;  // the oldest
  // The first that is still to be looked at, with those that share its message: their bytes go together. A document
  // that is gone meanwhile has an empty id.
  virtual std::vector<ReplayDocument> next_of_replay(std::int64_t id) = 0;
  // Moves what is still as it was read and counts the rest as passed over, all in one transaction; ends the order with
  // its last document. False: it does not run any more, and nothing is written.
  virtual bool carry_out(std::int64_t id, std::span<const ReplayAct> acts, base::Time now) = 0;
};

}  // namespace gateway::ledger
