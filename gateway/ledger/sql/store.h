// One kind of database as the ledger uses it: transactions on connections of its own. Calls block and may come from
// several threads.
#pragma once

#include <functional>

#include "gateway/ledger/sharing_book.h"
#include "gateway/ledger/sql/connection.h"

namespace gateway::ledger::sql {

class Store : public SharingBook {
 public:
  // Whether what was done shall be kept. It may be called again, where the database takes a transaction back.
  using Work = std::function<bool(SqlConnection&)>;

  // The one door for writes; durable when it returns. Nothing of the work is kept if it says so or throws.
  virtual void write(const Work& work) = 0;
  // One look at one moment, beside the writes.
  virtual void look(const std::function<void(SqlConnection&)>& work) = 0;
  // Whether no other gateway can be on this ledger.
  virtual bool is_alone() const = 0;
  // This gateway's place, as deliveries and turns name it.
  virtual std::string place() const = 0;
  // Gives the moves written since the last call their place in the feed of changes.
  virtual void number_moves() = 0;
};

}  // namespace gateway::ledger::sql
