// The canonical bytes that are digested and signed: C14N 1.0 (http://www.w3.org/TR/2001/REC-xml-c14n-20010315) by
// libxmlsec1. Empty where they cannot be made. A document belongs to one thread at a time.
#pragma once

#include <libxml/tree.h>
#include <string>

namespace signing {

enum class Comments { left_out, kept };

// The whole document without `signature`, as the enveloped-signature transform has it.
std::string canonical_document(xmlNode* signature, Comments comments = Comments::left_out);
// One element with the namespaces that are in scope for it.
std::string canonical_element(xmlNode* element);
// An empty ds:SignedInfo that would stand in a ds:Signature under `root`: what canonical_element() would give for it.
std::string canonical_empty_signed_info(xmlNode* root);

}  // namespace signing
