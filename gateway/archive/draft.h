// An archive file while it is filled, in memory and therefore small: it is full long before a gateway feels it. One
// thread at a time.
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include "gateway/archive/index.h"

namespace gateway::archive {

inline constexpr std::size_t most_documents = 1'000;
inline constexpr std::size_t most_bytes = std::size_t{16} << 20;

class Draft {
 public:
  bool has_message(const std::string& guid) const { return messages_.contains(guid); }
  // Before the first of its documents.
  void add(const ledger::LeavingMessage& message);
  void add(const ledger::LeavingDocument& document);

  bool is_empty() const { return documents_ == 0; }
  bool is_full() const { return documents_ >= most_documents || frames_.size() >= most_bytes; }
  const std::string& frames() const { return frames_; }
  // With the digest of the file as it is now.
  Index index(base::Time written_at) const;

 private:
  void add_line(const std::string& line);

  std::string frames_;
  std::vector<Entry> entries_;
  std::set<std::string> messages_;
  std::size_t documents_ = 0;
  base::Time newest_change_;
};

}  // namespace gateway::archive
