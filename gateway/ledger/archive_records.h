// What leaves the ledger for the archive, and what it keeps of it, as values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gateway/ledger/records.h"

namespace gateway::ledger {

// What may leave: documents all of whose versions are finished, the newest of them settled, and about which nothing is
// running; what clients are told of them has been made into notices.
struct Retention {
  base::Time unchanged_since;
  std::vector<std::string> told_clients;
  base::Time now;
};

// All that the ledger knows of one document, all its versions.
struct LeavingDocument {
  std::string id, mark;  // mark: of exactly what was read
  base::Time changed_at;
  std::string line;                   // JSON in one line: docs/formats/archive.md
  std::vector<std::string> messages;  // guids of those it was in
};

struct LeavingMessage {
  std::string guid;
  std::string line;  // likewise
};

struct Harvest {
  std::vector<LeavingDocument> documents;
  std::string next;  // where the next look goes on; empty: at the beginning again
};

// Where a document stands in its file.
struct FramePlace {
  std::int64_t offset = 0, length = 0;
  std::string digest;  // SHA-256 of the frame, hexadecimal
};

struct ArchiveFile {
  std::string name;
  std::string digest;  // SHA-256 of the file, hexadecimal
  base::Time written_at, newest_change;
  std::int64_t documents = 0;  // archived in it, without those that were restored
  bool is_whole = false;       // all of its documents have left the ledger
};

// A document that is written and flushed, to be taken out if nothing has touched it since.
struct WrittenDocument {
  std::string id, mark;
  FramePlace place;
};

// What the ledger keeps of a document that has left.
struct ArchivedDocument {
  Summary summary;  // of the newest version
  std::string guid, content_digest, dxp_id;
  std::string file;
  FramePlace place;
};

// What a receipt says of the document that it belongs to.
struct Traces {
  std::vector<std::string> guids;
  std::vector<Number> numbers;
  std::string type;                                      // empty: the guids alone count
  std::vector<std::optional<std::string>> parts_of_key;  // as far as they are told
  std::string dxp_id;
};

struct Restoration {
  std::string id, line;               // as they were kept
  std::vector<std::string> messages;  // likewise: lines
  std::string by, reason;
  base::Time now;
};

// How far a look at old records has come.
struct Sweep {
  std::size_t dropped = 0;
  std::int64_t next = 0;  // the row it ended with; 0: at the beginning again
};

}  // namespace gateway::ledger
