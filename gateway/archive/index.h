// The index beside an archive file: JSON lines, the first about the file, then one for each frame, in their order, the
// last with the digest of those before it. All
// that an entry says of a document is read from its line, so that it can be made again and compared. Pure.
#pragma once

#include <boost/json/value.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "gateway/ledger/archive_records.h"

namespace gateway::archive {

struct Entry {
  enum class Kind { document, message };
  Kind kind = Kind::document;
  std::string name;  // the document's id, the message's guid
  std::string mark;  // of a document: what the ledger compares
  ledger::FramePlace place;
  boost::json::value told;  // the whole entry: an object
};

struct Index {
  std::string file_digest;
  std::int64_t file_bytes = 0;
  base::Time written_at, newest_change;
  std::vector<Entry> entries;
};

// Of the frame's line. Faults: archive.damaged.
base::Result<Entry> entry_of(std::string_view line, ledger::FramePlace place);

std::string written(const Index& index);
// Faults: archive.index.
base::Result<Index> read_index(std::string_view text);

}  // namespace gateway::archive
