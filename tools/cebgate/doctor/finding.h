// What the doctor has found: one line of the list, in both languages. Values.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tools::cebgate::doctor {

enum class Verdict { pass, warning, fail, not_checkable };
std::string_view word(Verdict verdict);  // of the JSON

// The same in both languages.
struct Words {
  std::string zh, en;

  bool is_empty() const { return zh.empty(); }
};

struct Finding {
  Verdict verdict = Verdict::pass;
  Words subject;  // what was looked at
  Words says;     // how it stands
  Words to_do{};  // empty: nothing, or `says` names it
  Words ask{};    // empty: the office of the step
};
using Findings = std::vector<Finding>;

void append(Findings& all, Findings more);

}  // namespace tools::cebgate::doctor
