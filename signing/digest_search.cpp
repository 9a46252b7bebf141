#include "signing/digest_search.h"

#include <algorithm>
#include <set>

#include "signing/canonical.h"
#include "signing/canonical_text.h"
#include "signing/chinese_encoding.h"
#include "signing/digest.h"
#include "signing/digest_budget.h"
#include "signing/known_namespaces.h"
#include "signing/signature_shape.h"
#include "signing/signature_site.h"
#include "signing/splice.h"
#include "signing/written_value.h"

namespace signing {

namespace {

constexpr std::string_view bom = "\xEF\xBB\xBF";
constexpr std::string_view usual_declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";

std::string with_line_ends(std::string_view text, std::string_view end) {
  std::string made;
  for (const char c : text) {
    if (c == '\n') {
      made += end;
    } else {
      made += c;
    }
  }
  return made;
}

bool has_comments(const xmlDoc* document) {
  const xmlNode* node = document->children;
  while (node != nullptr) {
    if (node->type == XML_COMMENT_NODE) return true;
    if (node->type == XML_ELEMENT_NODE && node->children != nullptr) {
      node = node->children;
      continue;
    }
    while (node != nullptr && node->next == nullptr) {
      node = node->parent != nullptr && node->parent->type == XML_ELEMENT_NODE ? node->parent : nullptr;
    }
    if (node != nullptr) node = node->next;
  }
  return false;
}

const char* name_of(DigestAlgorithm algorithm) {
  switch (algorithm) {
    case DigestAlgorithm::sm3:
      return "SM3";
    case DigestAlgorithm::sha1:
      return "SHA-1";
    case DigestAlgorithm::sha256:
      break;
  }
  return "SHA-256";
}

// One search: the likely first, since a long document's search ends early.
class Search {
 public:
  explicit Search(const DigestQuestion& question)
      : question_(question),
        canonical_(question.canonical),
        root_(read_start_tag(canonical_)),
        budget_(canonical_.size()) {}

  DigestSearch run() {
    if (read_wanted() && !canonical_.empty()) {
      try_as_it_is() || try_namespaces_of_signed_info() || try_white_space() || try_comments() ||
          try_used_namespaces() || try_other_namespaces() || try_bom_and_declaration() || try_line_ends() ||
          try_raw() || try_gbk() || try_signature();
    }
    return {std::move(found_), budget_.digested_bytes(), canonicalizations_};
  }

 private:
  // The digest that is written, in whatever form, and the algorithms that could have made it.
  bool read_wanted() {
    for (const Reading& reading : readings(question_.written, "DigestValue")) {
      if (reading.bytes.size() == 20) algorithms_ = {DigestAlgorithm::sha1};
      if (reading.bytes.size() == 32) algorithms_ = {DigestAlgorithm::sm3, DigestAlgorithm::sha256};
      if (algorithms_.empty()) continue;
      if (question_.method == algorithms_.back()) std::ranges::reverse(algorithms_);
      wanted_ = reading.bytes;
      written_causes_ = reading.causes;
      return true;
    }
    return false;
  }

  bool fits(std::initializer_list<std::string_view> pieces) { return fits(algorithms_.front(), pieces); }
  bool fits(DigestAlgorithm algorithm, std::initializer_list<std::string_view> pieces) {
    return budget_.digest(algorithm, pieces) == wanted_;
  }

  bool found(std::vector<Cause> causes, DigestedNamespaces namespaces = DigestedNamespaces::as_they_stand) {
    causes.insert(causes.begin(), written_causes_.begin(), written_causes_.end());
    if (algorithms_.front() != question_.method) causes.push_back(another_algorithm(algorithms_.front()));
    found_ = DigestFinding{std::move(causes), namespaces};
    return true;
  }

  static Cause another_algorithm(DigestAlgorithm algorithm) {
    return cause_named("digest-algorithm", {name_of(algorithm), name_of(algorithm)});
  }

