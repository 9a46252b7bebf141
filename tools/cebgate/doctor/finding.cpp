#include "tools/cebgate/doctor/finding.h"

#include <iterator>
#include <utility>

namespace tools::cebgate::doctor {

std::string_view word(Verdict verdict) {
  switch (verdict) {
    case Verdict::pass:
      return "pass";
    case Verdict::warning:
      return "warning";
    case Verdict::fail:
      return "fail";
    case Verdict::not_checkable:
      return "not_checkable";
  }
  return "";
}

void append(Findings& all, Findings more) {
  all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

}  // namespace tools::cebgate::doctor
