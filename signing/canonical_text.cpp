#include "signing/canonical_text.h"

#include <algorithm>

namespace signing {

namespace {

constexpr std::string_view white = " \t\r\n";

// The place behind the mark-up that begins at `at`; the text's end where it does not end.
std::size_t markup_end(std::string_view text, std::size_t at) {
  const auto behind = [&](std::string_view end) {
    const auto found = text.find(end, at);
    return found == std::string_view::npos ? text.size() : found + end.size();
  };
  if (text.substr(at, 2) == "<?") return behind("?>");
  if (text.substr(at, 4) == "<!--") return behind("-->");
  while (at < text.size()) {
    at = text.find_first_of("\">", at);
    if (at == std::string_view::npos) return text.size();
    if (text[at] == '>') return at + 1;
    at = text.find('"', at + 1);
    if (at == std::string_view::npos) return text.size();
    ++at;
  }
  return text.size();
}

std::size_t first_element(std::string_view text) {
  std::size_t at = text.find('<');
  while (at != std::string_view::npos && (text.substr(at, 2) == "<?" || text.substr(at, 4) == "<!--")) {
    at = text.find('<', markup_end(text, at));
  }
  return at;
}

bool is_end_tag(std::string_view text, std::size_t at) { return text.substr(at, 2) == "</"; }

// The text [begin, end) between two tags, `opened` saying that it stands right behind a start tag.
std::string_view kept_text(std::string_view canonical, std::size_t begin, std::size_t end, bool opened,
                           WhiteSpace which) {
  const auto text = canonical.substr(begin, end - begin);
  const auto first = text.find_first_not_of(white);
  if (first == std::string_view::npos) {
    const bool alone = opened && is_end_tag(canonical, end);
    return alone && which == WhiteSpace::between_elements ? text : std::string_view();
  }
  if (which != WhiteSpace::at_both_ends_of_every_text) return text;
  return text.substr(first, text.find_last_not_of(white) + 1 - first);
}

}  // namespace

std::string StartTag::prefix() const {
  const auto colon = name.find(':');
  return colon == std::string::npos ? "" : name.substr(0, colon);
}

StartTag read_start_tag(std::string_view canonical) {
  StartTag tag;
  const auto begin = first_element(canonical);
  if (begin == std::string_view::npos) return tag;
  tag.begin = begin;
  tag.end = markup_end(canonical, begin);
  const auto inside = canonical.substr(begin + 1, tag.end - begin - 2);
  std::size_t at = std::min(inside.find(' '), inside.size());
  tag.name = inside.substr(0, at);
  while (at < inside.size()) {
    const auto open = inside.find('"', at);
    const auto close = open == std::string_view::npos ? open : inside.find('"', open + 1);
    if (close == std::string_view::npos) break;
    const auto attribute = inside.substr(at + 1, open - at - 2);
    const auto value = inside.substr(open + 1, close - open - 1);
    if (attribute == "xmlns") {
      tag.namespaces.push_back({"", std::string(value)});
    } else if (attribute.starts_with("xmlns:")) {
      tag.namespaces.push_back({std::string(attribute.substr(6)), std::string(value)});
    } else {
      tag.attributes += inside.substr(at, close + 1 - at);
    }
    at = close + 1;
  }
  return tag;
}

std::string write_start_tag(const StartTag& tag, std::vector<NamespaceDeclaration> namespaces) {
  std::ranges::sort(namespaces, {}, &NamespaceDeclaration::prefix);
  std::string text = "<" + tag.name;
  for (const auto& [prefix, uri] : namespaces) {
    text += prefix.empty() ? " xmlns=\"" : " xmlns:" + prefix + "=\"";
    text += uri + "\"";
  }
  return text + tag.attributes + ">";
}

std::string without_white_space(std::string_view canonical, WhiteSpace which) {
  std::string text;
  text.reserve(canonical.size());
  bool opened = false;
  for (std::size_t at = 0; at < canonical.size();) {
    const auto tag = std::min(canonical.find('<', at), canonical.size());
    text += kept_text(canonical, at, tag, opened, which);
    if (tag == canonical.size()) break;
    opened = canonical[tag + 1] != '/' && canonical[tag + 1] != '?' && canonical[tag + 1] != '!';
    at = markup_end(canonical, tag);
    text += canonical.substr(tag, at - tag);
  }
  return text;
}

}  // namespace signing
