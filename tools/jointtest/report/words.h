// What the report says in Chinese and in English, and the forms of its times and durations. Pure.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "schemas/catalog.h"
#include "tools/jointtest/results.h"

namespace tools::jointtest::report {

struct Words {
  std::string zh, en;
};

Words title(Verdict verdict);
std::string_view word(Verdict verdict);                                         // "passed": of files and style
Words title_of_type(const schemas::Catalog& catalog, const std::string& type);  // the name itself where it is unknown
std::string short_type(const std::string& type);                                // 311 of CEB311Message
Words title_of_state(const std::string& state);                                 // settled 已办结
Words title_of_outcome(const std::string& outcome);                             // released 放行
Words name_of_far_end(const std::string& against);

std::string duration_text(std::chrono::milliseconds duration);  // 230 ms, 4.21 s, 3 min 05 s, 2 h 10 min
std::string seconds_text(std::chrono::milliseconds duration);   // 4.210
// Between two moments that may not be known, or stand in the wrong order: nothing.
std::optional<std::chrono::milliseconds> between(const std::optional<base::Time>& from,
                                                 const std::optional<base::Time>& to);
std::optional<std::chrono::milliseconds> duration_of(
    const CaseResult& one);  // its first step's begin to its last's end

std::size_t count(const RunResult& run, Verdict verdict);  // of its cases
Verdict verdict_of(const RunResult& run);                  // failed before open before passed; skipped where all are

}  // namespace tools::jointtest::report