  bool try_as_it_is() {
    for (const auto algorithm : algorithms_) {
      if (!fits(algorithm, {canonical_})) continue;
      algorithms_ = {algorithm};
      return found({});
    }
    return false;
  }

  bool fits_with(const std::vector<NamespaceDeclaration>& declared, std::string_view text) {
    const StartTag tag = read_start_tag(text);
    const std::string written = write_start_tag(tag, declared);
    return fits({text.substr(0, tag.begin), written, text.substr(tag.end)});
  }

  Cause changed_to(const std::vector<NamespaceDeclaration>& declared) const {
    return cause_named("namespace-changed", difference(root_.namespaces, declared));
  }

  // The signature declares its own, which the root need not have.
  std::vector<NamespaceDeclaration> declared_at_signing() const {
    auto declared = question_.value->declared;
    std::erase_if(declared, [&](const auto& one) {
      return one.uri == dsig_namespace &&
             std::ranges::find(root_.namespaces, one.prefix, &NamespaceDeclaration::prefix) == root_.namespaces.end();
    });
    return declared;
  }

  bool try_namespaces_of_signed_info() {
    if (question_.value == nullptr || question_.value->namespaces != SignedNamespaces::others) return false;
    const auto declared = declared_at_signing();
    if (same_namespaces(declared, root_.namespaces)) return false;
    if (fits_with(declared, canonical_)) return found({changed_to(declared)}, DigestedNamespaces::of_signed_info);
    for (const auto which : {WhiteSpace::between_elements, WhiteSpace::between_tags}) {
      if (budget_.is_spent()) return false;
      const auto plain = without_white_space(canonical_, which);
      if (plain == canonical_ || !fits_with(declared, plain)) continue;
      return found({cause_named("white-space-added"), changed_to(declared)}, DigestedNamespaces::of_signed_info);
    }
    return false;
  }

  bool try_white_space() {
    std::string before;
    for (const auto which :
         {WhiteSpace::between_elements, WhiteSpace::between_tags, WhiteSpace::at_both_ends_of_every_text}) {
      if (budget_.is_spent()) return false;
      auto plain = without_white_space(canonical_, which);
      if (plain == canonical_ || plain == before) continue;
      if (fits({plain})) return found({cause_named("white-space-added")});
      before = std::move(plain);
    }
    return try_white_space_beside_the_signature();
  }

  // All of it, that on either side, the line break or the indentation.
  bool try_white_space_beside_the_signature() {
    const auto site = budget_.is_spent() ? std::nullopt : signature_site(canonical_, question_.signature);
    if (!site) return false;
    const auto before = canonical_.substr(site->white_begin, site->place - site->white_begin);
    const auto after = canonical_.substr(site->place, site->white_end - site->place);
    const auto last = before.rfind('\n'), first = after.find('\n');
    std::set<std::size_t> begins{site->white_begin, site->place}, ends{site->place, site->white_end};
    if (last != std::string_view::npos) begins.insert({site->white_begin + last, site->white_begin + last + 1});
    if (first != std::string_view::npos) ends.insert({site->place + first, site->place + first + 1});
    for (const auto begin : begins) {
      for (const auto end : ends) {
        if (begin == end || !fits({canonical_.substr(0, begin), canonical_.substr(end)})) continue;
        return found({cause_named("white-space-added")});
      }
    }
    return false;
  }

  bool try_comments() {
    if (budget_.is_spent() || !has_comments(question_.signature->doc)) return false;
    ++canonicalizations_;
    return fits({canonical_document(question_.signature, Comments::kept)}) && found({cause_named("comments-digested")});
  }

  bool is_used(const std::string& prefix) const {
    if (prefix.empty()) return true;
    return canonical_.find("<" + prefix + ":") != std::string_view::npos ||
           canonical_.find(" " + prefix + ":") != std::string_view::npos;
  }

