#include "signing/value_search.h"

#include <algorithm>

#include "signing/canonical_text.h"
#include "signing/digest.h"
#include "signing/known_namespaces.h"
#include "signing/recovered_digest.h"
#include "signing/written_value.h"

namespace signing {

namespace {

// One text that may have been signed as SignedInfo.
struct SignedText {
  std::string bytes;
  std::vector<Cause> causes;
  SignedNamespaces namespaces = SignedNamespaces::as_they_stand;
  std::vector<NamespaceDeclaration> declared{};
};

// What a program makes of a text before the key's own operation.
struct MadeDigest {
  std::string digest;
  std::vector<Cause> causes;
};

CauseDetail named(const std::string& text) { return {text, text}; }

class Texts {
 public:
  explicit Texts(const ValueQuestion& question) {
    const std::string formatted(question.signed_info);
    const std::string plain = without_white_space(formatted, WhiteSpace::at_both_ends_of_every_text);
    add_likely(formatted, {});
    if (plain != formatted) add_likely(plain, {cause_named("signed-info-formatted")});
    if (!question.raw_signed_info.empty()) {
      likely.push_back({std::string(question.raw_signed_info), {cause_named("raw-signed-info")}});
    }
    add_unlikely(formatted, {});
    if (plain != formatted) add_unlikely(plain, {cause_named("signed-info-formatted")});
  }

  std::vector<SignedText> likely;    // tried with every digest
  std::vector<SignedText> unlikely;  // with the right one

 private:
  static std::string declared_as(const std::string& canonical, const StartTag& tag,
                                 const std::vector<NamespaceDeclaration>& namespaces) {
    return write_start_tag(tag, namespaces) + canonical.substr(tag.end);
  }

  void add_likely(const std::string& text, const std::vector<Cause>& causes) {
    const StartTag tag = read_start_tag(text);
    std::vector<NamespaceDeclaration> own;
    std::ranges::copy_if(tag.namespaces, std::back_inserter(own),
                         [&](const auto& one) { return one.prefix == tag.prefix(); });
    likely.push_back({text, causes, SignedNamespaces::as_they_stand, tag.namespaces});
    if (own.size() != tag.namespaces.size()) {
      likely.push_back({declared_as(text, tag, own), causes, SignedNamespaces::own_only, own});
    }
    likely.push_back({declared_as(text, tag, {}), causes});
    likely.back().causes.push_back(cause_named("signed-info-without-namespace"));
  }

  void add_unlikely(const std::string& text, const std::vector<Cause>& causes) {
    const StartTag tag = read_start_tag(text);
    for (auto& declared : without_foreign(tag.namespaces)) {
      unlikely.push_back({declared_as(text, tag, declared), causes, SignedNamespaces::others, declared});
    }
    const auto known = known_namespaces();
    for (unsigned choice = 1; choice < (1U << known.size()); ++choice) {
      auto declared = tag.namespaces;
      for (std::size_t i = 0; i < known.size(); ++i) {
        if ((choice >> i & 1U) != 0 && known[i].prefix != tag.prefix())
          declared = toggled(std::move(declared), known[i]);
      }
      unlikely.push_back({declared_as(text, tag, declared), causes, SignedNamespaces::others, declared});
    }
  }
};

// The digests of a text, the right one first; with a user id of another's, without ZA …
class Sm2Digests {
 public:
  explicit Sm2Digests(const ValueQuestion& question) : question_(question) {}

  std::string right(std::string_view text) const { return sm2_digest(question_.key, text, customs_user_id); }

  std::vector<MadeDigest> all(std::string_view text) const {
    const std::string bare = digest_of(DigestAlgorithm::sm3, text);
    const auto sha1 = digest_of(DigestAlgorithm::sha1, text);
    std::vector<MadeDigest> made{
        {right(text), {}},
        {bare, {cause_named("without-za")}},
        {right(bare), {cause_named("digest-of-digest")}},
        {digest_of(DigestAlgorithm::sm3, bare), {cause_named("without-za"), cause_named("digest-of-digest")}},
        {digest_of(DigestAlgorithm::sha256, text), {cause_named("signature-digest", named("SHA-256"))}},
        {std::string(bare.size() - sha1.size(), '\0') + sha1, {cause_named("signature-digest", named("SHA-1"))}}};
    for (const std::string& id : question_.user_ids) {
      const CauseDetail detail =
          id.empty() ? CauseDetail{"（空）", "the empty text"} : CauseDetail{"“" + id + "”", "“" + id + "”"};
      made.push_back({sm2_digest(question_.key, text, id), {cause_named("other-user-id", detail)}});
    }
    return made;
  }

