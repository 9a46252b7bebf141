// The signature element of a message, read strictly: one ds:Signature, a child of the root, enveloped over the whole
// document (报文规范 202205 §6). Anything a wrapping attack would need is a fault. The nodes belong to the document.
#pragma once

#include <libxml/tree.h>
#include <string>
#include <vector>

#include "base/result.h"

namespace signing {

inline constexpr const char* dsig_namespace = "http://www.w3.org/2000/09/xmldsig#";
inline constexpr const char* enveloped_uri = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";
inline constexpr const char* c14n_uri = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";

struct SignatureShape {
  xmlNode* signature = nullptr;
  xmlNode* signed_info = nullptr;
  std::string signature_method, digest_method;
  std::string digest_value, signature_value, key_name;  // as written
  std::vector<std::string> certificates;                // of X509Data, likewise
};

std::vector<xmlNode*> signatures_in(const xmlDoc* document);
bool is_dsig(const xmlNode* node, const char* name);
// Its text if there is nothing but text in it.
std::string leaf_text(const xmlNode* node);
// The child elements, in order.
std::vector<xmlNode*> elements_in(const xmlNode* parent);

// Faults: signature.absent, signature.count, signature.place, signature.form, signature.reference,
// signature.transforms, signature.certificate where there are more than 10.
base::Result<SignatureShape> read_signature_shape(const xmlDoc* document);

}  // namespace signing
