#include "schemas/libxml.h"

#include <libxml/tree.h>

namespace schemas {

bool is_element(const xmlNode* node, std::string_view namespace_uri, std::string_view name) {
  return node->type == XML_ELEMENT_NODE && view(node->name) == name && namespace_of(node) == namespace_uri;
}

std::string attribute(const xmlNode* node, const char* name) {
  const std::unique_ptr<xmlChar, FreedBy<[](xmlChar* text) { xmlFree(text); }>> value(
      xmlGetNoNsProp(node, chars(name)));
  return std::string(view(value.get()));
}

void FirstError::collect(void* first_error, xmlErrorPtr error) {
  auto& first = *static_cast<FirstError*>(first_error);
  if (error == nullptr || error->level < XML_ERR_ERROR || first.count++ > 0) return;
  first.sentence = error->message == nullptr ? "unknown" : error->message;
  while (!first.sentence.empty() && first.sentence.back() == '\n') first.sentence.pop_back();
  first.line = error->line;
}

namespace {

// XPath prints some errors beside reporting them.
void print_nothing(void*, const char*, ...) {}

}  // namespace

ErrorScope::ErrorScope(FirstError& first)
    : function_before_(xmlStructuredError),
      context_before_(xmlStructuredErrorContext),
      printer_before_(xmlGenericError),
      printer_context_before_(xmlGenericErrorContext) {
  xmlSetStructuredErrorFunc(&first, FirstError::collect);
  xmlSetGenericErrorFunc(nullptr, print_nothing);
}

ErrorScope::~ErrorScope() {
  xmlSetStructuredErrorFunc(context_before_, function_before_);
  xmlSetGenericErrorFunc(printer_context_before_, printer_before_);
}

}  // namespace schemas
