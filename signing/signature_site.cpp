#include "signing/signature_site.h"

#include <algorithm>
#include <cstring>

#include "signing/canonical.h"
#include "signing/canonical_text.h"
#include "signing/splice.h"

namespace signing {

namespace {

std::size_t elements_before(const xmlNode* node) {
  std::size_t count = 0;
  for (const xmlNode* at = node->prev; at != nullptr; at = at->prev) count += at->type == XML_ELEMENT_NODE ? 1 : 0;
  return count;
}

// Of the text between the element before and the node; canonical text has as much of it where it is white space.
std::size_t text_before(const xmlNode* node) {
  std::size_t size = 0;
  for (const xmlNode* at = node->prev; at != nullptr && at->type != XML_ELEMENT_NODE; at = at->prev) {
    if (at->type == XML_TEXT_NODE) size += std::strlen(reinterpret_cast<const char*>(at->content));
  }
  return size;
}

std::string qualified(const std::string& prefix, const std::string& name) {
  return prefix.empty() ? name : prefix + ":" + name;
}

// Without what stands between the tags of the first element of this name.
std::string emptied(std::string text, const std::string& name) {
  const std::string open = "<" + name + ">";
  const auto begin = text.find(open);
  const auto end = text.find("</" + name + ">", begin);
  if (begin == std::string::npos || end == std::string::npos) return text;
  return text.erase(begin + open.size(), end - begin - open.size());
}

std::string without_element(std::string text, const std::string& name) {
  const auto begin = text.find("<" + name + ">");
  const std::string close = "</" + name + ">";
  const auto end = text.find(close, begin);
  if (begin == std::string::npos || end == std::string::npos) return text;
  return text.erase(begin, end + close.size() - begin);
}

}  // namespace

std::optional<SignatureSite> signature_site(std::string_view canonical, const xmlNode* signature) {
  const RootMap map = map_root(canonical);
  const std::size_t index = elements_before(signature);
  if (index > map.children.size()) return std::nullopt;
  const std::size_t begin = index == 0 ? read_start_tag(canonical).end : map.children[index - 1].end;
  const std::size_t end = index == map.children.size() ? map.content_end : map.children[index].begin;
  const auto between = canonical.substr(begin, end - begin);
  const std::size_t before = text_before(signature);
  if (between.find_first_not_of(" \t\r\n") != std::string_view::npos || before > between.size()) return std::nullopt;
  return SignatureSite{begin + before, begin, end};
}

std::optional<CutText> raw_without_signature(std::string_view raw, const xmlNode* signature) {
  const RootMap map = map_root(raw);
  const std::size_t index = elements_before(signature);
  if (index >= map.children.size()) return std::nullopt;
  const auto begin = map.after_name - map.name.size() - 1;
  const auto end = raw.find('>', map.content_end) + 1;
  const Span& cut = map.children[index];
  std::string root(raw.substr(begin, cut.begin - begin));
  root += raw.substr(cut.end, end - cut.end);
  return CutText{raw.substr(0, begin), std::move(root), raw.substr(end)};
}

std::string_view raw_signed_info(std::string_view raw, const xmlNode* signature) {
  const RootMap map = map_root(raw);
  const std::size_t index = elements_before(signature);
  if (index >= map.children.size()) return {};
  const Span& span = map.children[index];
  const auto text = raw.substr(span.begin, span.end - span.begin);
  const std::string prefix =
      signature->ns->prefix == nullptr ? "" : reinterpret_cast<const char*>(signature->ns->prefix);
  const std::string name = qualified(prefix, "SignedInfo"), close = "</" + name + ">";
  const auto begin = text.find("<" + name), end = text.find(close);
  if (begin == std::string_view::npos || end == std::string_view::npos || end < begin) return {};
  return text.substr(begin, end + close.size() - begin);
}

std::vector<std::string> unfinished_signatures(xmlNode* signature, const std::vector<NamespaceDeclaration>& declared) {
  std::string whole = canonical_element(signature);
  const StartTag tag = read_start_tag(whole);
  auto own = tag.namespaces;
  std::erase_if(own, [&](const auto& one) {
    return std::ranges::any_of(declared, [&](const auto& d) { return d.prefix == one.prefix && d.uri == one.uri; });
  });
  const std::string start = write_start_tag(tag, own);
  whole = start + whole.substr(tag.end);
  const auto name = [&](const char* local) { return qualified(tag.prefix(), local); };
  const std::string open = emptied(emptied(whole, name("DigestValue")), name("SignatureValue"));
  return {open, without_element(open, name("KeyInfo")), without_element(open, name("SignatureValue")),
          without_element(without_element(open, name("KeyInfo")), name("SignatureValue")),
          start + "</" + tag.name + ">"};
}

}  // namespace signing
