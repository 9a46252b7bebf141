#include "signing/canonical.h"

#include <memory>
#include <stdexcept>
#include <xmlsec/buffer.h>
#include <xmlsec/errors.h>
#include <xmlsec/nodeset.h>
#include <xmlsec/transforms.h>
#include <xmlsec/xmlsec.h>

namespace signing {

namespace {

struct Free {
  void operator()(xmlSecTransformCtx* context) const { xmlSecTransformCtxDestroy(context); }
  void operator()(xmlSecNodeSet* nodes) const { xmlSecNodeSetDestroy(nodes); }
};

void swallow(const char*, int, const char*, const char*, const char*, int, const char*) {}

void set_up_library() {
  [[maybe_unused]] static const bool ready = [] {
    if (xmlSecInit() < 0) throw std::runtime_error("libxmlsec1 cannot be set up");
    xmlSecErrorsSetCallback(swallow);  // its findings are told as faults, never on stderr
    return true;
  }();
}

std::string written(xmlSecNodeSet* nodes, Comments comments) {
  const std::unique_ptr<xmlSecTransformCtx, Free> context(xmlSecTransformCtxCreate());
  const auto form = comments == Comments::kept ? xmlSecTransformInclC14NWithCommentsId : xmlSecTransformInclC14NId;
  if (!context || nodes == nullptr || xmlSecTransformCtxCreateAndAppend(context.get(), form) == nullptr ||
      xmlSecTransformCtxXmlExecute(context.get(), nodes) < 0 || context->result == nullptr) {
    return {};
  }
  return {reinterpret_cast<const char*>(xmlSecBufferGetData(context->result)), xmlSecBufferGetSize(context->result)};
}

}  // namespace

std::string canonical_document(xmlNode* signature, Comments comments) {
  set_up_library();
  const std::unique_ptr<xmlSecNodeSet, Free> nodes(
      xmlSecNodeSetGetChildren(signature->doc, signature, comments == Comments::kept ? 1 : 0, 1));
  return written(nodes.get(), comments);
}

std::string canonical_element(xmlNode* element) {
  set_up_library();
  const std::unique_ptr<xmlSecNodeSet, Free> nodes(xmlSecNodeSetGetChildren(element->doc, element, 1, 0));
  return written(nodes.get(), Comments::left_out);
}

}  // namespace signing
