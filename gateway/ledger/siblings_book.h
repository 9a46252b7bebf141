// Documents of one sale, found by the numbers that they share, and those that wait for others of their sale before they
// are sealed.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "gateway/ledger/facts_book.h"
#include "gateway/ledger/records.h"

namespace gateway::ledger {

struct WaitingDocument {
  DocumentRef ref;
  std::string type, key, enterprise, body, reason;
  std::int64_t revision = 0;
  base::Time created_at, waits_until;
};

class SiblingsBook {
 public:
  virtual ~SiblingsBook() = default;

  // Newest versions of the type that have the number, and likewise facts of the enterprise; the newest `most_alike`,
  // newest first.
  static constexpr std::size_t most_alike = 200;
  virtual std::vector<Standing> documents_with(const std::string& type, const Number& number) = 0;
  virtual std::vector<Fact> facts_with(const std::string& enterprise, const std::string& type,
                                       const Number& number) = 0;

  // Those that are to be looked at, the longest due first.
  virtual std::vector<WaitingDocument> waiting_for_siblings(base::Time now, std::size_t most) = 0;
  // It is looked at again at move.due; an entry in its chain where the reason is another. False: it has moved on, or
  // one of its siblings has.
  virtual bool wait_on(const Move& move, base::Time now) = 0;
  // It waits no more and is due now; false likewise.
  virtual bool let_go(const Move& move, base::Time now) = 0;
};

}  // namespace gateway::ledger
