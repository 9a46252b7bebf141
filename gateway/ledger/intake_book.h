// What intake asks of the ledger.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "gateway/ledger/records.h"

namespace gateway::ledger {

class IntakeBook {
 public:
  virtual ~IntakeBook() = default;

  // For each key its newest version, or nothing.
  virtual std::vector<std::optional<Standing>> newest(std::span<const std::string> keys) = 0;
  virtual std::optional<Standing> newest_by_id(const std::string& id) = 0;
  virtual std::optional<Idempotent> idempotent(const std::string& client, const std::string& key) = 0;
  // All or nothing; nothing comes back (and nothing is written) if one of the keys has moved on. The summaries are in
  // the order given. `answer_of` makes the idempotent answer from them inside the same transaction, where there is one.
  struct IdempotencyKey {
    std::string client, key, request_digest;
    std::function<Idempotent(std::span<const Summary>)> answer_of;
  };
  virtual std::optional<std::vector<Summary>> accept(std::span<const NewVersion> versions,
                                                     const std::optional<IdempotencyKey>& idempotency,
                                                     base::Time now) = 0;
  virtual std::size_t waiting() = 0;  // documents not yet sent
};

}  // namespace gateway::ledger
