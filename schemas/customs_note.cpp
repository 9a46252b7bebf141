#include "schemas/customs_note.h"

#include <algorithm>

namespace schemas {

std::vector<CustomsNote> customs_notes(const ComparableText& info) {
  constexpr std::string_view head = "[Code:", middle = ";Desc:";
  const std::string_view text = info.folded();
  std::vector<CustomsNote> notes;
  auto at = text.find(head);
  while (at != std::string_view::npos && notes.size() < most_notes) {
    const auto next = text.find(head, at + head.size());
    const auto end = std::min(next, text.size());
    const auto code = at + head.size();
    const auto split = text.substr(0, end).find(middle, code);
    if (split != std::string_view::npos) {
      const auto description = split + middle.size();
      // A description may itself hold brackets, so the last one closes.
      const auto closing = text.substr(0, end).rfind(']');
      const auto last = closing == std::string_view::npos || closing < description ? end : closing;
      notes.push_back({std::string(info.original(code, split)), std::string(info.original(description, last))});
    }
    at = next;
  }
  return notes;
}

}  // namespace schemas
