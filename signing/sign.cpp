#include "signing/sign.h"

#include <libxml/tree.h>

#include "base/xml.h"
#include "signing/canonical.h"
#include "signing/digest.h"
#include "signing/signature_shape.h"
#include "signing/signature_text.h"
#include "signing/splice.h"
#include "signing/verify.h"

namespace signing {

namespace {

const xmlChar* xml_text(const std::string& text) { return reinterpret_cast<const xmlChar*>(text.c_str()); }

base::Fault signing_fault(const char* code, std::string zh, std::string en) {
  return {.code = code, .path = {}, .zh = std::move(zh), .en = std::move(en), .source = "报文规范 202205 §6"};
}

base::Fault own_fault(const std::string& zh, const std::string& en) {
  return signing_fault("signature.self", "生成的签名未通过自检，未输出：" + zh,
                       "the signature made did not verify and is not given out: " + en);
}

// What is to be signed, and the text on both sides of the place for it.
struct Prepared {
  SplicedText text;
  std::string signed_info;  // as it will be written
  std::string canonical;    // as it is signed
};

// Works on one reading of the message: its tree is brought to what the signed text will be, without the signature.
class Preparation {
 public:
  Preparation(std::string_view xml, const base::XmlDocument& document, const Dialect& dialect,
              const Placement& placement)
      : xml_(xml), root_(xmlDocGetRootElement(document.get())), map_(map_root(xml)), dialect_(dialect) {
    find_place(placement);
  }

  base::Result<Prepared> run() {
    if (const auto* nested = nested_signature()) return nested_fault(nested);
    Prepared prepared;
    prepared.text = splice(xml_, map_, missing_declarations(), removed_, place_);
    for (xmlNode* signature : replaced_) {
      xmlUnlinkNode(signature);
      xmlFreeNode(signature);
    }
    xmlNode* stand_in = xmlNewChild(root_, nullptr, xml_text("Signature"), nullptr);
    prepared.signed_info = signed_info_text(dialect_, digest_of(dialect_.digest, canonical_document(stand_in)));
    prepared.canonical = canonical_signed_info(prepared.signed_info);
    if (prepared.canonical.empty()) return own_fault("xmlsec 无法规范化", "xmlsec could not canonicalize it");
    return prepared;
  }

 private:
  void find_place(const Placement& placement) {
    const std::string& wanted = dialect_.place == "schema" ? placement.before : dialect_.place;
    const std::string before = wanted.substr(wanted.find(':') + 1);
    const auto children = elements_in(root_);
    place_ = map_.content_end;
    for (std::size_t i = 0; i < children.size(); ++i) {
      const std::string_view name = reinterpret_cast<const char*>(children[i]->name);
      if (is_dsig(children[i], "Signature")) {
        removed_.push_back(map_.children[i]);
        replaced_.push_back(children[i]);
      } else if ((name == before || before == "first") && place_ == map_.content_end) {
        place_ = map_.children[i].begin;
      }
    }
  }

  const xmlNode* nested_signature() const {
    for (const xmlNode* signature : signatures_in(root_->doc)) {
      if (signature->parent != root_) return signature;
    }
    return nullptr;
  }

  static base::Fault nested_fault(const xmlNode* signature) {
    base::Fault nested =
        signing_fault("signature.place", "报文内层已有签名（ds:Signature），无法只签一次；请先删除该签名",
                      "a signature (ds:Signature) stands deeper in the message; remove it first");
    nested.line = static_cast<int>(xmlGetLineNo(signature));
    return nested;
  }

  bool declares(const std::string& prefix) const {
    for (const xmlNs* ns = root_->nsDef; ns != nullptr; ns = ns->next) {
      const auto* declared = reinterpret_cast<const char*>(ns->prefix);
      if (prefix == (declared == nullptr ? "" : declared)) return true;
    }
    return false;
  }

  // As text for the root's start tag, and in the tree.
  std::string missing_declarations() {
    std::string text;
    for (const auto& [prefix, uri] : dialect_.root_namespaces) {
      if (declares(prefix)) continue;
      text += " xmlns:" + prefix + "=\"" + uri + "\"";
      xmlNewNs(root_, xml_text(uri), xml_text(prefix));
    }
    return text;
  }

  // SignedInfo is written in its canonical form already, but for the namespaces in scope that its start tag shows.
  std::string canonical_signed_info(const std::string& signed_info) const {
    const std::string empty = canonical_empty_signed_info(root_);
    constexpr std::string_view end = "</ds:SignedInfo>";
    if (!empty.ends_with(end)) return {};
    return empty.substr(0, empty.size() - end.size()) + signed_info.substr(signed_info.find('>') + 1);
  }

  std::string_view xml_;
  xmlNode* root_;
  RootMap map_;
  const Dialect& dialect_;
  std::size_t place_ = 0;
  std::vector<Span> removed_;
  std::vector<xmlNode*> replaced_;
};

// Nobody sees a signature that does not hold.
base::Result<Signed> checked(std::string made, const Key& key, const Dialect& dialect) {
  auto document = base::XmlDocument::read(made);
  if (!document) return document.faults();
  const auto found = verify(
      made, *document, {.now = key.certificate().not_before, .dialects = {&dialect, 1}, .own = &key.certificate()});
  if (found.valid) return Signed{std::move(made), std::move(document).value()};
  base::Faults faults;
  for (const auto& one : found.faults) {
    if (one.severity == base::Severity::error) faults.push_back(own_fault(one.zh, one.en));
  }
  return faults;
}

base::Fault wrong_kind(const Dialect& dialect) {
  const std::string wanted = key_kind(dialect.signature) == KeyKind::sm2 ? "SM2" : "RSA";
  return signing_fault("key.kind", "签名方式 " + dialect.name + " 需要 " + wanted + " 密钥；请更换密钥或签名方式",
                       "dialect " + dialect.name + " needs an " + wanted + " key; use another key or another dialect");
}

}  // namespace

base::Result<Signed> sign_and_read(std::string_view xml, const Key& key, const Dialect& dialect,
                                   const Placement& placement) {
  const Certificate& certificate = key.certificate();
  if (certificate.key_kind != key_kind(dialect.signature)) return wrong_kind(dialect);
  constexpr std::string_view bom = "\xEF\xBB\xBF";
  if (xml.starts_with(bom)) xml.remove_prefix(bom.size());
  const auto document = base::XmlDocument::read(xml);
  if (!document) return document.faults();
  const auto prepared = Preparation(xml, *document, dialect, placement).run();
  if (!prepared) return prepared.faults();
  const auto value = key.sign(dialect.signature, prepared->canonical);
  if (!value) return value.faults();
  return checked(prepared->text.before + signature_text(dialect, certificate, prepared->signed_info, *value) +
                     prepared->text.after,
                 key, dialect);
}

base::Result<std::string> sign(std::string_view xml, const Key& key, const Dialect& dialect,
                               const Placement& placement) {
  auto made = sign_and_read(xml, key, dialect, placement);
  if (!made) return made.faults();
  return std::move(made).value().text;
}

base::Done prove(const Key& key, const Dialect& dialect) {
  const auto proof = sign("<ceb:Proof xmlns:ceb=\"http://www.chinaport.gov.cn/ceb\"/>", key, dialect, {});
  if (!proof) return proof.faults();
  return base::Nothing{};
}

}  // namespace signing
