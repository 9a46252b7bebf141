// What persons keep of documents beside what happens to them, as values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/clock.h"
#include "gateway/ledger/records.h"

namespace gateway::ledger {

struct Note {
  std::int64_t number = 0;  // over all of them; not read when one is added
  base::Time at;
  std::string by, text;
};

// What a person knows of a code of customs beyond the knowledge base.
struct CodeNote {
  std::string code, text;
  std::string by;
  base::Time at;
};

// Who looks after a document.
struct Assignment {
  std::string to;  // a person, or `to_erp`
  std::string by, reason;
  base::Time at;
};
inline constexpr std::string_view to_erp = "erp";  // its sender is told and mends it

// How many newest versions stand alike, of those made in a span of time.
struct Stand {
  std::string enterprise, port, type;
  State state = State::accepted;
  std::string outcome;
  std::int64_t documents = 0;
};

struct StandQuery {
  base::Time since, until;  // created_at, since inclusive, until exclusive
  std::optional<std::string> enterprise, port;
  std::vector<std::string> enterprises;  // what the caller may see; empty: all
};

}  // namespace gateway::ledger
