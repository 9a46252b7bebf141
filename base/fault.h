// One thing that is wrong, told to a person: what, where, what is allowed, what to do. Both languages are always
// filled.
#pragma once

#include <string>
#include <vector>

namespace base {

enum class Severity { error, warning };

struct Fault {
  std::string code;    // stable and machine-readable, e.g. "schema.length", "rule.I311-04", "json.syntax"
  std::string path;    // XPath with positions, or a JSON Pointer; empty: the whole input
  std::string zh, en;  // one sentence each
  std::string source;  // clause, e.g. "报文规范 202205 §3.1.4"; may be empty
  int line = 0;        // from 1; 0: not known
  Severity severity = Severity::error;
};

using Faults = std::vector<Fault>;

bool has_error(const Faults& faults);

}  // namespace base
