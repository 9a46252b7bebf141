// A failure of the store itself (disk full, damaged file, database away), in words that say what to do. Nothing half
// done stays.
#pragma once

#include <stdexcept>
#include <string>

namespace gateway::ledger {

// no_room: the disk is full. unusable: the database or its file cannot be worked with just now. The ledger tells of
// both by itself as they come and go (OperationsBook::on_health). other: a fault of this one call.
enum class Trouble { no_room, unusable, other };

class LedgerError : public std::runtime_error {
 public:
  explicit LedgerError(const std::string& what, Trouble trouble = Trouble::other)
      : std::runtime_error(what), trouble_(trouble) {}
  Trouble trouble() const { return trouble_; }

 private:
  Trouble trouble_;
};

}  // namespace gateway::ledger
