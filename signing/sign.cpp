#include "signing/sign.h"

#include <libxml/tree.h>
#include <optional>

#include "base/base64.h"
#include "base/xml.h"
#include "signing/signature_shape.h"
#include "signing/splice.h"
#include "signing/verify.h"
#include "signing/xmlsec_classes.h"

namespace signing {

namespace {

struct Declaration {
  const char *prefix, *uri;
};
constexpr Declaration wanted_on_root[] = {{"ceb", "http://www.chinaport.gov.cn/ceb"},
                                          {"xsi", "http://www.w3.org/2001/XMLSchema-instance"}};

base::Fault fault(const char* code, std::string zh, std::string en) {
  return {.code = code, .path = {}, .zh = std::move(zh), .en = std::move(en), .source = "报文规范 202205 §6"};
}

bool declares(const xmlNode* root, const char* prefix) {
  for (const xmlNs* ns = root->nsDef; ns != nullptr; ns = ns->next) {
    if (xmlStrEqual(ns->prefix, reinterpret_cast<const xmlChar*>(prefix)) != 0) return true;
  }
  return false;
}

std::string missing_declarations(const xmlNode* root) {
  std::string text;
  for (const auto& [prefix, uri] : wanted_on_root) {
    if (!declares(root, prefix)) text += std::string(" xmlns:") + prefix + "=\"" + uri + "\"";
  }
  return text;
}

base::Result<SplicedText> without_signature(std::string_view xml, const Placement& placement) {
  const auto document = base::XmlDocument::read(xml);
  if (!document) return document.faults();
  const xmlNode* root = xmlDocGetRootElement(document->get());
  for (const xmlNode* signature : signatures_in(document->get())) {
    if (signature->parent == root) continue;
    base::Fault nested = fault("signature.place", "报文内层已有签名（ds:Signature），无法只签一次；请先删除该签名",
                               "a signature (ds:Signature) stands deeper in the message; remove it first");
    nested.line = static_cast<int>(xmlGetLineNo(signature));
    return nested;
  }
  const RootMap map = map_root(xml);
  const auto children = elements_in(root);
  const std::string before = placement.before.substr(placement.before.find(':') + 1);
  std::vector<Span> removed;
  std::size_t place = map.content_end;
  for (std::size_t i = 0; i < children.size(); ++i) {
    const std::string_view name = reinterpret_cast<const char*>(children[i]->name);
    if (is_dsig(children[i], "Signature")) {
      removed.push_back(map.children[i]);
    } else if (name == before && place == map.content_end) {
      place = map.children[i].begin;
    }
  }
  return splice(xml, map, missing_declarations(root), removed, place);
}

// The element in the form of the E-Port's UKey client: no white space, no empty-element tags.
class SignatureText {
 public:
  SignatureText(const Dialect& dialect, const Certificate& certificate)
      : to_digest_(std::string("<ds:Signature xmlns:ds=\"") + dsig_namespace + "\"><ds:SignedInfo>" +
                   method("CanonicalizationMethod", c14n_uri) + method("SignatureMethod", dialect.signature_method) +
                   "<ds:Reference URI=\"\"><ds:Transforms>" + method("Transform", enveloped_uri) + "</ds:Transforms>" +
                   method("DigestMethod", dialect.digest_method) + "<ds:DigestValue>"),
        key_info_("<ds:KeyInfo><ds:KeyName>" + certificate.serial + "</ds:KeyName><ds:X509Data><ds:X509Certificate>" +
                  base::base64(certificate.der) + "</ds:X509Certificate></ds:X509Data></ds:KeyInfo>") {}

  // xmlsec would write into a KeyInfo; it gets none.
  std::string unsigned_form() const { return with("", "", ""); }
  std::string with_values(const std::string& digest, const std::string& value) const {
    return with(digest, value, key_info_);
  }

 private:
  static std::string method(const std::string& name, const std::string& uri) {
    return "<ds:" + name + " Algorithm=\"" + uri + "\"></ds:" + name + ">";
  }

  std::string with(const std::string& digest, const std::string& value, const std::string& key_info) const {
    return to_digest_ + digest + "</ds:DigestValue></ds:Reference></ds:SignedInfo><ds:SignatureValue>" + value +
           "</ds:SignatureValue>" + key_info + "</ds:Signature>";
  }

  std::string to_digest_, key_info_;
};

struct Values {
  std::string digest, signature;
};

base::Fault own_fault(const std::string& zh, const std::string& en) {
  return fault("signature.self", "生成的签名未通过自检，未输出：" + zh,
               "the signature made did not verify and is not given out: " + en);
}

// xmlsec breaks Base64 into lines; the form wants one.
std::optional<std::string> in_one_line(const std::string& base64_text) {
  const auto bytes = base::read_base64(base64_text);
  if (!bytes || bytes->empty()) return std::nullopt;
  return base::base64(*bytes);
}

xmlNode* child_of(const xmlNode* parent, const char* name) {
  for (xmlNode* child : elements_in(parent)) {
    if (is_dsig(child, name)) return child;
  }
  return nullptr;
}

base::Result<Values> compute_values(const std::string& unsigned_xml, const Key& key) {
  const auto document = base::XmlDocument::read(unsigned_xml);
  if (!document) return document.faults();
  Party party;
  party.signer = &key;
  party.key_kind = key.certificate().key_kind;
  const auto signatures = signatures_in(document->get());
  const auto context = make_context(party);
  const bool is_signed = signatures.size() == 1 && xmlSecDSigCtxSign(context.get(), signatures.front()) == 0;
  if (!party.faults.empty()) return party.faults;
  if (!is_signed) return own_fault("xmlsec 无法签名", "xmlsec could not sign");
  const xmlNode* reference = child_of(child_of(signatures.front(), "SignedInfo"), "Reference");
  const auto digest = in_one_line(leaf_text(child_of(reference, "DigestValue")));
  const auto value = in_one_line(leaf_text(child_of(signatures.front(), "SignatureValue")));
  if (!digest || !value) return own_fault("xmlsec 未给出签名值", "xmlsec gave no values");
  return Values{*digest, *value};
}

}  // namespace

base::Result<std::string> sign(std::string_view xml, const Key& key, const Dialect& dialect,
                               const Placement& placement) {
  const Certificate& certificate = key.certificate();
  if (certificate.key_kind != dialect.key_kind) {
    const std::string wanted = dialect.key_kind == KeyKind::sm2 ? "SM2" : "RSA";
    return fault("key.kind", "签名方式 " + dialect.name + " 需要 " + wanted + " 密钥；请更换密钥或签名方式",
                 "dialect " + dialect.name + " needs an " + wanted + " key; use another key or another dialect");
  }
  constexpr std::string_view bom = "\xEF\xBB\xBF";
  if (xml.starts_with(bom)) xml.remove_prefix(bom.size());
  const auto text = without_signature(xml, placement);
  if (!text) return text.faults();
  const SignatureText signature(dialect, certificate);
  const auto values = compute_values(text->before + signature.unsigned_form() + text->after, key);
  if (!values) return values.faults();
  std::string made = text->before + signature.with_values(values->digest, values->signature) + text->after;
  const auto check = verify(made, nullptr, certificate.not_before);
  if (check.valid) return made;
  base::Faults faults;
  for (const auto& found : check.faults) {
    if (found.severity == base::Severity::error) faults.push_back(own_fault(found.zh, found.en));
  }
  return faults;
}

}  // namespace signing
