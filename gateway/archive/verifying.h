// Whether an archive file holds, byte for byte, what was written: the file's digest, each frame's, what its index says,
// and the chain of entries of every document. Names every fault, each with the document it is about. Blocks; safe from
// every thread.
#pragma once

#include <cstddef>
#include <string>

#include "base/fault.h"
#include "gateway/archive/directory.h"

namespace gateway::archive {

struct Verified {
  std::size_t documents = 0, messages = 0;
  base::Faults faults;  // archive.missing, archive.index, archive.damaged, archive.chain
};

Verified verify(const Directory& directory, const std::string& name);

}  // namespace gateway::archive
