// A fault or an answer with what it means to a person: the form that faults and explanations share. Pure values.
#pragma once

#include <string>
#include <string_view>

#include "base/fault.h"
#include "schemas/meaning.h"
#include "schemas/text_pattern.h"

namespace schemas {

struct Explanation : base::Fault {
  Side side = Side::nobody;
  Remedy remedy = Remedy::none;
  std::string advice_zh, advice_en;  // empty for good news
  Parts parts;                       // what varies in the text, e.g. totalPrice and its value
  bool known = true;                 // false: no table has the code, so it is worth counting
};

Explanation explained(std::string_view code, const Meaning& meaning, base::Severity severity);

// Says that the code is not listed: `zh` and `en` go on what is told already, then stands the text that came with it,
// cut if it is long.
void tell_unlisted(Explanation& explanation, std::string_view zh, std::string_view en, std::string_view text);

}  // namespace schemas
