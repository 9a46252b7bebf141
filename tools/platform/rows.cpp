#include "tools/platform/rows.h"

namespace tools::platform {

std::vector<const codecs::ceb::Element*> rows_of(const Submission& document) {
  std::vector<const codecs::ceb::Element*> rows;
  for (const codecs::ceb::Element& one : document.body.children) {
    if (one.name == document.type->list) rows.push_back(&one);
  }
  return rows;
}

std::string text_in(const codecs::ceb::Element& row, std::string_view name) {
  const codecs::ceb::Element* found = row.child(name);
  return found == nullptr ? "" : found->text;
}

}  // namespace tools::platform
