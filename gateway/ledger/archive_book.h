// What the archive asks of the ledger: finished documents to be written to files, taken out once the file is safe, and
// put back; and what is left of those that are away.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "gateway/ledger/archive_records.h"

namespace gateway::ledger {

class ArchiveBook {
 public:
  virtual ~ArchiveBook() = default;

  // Of the next `looked_at` settled documents, by the age of their newest version, those that may leave. `from`: where
  // the look before ended.
  virtual Harvest finished_documents(const Retention& retention, const std::string& from, std::size_t looked_at) = 0;
  virtual std::optional<LeavingMessage> kept_message(const std::string& guid) = 0;
  // Names the file, unless it is named already. In one transaction: those leave that are still as they were written
  // and may still leave, and a small row of each stays. Gives how many.
  virtual std::size_t take_out(const ArchiveFile& file, std::span<const WrittenDocument> documents,
                               const Retention& retention) = 0;
  virtual void finish_file(const std::string& name) = 0;
  virtual std::vector<ArchiveFile> archive_files() = 0;  // the oldest first
  // Forgets the file and the documents in it.
  virtual void drop_file(const std::string& name) = 0;

  virtual std::vector<ArchivedDocument> archived_keys(std::span<const std::string> keys) = 0;
  // By id, key or number; several have the same number.
  virtual std::vector<ArchivedDocument> archived(const std::string& name) = 0;
  // The one that a receipt is about; of several that fit, the newest.
  virtual std::optional<ArchivedDocument> archived_by(const Traces& traces) = 0;
  // Puts it back as it was, with an entry in its chain that says so. False: it is in the ledger.
  virtual bool restore(const Restoration& restoration) = 0;

  // Of the next `looked_at` received records after the row `after` those are dropped that are older than `before` and
  // belong to no document here: foreign ones, and applied ones whose documents have left. Numbers of other systems'
  // documents that were not seen since go likewise.
  virtual Sweep sweep_inbound(base::Time before, std::int64_t after, std::size_t looked_at) = 0;
};

}  // namespace gateway::ledger
