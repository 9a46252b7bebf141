// The folder of archive files: NAME.jsonl.zst with NAME.index.jsonl beside it. Files are for their owner alone, and are
// there whole or not at all. Faults: archive.directory, archive.missing, archive.index, archive.damaged. Calls block;
// safe from every thread.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "gateway/archive/index.h"

namespace gateway::archive {

class Directory {
 public:
  explicit Directory(std::filesystem::path folder) : folder_(std::move(folder)) {}

  const std::filesystem::path& folder() const { return folder_; }
  std::filesystem::path file(const std::string& name) const;
  std::filesystem::path index(const std::string& name) const;

  // Makes the folder where there is none, and tries a write.
  base::Done prepare() const;
  std::vector<std::string> names() const;  // of files and indexes, in their order
  void drop_unfinished() const;            // what a writer that died has left

  // Durable when it returns. Throws where the disk does not let it; then no file of that name is there.
  void store(const std::string& name, std::string_view frames, std::string_view index) const;
  void remove(const std::string& name) const;

  base::Result<std::string> read(const std::string& name) const;  // all frames
  base::Result<Index> read_index(const std::string& name) const;
  // The line in it, after its digest has been compared.
  base::Result<std::string> read_line(const std::string& name, const ledger::FramePlace& place) const;

 private:
  std::filesystem::path folder_;
};

}  // namespace gateway::archive
