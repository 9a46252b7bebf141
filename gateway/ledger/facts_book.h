// What other enterprises have sent (payments, waybills), as clients report it, so that documents can be compared with
// it. A fact belongs to the enterprise that it was reported for, and counts for its documents alone.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "gateway/ledger/records.h"

namespace gateway::ledger {

struct Fact {
  std::int64_t row = 0;  // the order of reporting; not read when it is kept
  std::string enterprise, type, key, number;
  std::string document;         // the "document" JSON text: what is known of it
  std::string status;           // the last returnStatus of customs; empty: not known
  std::vector<Number> numbers;  // that it is found by; not in what is read
  std::string client;
  base::Time reported_at;
};

struct FactQuery {
  std::optional<std::string> type, key, enterprise;  // key: the whole key or the number
  std::optional<base::Time> since, until;            // reported_at, since inclusive, until exclusive
  std::vector<std::string> enterprises;              // what the caller may see; empty: all
  std::size_t limit = 100;
  std::string cursor;  // from the page before; empty: newest first from the top
};

struct FactPage {
  std::vector<Fact> facts;
  std::optional<std::string> next;
};

class FactsBook {
 public:
  virtual ~FactsBook() = default;

  // Facts are forgotten so long after they were reported last.
  static constexpr std::chrono::hours facts_are_kept_for{24 * 366};
  // The newer one takes the place of what the enterprise reported of the key before. Whatever waits for it is looked at
  // again. In the order given.
  enum class KeptFact { added, replaced, known };
  virtual std::vector<KeptFact> keep_facts(std::span<const Fact> facts, base::Time now) = 0;
  virtual FactPage facts(const FactQuery& query) = 0;
};

}  // namespace gateway::ledger