 private:
  const ValueQuestion& question_;
};

// What PKCS#1 v1.5 pads: RFC 8017 §9.2, note 1.
std::string digest_info(DigestAlgorithm algorithm, std::string_view digest) {
  static constexpr std::string_view sha1("\x30\x21\x30\x09\x06\x05\x2b\x0e\x03\x02\x1a\x05\x00\x04\x14", 15);
  static constexpr std::string_view sha256(
      "\x30\x31\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01\x05\x00\x04\x20", 19);
  return std::string(algorithm == DigestAlgorithm::sha1 ? sha1 : sha256).append(digest);
}

class RsaDigests {
 public:
  explicit RsaDigests(const ValueQuestion& question)
      : own_(question.algorithm == SignatureAlgorithm::rsa_sha1 ? DigestAlgorithm::sha1 : DigestAlgorithm::sha256),
        other_(own_ == DigestAlgorithm::sha1 ? DigestAlgorithm::sha256 : DigestAlgorithm::sha1) {}

  std::string right(std::string_view text) const { return digest_info(own_, digest_of(own_, text)); }

  std::vector<MadeDigest> all(std::string_view text) const {
    const std::string own = digest_of(own_, text), other = digest_of(other_, text);
    const Cause another = cause_named("signature-digest", named(other_ == DigestAlgorithm::sha1 ? "SHA-1" : "SHA-256"));
    return {{right(text), {}},
            {digest_info(other_, other), {another}},
            {own, {cause_named("bare-digest")}},
            {other, {cause_named("bare-digest"), another}},
            {right(own), {cause_named("digest-of-digest")}}};
  }

 private:
  DigestAlgorithm own_, other_;
};

// A reading of the value with the digest that the key has signed if it is the right one.
struct Recovered {
  std::string digest;
  std::vector<Cause> causes;
};

std::vector<Recovered> recovered(const ValueQuestion& question) {
  std::vector<Recovered> found;
  for (Reading& reading : value_readings(key_kind(question.algorithm), question.form, question.written)) {
    if (auto digest = recovered_digest(question.key, reading.bytes)) {
      found.push_back({*std::move(digest), std::move(reading.causes)});
    }
  }
  return found;
}

std::optional<ValueFinding> compare(const std::vector<Recovered>& values, const MadeDigest& made,
                                    const SignedText& text) {
  const auto value = std::ranges::find(values, made.digest, &Recovered::digest);
  if (value == values.end()) return std::nullopt;
  ValueFinding finding{value->causes, text.causes, text.namespaces, text.declared};
  finding.of_text.insert(finding.of_text.end(), made.causes.begin(), made.causes.end());
  return finding;
}

template <class Digests>
std::optional<ValueFinding> search(const std::vector<Recovered>& values, const Texts& texts, const Digests& digests) {
  for (const SignedText& text : texts.likely) {
    for (const MadeDigest& made : digests.all(text.bytes)) {
      if (auto found = compare(values, made, text)) return found;
    }
  }
  for (const SignedText& text : texts.unlikely) {
    if (auto found = compare(values, {digests.right(text.bytes), {}}, text)) return found;
  }
  return std::nullopt;
}

}  // namespace

std::optional<ValueFinding> find_value(const ValueQuestion& question) {
  if (question.signed_info.empty() || question.signed_info.size() > most_signed_info_bytes) return std::nullopt;
  const auto values = recovered(question);
  if (values.empty()) return std::nullopt;
  const Texts texts(question);
  if (key_kind(question.algorithm) == KeyKind::sm2) return search(values, texts, Sm2Digests(question));
  return search(values, texts, RsaDigests(question));
}

}  // namespace signing
