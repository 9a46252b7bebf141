#include "signing/signature_shape.h"

#include <optional>
#include <string_view>

namespace signing {

namespace {

constexpr std::size_t most_certificates = 10;
constexpr const char* clause = "报文规范 202205 §6";

std::string_view name_of(const xmlNode* node) { return reinterpret_cast<const char*>(node->name); }

base::Fault fault(const char* code, const xmlNode* at, std::string zh, std::string en) {
  return {.code = code,
          .path = {},
          .zh = std::move(zh),
          .en = std::move(en),
          .source = clause,
          .line = at != nullptr ? static_cast<int>(xmlGetLineNo(at)) : 0};
}

// Nothing where the attribute is absent.
std::optional<std::string> attribute(const xmlNode* node, const char* name) {
  xmlChar* text = xmlGetNoNsProp(node, reinterpret_cast<const xmlChar*>(name));
  if (text == nullptr) return std::nullopt;
  std::string value = reinterpret_cast<const char*>(text);
  xmlFree(text);
  return value;
}

// The children if they are exactly these dsig elements, in this order; else nothing.
std::optional<std::vector<xmlNode*>> exact_children(const xmlNode* parent, std::initializer_list<const char*> names) {
  auto children = elements_in(parent);
  if (children.size() != names.size()) return std::nullopt;
  auto child = children.begin();
  for (const char* name : names) {
    if (!is_dsig(*child++, name)) return std::nullopt;
  }
  return children;
}

class ShapeReader {
 public:
  base::Result<SignatureShape> read(xmlNode* signature) {
    shape_.signature = signature;
    const auto parts = exact_children(signature, {"SignedInfo", "SignatureValue", "KeyInfo"});
    if (!parts) return misformed(signature, "SignedInfo, SignatureValue, KeyInfo");
    shape_.signed_info = (*parts)[0];
    shape_.signature_value = leaf_text((*parts)[1]);
    read_signed_info();
    read_key_info((*parts)[2]);
    if (!faults_.empty()) return std::move(faults_);
    return std::move(shape_);
  }

 private:
  static base::Fault misformed(const xmlNode* node, const std::string& wanted) {
    const std::string name(name_of(node));
    return fault("signature.form", node, "签名结构不正确：ds:" + name + " 中必须依次且仅有 " + wanted + "；请重新签名",
                 "the signature is misformed: ds:" + name + " must hold exactly " + wanted +
                     ", in this order; sign the message again");
  }

  std::string algorithm(const xmlNode* node) {
    const auto uri = attribute(node, "Algorithm");
    const bool bare = elements_in(node).empty();
    if (uri && bare) return *uri;
    faults_.push_back(fault(
        "signature.form", node, "ds:" + std::string(name_of(node)) + " 必须有 Algorithm 属性且不含子元素；请重新签名",
        "ds:" + std::string(name_of(node)) + " must have an Algorithm and no element in it; sign the message again"));
    return {};
  }

  void read_signed_info() {
    const auto parts = exact_children(shape_.signed_info, {"CanonicalizationMethod", "SignatureMethod", "Reference"});
    if (!parts) {
      faults_.push_back(misformed(shape_.signed_info, "CanonicalizationMethod, SignatureMethod, Reference"));
      return;
    }
    if (const auto uri = algorithm((*parts)[0]); uri != c14n_uri) {
      faults_.push_back(fault(
          "signature.transforms", (*parts)[0],
          "规范化算法 “" + uri + "” 不允许；只允许 " + c14n_uri + "（C14N 1.0，不含注释）",
          "the canonicalization “" + uri + "” is not allowed; only " + c14n_uri + " is (C14N 1.0 without comments)"));
    }
    shape_.signature_method = algorithm((*parts)[1]);
    read_reference((*parts)[2]);
  }

  void read_reference(const xmlNode* reference) {
    const auto uri = attribute(reference, "URI");
    if (!uri || !uri->empty()) {
      const std::string found = uri ? "URI=\"" + *uri + "\"" : "URI?";
      faults_.push_back(
          fault("signature.reference", reference,
                "签名必须覆盖整个报文：Reference 的 URI 必须为空（URI=\"\"），实际为 " + found,
                "the signature must cover the whole message: the Reference needs URI=\"\", found " + found));
    }
    const auto parts = exact_children(reference, {"Transforms", "DigestMethod", "DigestValue"});
    if (!parts) {
      faults_.push_back(misformed(reference, "Transforms, DigestMethod, DigestValue"));
      return;
    }
    read_transforms((*parts)[0]);
    shape_.digest_method = algorithm((*parts)[1]);
    shape_.digest_value = leaf_text((*parts)[2]);
  }

