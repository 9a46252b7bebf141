// The chain that makes the history of a document provable: each entry's digest is SM3 over the digest before it and all
// that the entry says, so that none can be changed, taken out or slipped in unseen. The first entry of a version
// follows the last of the version before it. Pure; docs/formats/evidence.md.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/ledger/records.h"

namespace gateway::ledger {

// 32 bytes: SM3 over the fields, each with its length in front, so that no two different lists give the same bytes.
std::string digest_of(std::span<const std::string_view> fields);

// 32 bytes. `previous`: 32 bytes, or empty for the first entry of a document. `guid`: of the document's version.
std::string link(std::string_view previous, std::string_view guid, const MoveRow& entry);

// An entry and its digest as it was kept: 32 bytes, or empty where the entry is older than the chain.
struct ChainEntry {
  MoveRow move;
  std::string digest;
};

// The entries of one version, in the order in which they were written.
struct ChainedVersion {
  std::string guid;
  std::vector<ChainEntry> entries;
};

// does_not_follow: its digest is not the one over itself and the entry before it, so one of the two was changed,
// or something between them was taken out or slipped in. not_chained: it has no digest although earlier ones have.
enum class Break { does_not_follow, not_chained };

struct ChainBreak {
  std::size_t version = 0, entry = 0;  // places, from 0
  Break kind = Break::does_not_follow;
};

// Of all versions of one document, the oldest first. Each entry is held against the digest that is kept of the one
// before it, so that one wrong entry is one break. A version may go on after the next one has begun: the first entry of
// that follows any of its entries.
std::vector<ChainBreak> breaks(std::span<const ChainedVersion> versions);

}  // namespace gateway::ledger
