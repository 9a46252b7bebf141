// The list of findings for people and programs. Pure.
#pragma once

#include <string>
#include <vector>

#include "base/clock.h"
#include "tools/cebgate/doctor/finding.h"
#include "tools/cebgate/doctor/steps.h"
#include "tools/cebgate/language.h"

namespace tools::cebgate::doctor {

// What was found in one step.
struct Section {
  Step step = Step::settings;
  Findings findings;
};
using Report = std::vector<Section>;  // each step once, in their order

bool fails(const Report& report);
Words title(Verdict verdict);

std::string as_text(const Report& report, Language language);
std::string as_json(const Report& report);

struct Heading {
  std::string settings, version;  // the file; of the program
  base::Time at;
};
// One HTML file in both languages that prints, loads nothing and runs nothing.
std::string as_page(const Report& report, const Heading& heading);

}  // namespace tools::cebgate::doctor
