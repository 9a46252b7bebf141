// A few files in one zip (APPNOTE.TXT 6.3, deflated), in memory. What is read is foreign: names, counts and sizes are
// held against limits before and while anything is unpacked. Pure; safe from every thread.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace gateway::evidence {

struct File {
  std::string name, bytes;
};

// A message of 16 MiB, its envelope, and thousands of receipts have room.
struct ZipLimits {
  std::size_t files = 10'000;
  std::size_t file_bytes = std::size_t{48} << 20;    // of one, unpacked
  std::size_t all_bytes = std::size_t{128} << 20;    // of all, unpacked
  std::size_t packed_bytes = std::size_t{64} << 20;  // of the zip; as much as an answer of the API may have
};

// Of letters, digits, '.', '-' and '_', beginning with none of the last three: no folder, no way out of one.
bool is_plain_name(std::string_view name);

// evidence.too_large, with the limits in its words.
base::Fault too_large(const ZipLimits& limits);

// The same bytes for the same files: every file carries one fixed time. Fault evidence.too_large: over the limits.
base::Result<std::string> write_zip(std::span<const File> files, const ZipLimits& limits = {});

// In the order in which they stand. Faults: evidence.zip (none, or damaged), evidence.limits, evidence.name (not a
// plain one, or twice), evidence.encrypted; every one of them.
base::Result<std::vector<File>> read_zip(std::string_view zip, const ZipLimits& limits = {});

}  // namespace gateway::evidence
