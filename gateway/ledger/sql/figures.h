// Figures of the flow, kept as things happen: how many documents came to each state, in each minute and each day of
// China, how long the settled ones took, and which codes refused. Part of the counts of a transaction.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <tuple>

#include "base/clock.h"

namespace gateway::ledger::sql {

class SqlConnection;

enum class FigureOf { minute, day };
std::string_view word(FigureOf span);
base::Time beginning_of(FigureOf span, base::Time at);

// Settled ones are counted by how long they took: each class is 1.2 times as long as the one before it, so that a
// percentile read from them is less than a tenth off.
int duration_class(std::chrono::milliseconds took);
double seconds_of(int duration_class);  // its middle

class Figures {
 public:
  // `of`: a duration class of "settled", "TYPE CODE" of "code", else empty.
  void add(FigureOf span, base::Time at, const std::string& enterprise, std::string_view event, std::string of = {});
  void write(SqlConnection& connection);  // and forgets them

 private:
  using Figure = std::tuple<std::string_view, std::int64_t, std::string, std::string, std::string>;
  std::map<Figure, std::int64_t> figures_;
};

}  // namespace gateway::ledger::sql
