// How long documents of each type took from their acceptance on: until they were sent, until the first receipt, until
// they were settled. Pure.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "tools/jointtest/report/words.h"
#include "tools/jointtest/results.h"

namespace tools::jointtest::report {

enum class Station { sent, first_receipt, settled };
inline constexpr std::array<Station, 3> stations{Station::sent, Station::first_receipt, Station::settled};
Words title(Station station);

struct Figures {
  std::size_t count = 0;  // of documents that have come there
  std::chrono::milliseconds least{}, median{}, most{};
};

struct TypeTimes {
  std::string type;
  std::size_t documents = 0;
  std::array<std::optional<Figures>, stations.size()> figures;  // nothing: no document has come there
};

// By type; types of which no document has come anywhere are left out. A time that lies before the acceptance does not
// count: the clock was set.
std::vector<TypeTimes> answer_times(const RunResult& run);

std::optional<base::Time> first_receipt(const MessageResult& message);

}  // namespace tools::jointtest::report
