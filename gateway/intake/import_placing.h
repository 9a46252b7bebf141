// What a row of an import is to what the ledger has of its document: new, known, more of a known one, or a conflict;
// and what the ledger is to write. Where the document stands is lifecycle's fold of what customs said. Pure; safe from
// every thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "config/settings.h"
#include "gateway/intake/import_row.h"
#include "schemas/catalog.h"

namespace gateway::intake {

// What the ledger knows that bears on one row.
struct KnownOfImport {
  std::optional<ledger::Standing> newest;     // of its key
  std::vector<ledger::Standing> with_guid;    // versions whose own guid it is
  std::vector<ledger::Number> new_numbers;    // those of the row that its version does not have yet
  bool is_hidden = false;                     // the newest version belongs to an enterprise that the caller may not see
  bool earlier_version_reached_port = false;  // of the version whose guid it is
};

class ImportPlacing {
 public:
  ImportPlacing(const config::Settings& settings, const schemas::Catalog& catalog)
      : settings_(settings), catalog_(catalog) {}

  // Sets result, summary and import, or refuses.
  void place(ImportRow& row, const KnownOfImport& known, const std::string& by, base::Time now) const;

 private:
  void add(ImportRow& row, const std::string& by, base::Time now) const;
  void add_to(ImportRow& row, const ledger::Standing& standing, const KnownOfImport& known, const std::string& by,
              base::Time now) const;
  void move_on(ledger::Import& import, const ledger::Standing& standing, const lifecycle::Deliveries& deliveries,
               base::Time now) const;

  const config::Settings& settings_;
  const schemas::Catalog& catalog_;
};

}  // namespace gateway::intake
