// How many documents and received records are in each state. A transaction collects what it changes and writes it once,
// at its end: counting millions of rows for each look at the metrics would not do, nor would a write for each change.
// Belongs to a connection and its thread.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "gateway/ledger/sql/figures.h"

namespace gateway::ledger::sql {

class SqlConnection;

enum class Countable { documents, inbound };  // of documents the newest versions, by enterprise
std::string_view word(Countable things);

class Counts {
 public:
  using States = std::map<std::tuple<Countable, std::string, std::string>, std::int64_t>;
  struct Changes {
    States states;
    Figures figures;
  };

  void documents(const std::string& enterprise, std::string_view state, std::int64_t difference);
  void inbound(std::string_view state, std::int64_t difference);
  void move_document(const std::string& enterprise, std::string_view from, std::string_view to);
  void move_inbound(std::string_view from, std::string_view to);
  Figures& figures() { return changes_.figures; }

  const Changes& changes() const { return changes_; }
  void set(Changes changes) { changes_ = std::move(changes); }  // back to what they were
  void write(SqlConnection& connection);                        // and forgets them

 private:
  Changes changes_;
};

}  // namespace gateway::ledger::sql
