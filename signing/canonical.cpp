#include "signing/canonical.h"

#include <memory>
#include <stdexcept>
#include <xmlsec/buffer.h>
#include <xmlsec/errors.h>
#include <xmlsec/nodeset.h>
#include <xmlsec/transforms.h>
#include <xmlsec/xmlsec.h>

#include "signing/signature_shape.h"

namespace signing {

namespace {

const xmlChar* xml_text(const char* text) { return reinterpret_cast<const xmlChar*>(text); }

struct Free {
  void operator()(xmlDoc* document) const { xmlFreeDoc(document); }
  void operator()(xmlSecTransformCtx* context) const { xmlSecTransformCtxDestroy(context); }
  void operator()(xmlSecNodeSet* nodes) const { xmlSecNodeSetDestroy(nodes); }
};
template <class T>
using Owned = std::unique_ptr<T, Free>;

void swallow(const char*, int, const char*, const char*, const char*, int, const char*) {}

void set_up_library() {
  [[maybe_unused]] static const bool ready = [] {
    if (xmlSecInit() < 0) throw std::runtime_error("libxmlsec1 cannot be set up");
    xmlSecErrorsSetCallback(swallow);  // its findings are told as faults, never on stderr
    return true;
  }();
}

// A whole document: choosing nodes of a larger one would ask for each of them whether it is chosen.
std::string written(xmlDoc* document, Comments comments) {
  set_up_library();
  const Owned<xmlSecNodeSet> all(xmlSecNodeSetCreate(document, nullptr, xmlSecNodeSetTree));
  const Owned<xmlSecTransformCtx> context(xmlSecTransformCtxCreate());
  const auto form = comments == Comments::kept ? xmlSecTransformInclC14NWithCommentsId : xmlSecTransformInclC14NId;
  if (!context || !all || xmlSecTransformCtxCreateAndAppend(context.get(), form) == nullptr ||
      xmlSecTransformCtxXmlExecute(context.get(), all.get()) < 0 || context->result == nullptr) {
    return {};
  }
  return {reinterpret_cast<const char*>(xmlSecBufferGetData(context->result)), xmlSecBufferGetSize(context->result)};
}

// Out of its document for as long as this lives.
class Detached {
 public:
  explicit Detached(xmlNode* node) : node_(node), parent_(node->parent), next_(node->next) { xmlUnlinkNode(node); }
  ~Detached() {
    if (next_ != nullptr) {
      xmlAddPrevSibling(next_, node_);
    } else {
      xmlAddChild(parent_, node_);
    }
  }
  xmlDoc* document() const { return parent_->doc; }
  Detached(const Detached&) = delete;
  Detached& operator=(const Detached&) = delete;

 private:
  xmlNode *node_, *parent_, *next_;
};

bool declares(const xmlNode* element, const xmlChar* prefix) {
  for (const xmlNs* ns = element->nsDef; ns != nullptr; ns = ns->next) {
    if (xmlStrEqual(ns->prefix, prefix) != 0) return true;
  }
  return false;
}

// C14N 1.0 §2.4: an element that is canonicalized by itself shows the namespaces that are in scope for it and takes on
// the attributes of its ancestors that are in the XML namespace; of several the nearest one's.
void take_over_context(xmlNode* copy, const xmlNode* parent) {
  for (const xmlNode* up = parent; up != nullptr && up->type == XML_ELEMENT_NODE; up = up->parent) {
    for (const xmlNs* ns = up->nsDef; ns != nullptr; ns = ns->next) {
      if (!declares(copy, ns->prefix)) xmlNewNs(copy, ns->href, ns->prefix);
    }
    for (xmlAttr* attribute = up->properties; attribute != nullptr; attribute = attribute->next) {
      const bool is_xml = attribute->ns != nullptr && xmlStrEqual(attribute->ns->href, XML_XML_NAMESPACE) != 0;
      if (is_xml && xmlHasNsProp(copy, attribute->name, XML_XML_NAMESPACE) == nullptr) xmlCopyProp(copy, attribute);
    }
  }
}

}  // namespace

std::string canonical_document(xmlNode* signature, Comments comments) {
  const Detached enveloped(signature);
  return written(enveloped.document(), comments);
}

std::string canonical_element(xmlNode* element) {
  const Owned<xmlDoc> alone(xmlNewDoc(nullptr));
  xmlNode* copy = alone ? xmlDocCopyNode(element, alone.get(), 1) : nullptr;
  if (copy == nullptr) return {};
  xmlDocSetRootElement(alone.get(), copy);
  take_over_context(copy, element->parent);
  return written(alone.get(), Comments::left_out);
}

std::string canonical_empty_signed_info(xmlNode* root) {
  const Owned<xmlDoc> alone(xmlNewDoc(nullptr));
  xmlNode* made = alone ? xmlNewDocNode(alone.get(), nullptr, xml_text("SignedInfo"), nullptr) : nullptr;
  if (made == nullptr) return {};
  xmlDocSetRootElement(alone.get(), made);
  xmlSetNs(made, xmlNewNs(made, xml_text(dsig_namespace), xml_text("ds")));
  take_over_context(made, root);
  return written(alone.get(), Comments::left_out);
}

}  // namespace signing
