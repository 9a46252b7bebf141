// Owners and error collection for libxml2, for this folder only. Nothing of libxml2 reaches stderr while these are
// used.
#pragma once

#include <libxml/xmlschemas.h>
#include <libxml/xpath.h>
#include <memory>
#include <string>
#include <string_view>

namespace schemas {

template <auto free_function>
struct FreedBy {
  template <class T>
  void operator()(T* object) const {
    free_function(object);
  }
};

using DocPtr = std::unique_ptr<xmlDoc, FreedBy<xmlFreeDoc>>;
using SchemaPtr = std::unique_ptr<xmlSchema, FreedBy<xmlSchemaFree>>;
using XPathContextPtr = std::unique_ptr<xmlXPathContext, FreedBy<xmlXPathFreeContext>>;
using XPathExpressionPtr = std::unique_ptr<xmlXPathCompExpr, FreedBy<xmlXPathFreeCompExpr>>;
using XPathObjectPtr = std::unique_ptr<xmlXPathObject, FreedBy<xmlXPathFreeObject>>;

inline std::string_view view(const xmlChar* text) {
  return text == nullptr ? std::string_view{} : std::string_view{reinterpret_cast<const char*>(text)};
}
inline const xmlChar* chars(const char* text) { return reinterpret_cast<const xmlChar*>(text); }

inline std::string_view namespace_of(const xmlNode* node) { return node->ns == nullptr ? "" : view(node->ns->href); }
bool is_element(const xmlNode* node, std::string_view namespace_uri, std::string_view name);
std::string attribute(const xmlNode* node, const char* name);  // empty if absent

// Remembers the first error and counts them all; hand `collect` and the object's address to libxml2.
struct FirstError {
  static void collect(void* first_error, xmlErrorPtr error);
  int count = 0;
  std::string sentence;
  int line = 0;
};

// Sends this thread's libxml2 errors into a FirstError for as long as it lives.
class ErrorScope {
 public:
  explicit ErrorScope(FirstError& first);
  ~ErrorScope();
  ErrorScope(const ErrorScope&) = delete;
  ErrorScope& operator=(const ErrorScope&) = delete;

 private:
  xmlStructuredErrorFunc function_before_;
  void* context_before_;
  xmlGenericErrorFunc printer_before_;
  void* printer_context_before_;
};

}  // namespace schemas
