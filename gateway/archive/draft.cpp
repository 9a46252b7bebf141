#include "gateway/archive/draft.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "base/digest.h"
#include "gateway/archive/frames.h"

namespace gateway::archive {

void Draft::add(const ledger::LeavingMessage& message) {
  add_line(message.line);
  messages_.insert(message.guid);
}

void Draft::add(const ledger::LeavingDocument& document) {
  add_line(document.line);
  newest_change_ = std::max(newest_change_, document.changed_at);
  ++documents_;
}

void Draft::add_line(const std::string& line) {
  const std::string frame = frame_of(line);
  auto entry = entry_of(line, {static_cast<std::int64_t>(frames_.size()), static_cast<std::int64_t>(frame.size()),
                               base::sha256_hex(frame)});
  if (!entry) throw std::runtime_error(entry.faults().front().en);
  entries_.push_back(std::move(entry).value());
  frames_ += frame;
}

Index Draft::index(base::Time written_at) const {
  return {base::sha256_hex(frames_), static_cast<std::int64_t>(frames_.size()), written_at, newest_change_, entries_};
}

}  // namespace gateway::archive
