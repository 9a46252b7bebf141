// A document that another system sent, as a row of an import says it, on its way from bytes to the ledger. Values only.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gateway/intake/candidate.h"
#include "gateway/ledger/records.h"

namespace gateway::intake {

enum class ImportResult { imported, updated, known };

struct ImportRow {
  Candidate candidate;                      // its body holds what the row knows of the document
  bool names_version = false;               // the row gives one
  std::string message_guid;                 // the root's; "" where it is not known
  std::string port;                         // "" where the enterprise's holds
  base::Time sent_at;                       // by the other system
  std::optional<ledger::ReceiptRow> heard;  // what customs said last
  std::vector<ledger::Number> learnt;       // that customs has given
  std::string kept;                         // the row as it is kept, without the document itself

  // Once its place is known:
  ImportResult result = ImportResult::imported;
  ledger::Summary summary;               // as it is to be, without an id where it is new
  std::optional<ledger::Import> import;  // what the ledger is to write; nothing for a known one
};

using ImportRows = std::vector<ImportRow>;

}  // namespace gateway::intake
