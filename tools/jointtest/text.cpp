#include "tools/jointtest/text.h"

#include <optional>

namespace tools::jointtest {
namespace {

constexpr std::string_view wide_blank = "　", opening = "“", closing = "”", wide_comma = "，", wide_colon = "：",
                           wide_equals = "＝";

bool take(std::string_view& text, std::string_view piece) {
  if (!text.starts_with(piece)) return false;
  text.remove_prefix(piece.size());
  return true;
}

struct Mark {
  std::size_t at = 0, size = 0;
};

// Every place of the mark, narrow or wide, that no quotation marks enclose.
std::vector<Mark> marks(std::string_view text, std::string_view narrow, std::string_view wide) {
  std::vector<Mark> found;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::string_view rest = text.substr(i);
    if (rest.starts_with('"')) quoted = !quoted;
    if (rest.starts_with(opening)) quoted = true;
    if (rest.starts_with(closing)) quoted = false;
    if (quoted) continue;
    if (rest.starts_with(narrow)) found.push_back({i, narrow.size()});
    if (rest.starts_with(wide)) found.push_back({i, wide.size()});
  }
  return found;
}

std::string_view cut_at(std::string_view& text, const std::optional<Mark>& mark) {
  const std::string_view before = text.substr(0, mark ? mark->at : text.size());
  text = mark ? trimmed(text.substr(mark->at + mark->size)) : std::string_view();
  return trimmed(before);
}

}  // namespace

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ') || text.starts_with('\t') || text.starts_with(wide_blank)) {
    text.remove_prefix(text.starts_with(wide_blank) ? wide_blank.size() : 1);
  }
  while (text.ends_with(' ') || text.ends_with('\t') || text.ends_with('\r') || text.ends_with(wide_blank)) {
    text.remove_suffix(text.ends_with(wide_blank) ? wide_blank.size() : 1);
  }
  return text;
}

std::string_view before_colon(std::string_view& text) {
  const auto found = marks(text, ":", wide_colon);
  return cut_at(text, found.empty() ? std::nullopt : std::optional(found.front()));
}

std::string_view before_equals(std::string_view& text) {
  const auto found = marks(text, "=", wide_equals);
  return cut_at(text, found.empty() ? std::nullopt : std::optional(found.front()));
}

std::string_view before_last_colon(std::string_view& text) {
  const auto found = marks(text, ":", wide_colon);
  return cut_at(text, found.empty() ? std::nullopt : std::optional(found.back()));
}

std::vector<std::string_view> parts_of(std::string_view text) {
  std::vector<std::string_view> parts;
  if (trimmed(text).empty()) return parts;
  std::size_t from = 0;
  for (const Mark& mark : marks(text, ",", wide_comma)) {
    parts.push_back(trimmed(text.substr(from, mark.at - from)));
    from = mark.at + mark.size;
  }
  parts.push_back(trimmed(text.substr(from)));
  return parts;
}

std::string_view unquoted(std::string_view text) {
  std::string_view inner = text;
  if (take(inner, "\"") && inner.ends_with('"')) return inner.substr(0, inner.size() - 1);
  inner = text;
  if (take(inner, opening) && inner.ends_with(closing)) return inner.substr(0, inner.size() - closing.size());
  return text;
}

}  // namespace tools::jointtest
