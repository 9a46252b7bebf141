#include "signing/known_namespaces.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "signing/signature_shape.h"

namespace signing {

namespace {

bool has(std::span<const NamespaceDeclaration> list, const NamespaceDeclaration& one) {
  return std::ranges::any_of(list,
                             [&](const auto& other) { return other.prefix == one.prefix && other.uri == one.uri; });
}

std::string listed(std::span<const NamespaceDeclaration> list, std::span<const NamespaceDeclaration> but) {
  std::string text;
  for (const auto& one : list) {
    if (has(but, one)) continue;
    text += (text.empty() ? "xmlns" : ", xmlns") + (one.prefix.empty() ? "" : ":" + one.prefix);
  }
  return text;
}

}  // namespace

std::span<const NamespaceDeclaration> known_namespaces() {
  static const std::array<NamespaceDeclaration, 5> known{{{"ceb", "http://www.chinaport.gov.cn/ceb"},
                                                          {"xsi", "http://www.w3.org/2001/XMLSchema-instance"},
                                                          {"ds", dsig_namespace},
                                                          {"dxp", "http://www.chinaport.gov.cn/dxp"},
                                                          {"xsd", "http://www.w3.org/2001/XMLSchema"}}};
  return known;
}

std::vector<NamespaceDeclaration> toggled(std::vector<NamespaceDeclaration> declared, const NamespaceDeclaration& one) {
  const auto removed = std::erase_if(declared, [&](const auto& other) { return other.prefix == one.prefix; });
  if (removed == 0) declared.push_back(one);
  return declared;
}

std::vector<std::vector<NamespaceDeclaration>> without_foreign(const std::vector<NamespaceDeclaration>& declared) {
  constexpr std::size_t most_alone = 8;
  const auto is_known = [](const auto& one) {
    return std::ranges::find(known_namespaces(), one.prefix, &NamespaceDeclaration::prefix) != known_namespaces().end();
  };
  std::vector<NamespaceDeclaration> known;
  std::ranges::copy_if(declared, std::back_inserter(known), is_known);
  if (known.size() == declared.size()) return {};
  std::vector<std::vector<NamespaceDeclaration>> choices{known};
  if (declared.size() - known.size() == 1) return choices;
  for (const auto& one : declared) {
    if (!is_known(one) && choices.size() <= most_alone) choices.push_back(toggled(declared, one));
  }
  return choices;
}

bool same_namespaces(std::span<const NamespaceDeclaration> a, std::span<const NamespaceDeclaration> b) {
  return a.size() == b.size() && std::ranges::all_of(a, [&](const auto& one) { return has(b, one); });
}

CauseDetail difference(std::span<const NamespaceDeclaration> found, std::span<const NamespaceDeclaration> wanted) {
  const std::string more = listed(wanted, found), fewer = listed(found, wanted);
  CauseDetail words;
  if (!more.empty()) words = {"加上 " + more + " ", "declared with " + more};
  if (!fewer.empty()) {
    words.zh += "去掉 " + fewer + " ";
    words.en += (words.en.empty() ? "declared without " : " and without ") + fewer;
  }
  return words;
}

}  // namespace signing
