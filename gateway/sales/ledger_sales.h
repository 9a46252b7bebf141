// The documents of one sale as the ledger has them: newest versions, and what was reported of documents that others
// send. Calls block; immutable, so every thread may use it. What it refers to outlives it.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "codecs/ceb/sale.h"
#include "gateway/ledger/ledger.h"
#include "gateway/lifecycle/siblings.h"
#include "schemas/catalog.h"

namespace gateway::sales {

// A document as the ledger keeps it ("document" JSON that we wrote).
codecs::ceb::Element body_of(const schemas::MessageType& type, std::string_view document_json);

struct KnownSale {
  codecs::ceb::Sale sale;
  std::map<std::string, lifecycle::SiblingStanding> standings;  // of those that the ledger or a report told, by key

  // Of the one that this sibling rule of the subject names.
  lifecycle::SiblingStanding standing_of(const schemas::SiblingRule& rule) const;
};

// What counts.
struct Scope {
  std::string enterprise;                                     // whose reports
  std::function<bool(const std::string& enterprise)> counts;  // whose documents; absent: everybody's
  codecs::ceb::FindDocuments beside;                          // those of the same post come first; absent: none
  // What was refused or withdrawn: kept comes behind everything else.
  enum class Refused { left_out, kept };
  Refused refused = Refused::left_out;
};

class LedgerSales {
 public:
  LedgerSales(const schemas::Catalog& catalog, ledger::SiblingsBook& ledger) : catalog_(catalog), ledger_(ledger) {}

  // A document whose newest version deletes it (appType 3) is not there.
  KnownSale sale_of(codecs::ceb::OfSale subject, const Scope& scope) const;

 private:
  const schemas::Catalog& catalog_;
  ledger::SiblingsBook& ledger_;
};

}  // namespace gateway::sales
