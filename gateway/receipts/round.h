// Applies a handful of records. What they say is written in waves, each one transaction with at most one change of each
// document; what depends on a change of its wave waits for the next, in its order. One thread, one use.
#pragma once

#include <cstddef>
#include <deque>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "gateway/ledger/ledger.h"
#include "gateway/receipts/application.h"
#include "gateway/receipts/changes.h"
#include "gateway/sealing/sealing.h"

namespace gateway::receipts {

class Round {
 public:
  Round(const Tools& tools, std::span<const ledger::InboundRecord> records);
  ~Round();

  void run();
  bool has_learnt() const { return has_learnt_; }     // a number that no record has told before
  std::size_t finished() const { return finished_; }  // records that are fresh no more

 private:
  struct Item;    // one thing that a record says
  struct Record;  // what has become of what it says
  using Change = ledger::Ledger::Applied;
  enum class Look { changes, waits, ends };

  void open(std::size_t index);
  void run_wave();
  Look look(Item& item);
  Look look_for_document(Item& item);
  Look look_for_message(Item& item);
  bool passes_later(const sealing::Opened& refusal) const;
  Came how_it_came(const Item& item) const;
  void write(std::vector<Item> items);
  Look end(const Item& item, ledger::InboundState state, const std::string& reason);
  void close(std::size_t index);

  const Tools& tools_;
  std::span<const ledger::InboundRecord> records_;
  std::vector<Record> states_;
  std::deque<Item> waiting_;
  std::set<ledger::DocumentRef> in_wave_;
  bool wave_learns_ = false;
  bool has_learnt_ = false;
  std::size_t finished_ = 0;
};

}  // namespace gateway::receipts
