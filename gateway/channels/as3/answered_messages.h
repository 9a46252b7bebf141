// Which messages have been answered: one that comes again, with the same content, is answered again and not given a
// second time; another content under an id of before is another message.
// Bounded: the oldest are forgotten, and would be given again, which the ledger takes for a repetition. One thread.
#pragma once

#include <cstddef>
#include <deque>
#include <map>
#include <string>

namespace gateway::channels::as3 {

class AnsweredMessages {
 public:
  explicit AnsweredMessages(std::size_t most) : most_(most) {}

  void remember(const std::string& message_id, const std::string& digest);
  bool contains(const std::string& message_id, const std::string& digest) const;

 private:
  const std::size_t most_;
  std::map<std::string, std::string> digests_;
  std::deque<std::string> order_;  // oldest first
};

}  // namespace gateway::channels::as3