  bool try_used_namespaces() {
    auto used = root_.namespaces;
    std::erase_if(used, [&](const auto& one) { return !is_used(one.prefix); });
    if (used.size() == root_.namespaces.size() || !fits_with(used, canonical_)) return false;
    return found({changed_to(used)}, DigestedNamespaces::used_only);
  }

  bool try_other_namespaces() {
    for (const auto& declared : without_foreign(root_.namespaces)) {
      if (fits_with(declared, canonical_)) return found({changed_to(declared)}, DigestedNamespaces::others);
    }
    for (const auto& one : known_namespaces()) {
      const auto declared = toggled(root_.namespaces, one);
      if (fits_with(declared, canonical_)) return found({changed_to(declared)}, DigestedNamespaces::others);
    }
    return false;
  }

  std::string_view declaration() const {
    const auto text = raw_text();
    return text.starts_with("<?xml") ? text.substr(0, text.find("?>") + 2) : usual_declaration;
  }

  std::string_view raw_text() const {
    return question_.xml.starts_with(bom) ? question_.xml.substr(bom.size()) : question_.xml;
  }

  bool try_bom_and_declaration() {
    if (fits({bom, canonical_})) return found({cause_named("bom-digested")});
    for (const std::string_view line_end : {"\n", "", "\r\n"}) {
      if (fits({declaration(), line_end, canonical_})) return found({cause_named("declaration-digested")});
    }
    return fits({bom, declaration(), "\n", canonical_}) &&
           found({cause_named("bom-digested"), cause_named("declaration-digested")});
  }

  bool try_line_ends() {
    if (canonical_.find('\n') == std::string_view::npos) return false;
    for (const std::string_view end : {"\r\n", "&#xD;\n"}) {
      if (!budget_.is_spent() && fits({with_line_ends(canonical_, end)})) return found({cause_named("crlf-digested")});
    }
    return false;
  }

  // The text as it is written, without the signature: whole, without what stands before the root, with a BOM.
  bool try_raw() {
    if (budget_.is_spent()) return false;
    const auto cut = raw_without_signature(raw_text(), question_.signature);
    if (!cut) return false;
    const bool root_is_canonical = cut->root == canonical_;
    const auto cause = cause_named(root_is_canonical ? "declaration-digested" : "raw-digested");
    if (!root_is_canonical && fits({cut->root})) return found({cause});
    if (fits({cut->before, cut->root, cut->after})) return found({cause});
    return fits({bom, cut->before, cut->root, cut->after}) && found({cause_named("bom-digested"), cause});
  }

  bool try_gbk() {
    const bool ascii = std::ranges::all_of(canonical_, [](unsigned char c) { return c < 0x80; });
    if (budget_.is_spent() || ascii) return false;
    const auto text = gb18030_of_utf8(canonical_);
    return text && fits({*text}) && found({cause_named("gbk-digested")});
  }

  // As it stood when the digest was made: its values still empty, without KeyInfo, or with nothing in it.
  bool try_signature() {
    const auto site = budget_.is_spent() ? std::nullopt : signature_site(canonical_, question_.signature);
    if (!site) return false;
    ++canonicalizations_;
    for (const auto& signature : unfinished_signatures(question_.signature, root_.namespaces)) {
      if (fits({canonical_.substr(0, site->place), signature, canonical_.substr(site->place)})) {
        return found({cause_named("signature-digested")});
      }
    }
    return false;
  }

  const DigestQuestion& question_;
  const std::string_view canonical_;
  const StartTag root_;
  DigestBudget budget_;
  int canonicalizations_ = 0;
  std::string wanted_;
  std::vector<Cause> written_causes_;
  std::vector<DigestAlgorithm> algorithms_;  // the likely one first
  std::optional<DigestFinding> found_;
};

}  // namespace

DigestSearch find_digest(const DigestQuestion& question) { return Search(question).run(); }

}  // namespace signing
