// Compares posted documents with the others of their sale: those of the same post, those in the ledger that the caller
// may see, and what was reported for the enterprise. Blocks; immutable, so every thread may use it.
#pragma once

#include "gateway/http/caller.h"
#include "gateway/intake/candidate.h"
#include "gateway/sales/ledger_sales.h"

namespace gateway::intake {

class CrossCheck {
 public:
  CrossCheck(const schemas::Catalog& catalog, ledger::SiblingsBook& ledger)
      : catalog_(catalog), sales_(catalog, ledger) {}

  // by_settings: as each enterprise's cross_check says. as_asked: what differs is a fault of any document.
  enum class Manner { by_settings, as_asked };
  static bool is_wanted(const Candidates& candidates);  // by the settings of any
  // Adds cross.differs; and as warnings cross.less_so_far and cross.missing.
  void check(const http::Caller& caller, Candidates& candidates, Manner manner) const;

 private:
  class Post;
  void check_one(const http::Caller& caller, const Post& post, Candidate& candidate, base::Severity severity) const;

  const schemas::Catalog& catalog_;
  sales::LedgerSales sales_;
};

}  // namespace gateway::intake