  void read_transforms(const xmlNode* transforms) {
    const auto children = elements_in(transforms);
    bool allowed = !children.empty() && children.size() <= 2;
    std::string found;
    for (std::size_t i = 0; i < children.size(); ++i) {
      const auto uri = attribute(children[i], "Algorithm").value_or("?");
      const bool expected = uri == (i == 0 ? enveloped_uri : c14n_uri);
      allowed = allowed && expected && is_dsig(children[i], "Transform") && elements_in(children[i]).empty();
      found += (i == 0 ? "" : ", ") + uri;
    }
    if (allowed) return;
    faults_.push_back(fault(
        "signature.transforms", transforms,
        "Transforms 只允许 " + std::string(enveloped_uri) + "（其后可有 C14N 1.0），实际为：" + found,
        "only the transform " + std::string(enveloped_uri) + " is allowed (C14N 1.0 may follow it), found: " + found));
  }

  void read_key_info(const xmlNode* key_info) {
    for (const xmlNode* part : elements_in(key_info)) {
      if (is_dsig(part, "KeyName")) shape_.key_name = leaf_text(part);
      if (!is_dsig(part, "X509Data")) continue;
      for (const xmlNode* item : elements_in(part)) {
        if (is_dsig(item, "X509Certificate")) shape_.certificates.push_back(leaf_text(item));
      }
    }
    if (shape_.certificates.size() <= most_certificates) return;
    faults_.push_back(fault("signature.certificate", key_info, "KeyInfo 中的证书太多；请只附签名证书",
                            "KeyInfo holds too many certificates; put in the signing certificate alone"));
  }

  SignatureShape shape_;
  base::Faults faults_;
};

base::Fault wrong_count(const std::vector<xmlNode*>& signatures) {
  if (signatures.empty()) {
    return fault("signature.absent", nullptr, "报文没有签名（ds:Signature）；请先签名",
                 "the message has no signature (ds:Signature); sign it first");
  }
  const auto count = std::to_string(signatures.size());
  return fault("signature.count", signatures.back(), "报文中有 " + count + " 个签名，只允许一个；请重新签名",
               "the message has " + count + " signatures and only one is allowed; sign it again");
}

}  // namespace

bool is_dsig(const xmlNode* node, const char* name) {
  return node->type == XML_ELEMENT_NODE && node->ns != nullptr &&
         xmlStrEqual(node->name, reinterpret_cast<const xmlChar*>(name)) != 0 &&
         xmlStrEqual(node->ns->href, reinterpret_cast<const xmlChar*>(dsig_namespace)) != 0;
}

std::vector<xmlNode*> elements_in(const xmlNode* parent) {
  std::vector<xmlNode*> elements;
  for (xmlNode* child = parent->children; child != nullptr; child = child->next) {
    if (child->type == XML_ELEMENT_NODE) elements.push_back(child);
  }
  return elements;
}

std::string leaf_text(const xmlNode* node) {
  std::string text;
  for (const xmlNode* child = node->children; child != nullptr; child = child->next) {
    if (child->type != XML_TEXT_NODE) return {};
    text += reinterpret_cast<const char*>(child->content);
  }
  return text;
}

std::vector<xmlNode*> signatures_in(const xmlDoc* document) {
  std::vector<xmlNode*> found;
  xmlNode* const root = xmlDocGetRootElement(document);
  xmlNode* node = root;
  while (node != nullptr) {
    if (is_dsig(node, "Signature")) found.push_back(node);
    if (node->type == XML_ELEMENT_NODE && node->children != nullptr) {
      node = node->children;
      continue;
    }
    while (node != root && node->next == nullptr) node = node->parent;
    node = node == root ? nullptr : node->next;
  }
  return found;
}

base::Result<SignatureShape> read_signature_shape(const xmlDoc* document) {
  const auto signatures = signatures_in(document);
  if (signatures.size() != 1) return wrong_count(signatures);
  if (signatures.front()->parent != xmlDocGetRootElement(document)) {
    return fault("signature.place", signatures.front(), "签名必须是根元素的直接子元素；请重新签名",
                 "the signature must be a child of the root element; sign the message again");
  }
  return ShapeReader().read(signatures.front());
}

}  // namespace signing
