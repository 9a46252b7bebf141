#include "base/xml.h"

#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <string>
#include <utility>

namespace base {

namespace {

struct ReadState {
  XmlLimits limits;
  int depth = 0;
  int line = 0;
  std::string refused;  // the code of what made us stop
  std::string syntax;   // libxml2's first sentence
};

ReadState& state_of(void* context) {
  return *static_cast<ReadState*>(static_cast<xmlParserCtxtPtr>(context)->_private);
}

void stop(void* context, const char* code) {
  auto& state = state_of(context);
  if (!state.refused.empty()) return;
  state.refused = code;
  state.line = xmlSAX2GetLineNumber(context);
  xmlStopParser(static_cast<xmlParserCtxtPtr>(context));
}

void on_doctype(void* context, const xmlChar*, const xmlChar*, const xmlChar*) { stop(context, "xml.doctype"); }

void on_start(void* context, const xmlChar* name, const xmlChar* prefix, const xmlChar* uri, int namespaces,
              const xmlChar** namespace_list, int attributes, int defaulted, const xmlChar** attribute_list) {
  auto& state = state_of(context);
  if (++state.depth > state.limits.depth) return stop(context, "xml.depth");
  xmlSAX2StartElementNs(context, name, prefix, uri, namespaces, namespace_list, attributes, defaulted, attribute_list);
}

void on_end(void* context, const xmlChar* name, const xmlChar* prefix, const xmlChar* uri) {
  --state_of(context).depth;
  xmlSAX2EndElementNs(context, name, prefix, uri);
}

void on_error(void* context, xmlErrorPtr error) {
  auto& state = state_of(context);
  if (error == nullptr || error->level < XML_ERR_ERROR || !state.syntax.empty()) return;
  state.syntax = error->message != nullptr ? error->message : "not well-formed";
  while (!state.syntax.empty() && state.syntax.back() == '\n') state.syntax.pop_back();
  state.line = error->line;
}

Fault refusal(const ReadState& state) {
  Fault fault{.code = state.refused, .path = {}, .zh = {}, .en = {}, .source = {}, .line = state.line};
  if (state.refused == "xml.doctype") {
    fault.zh = "报文含有文档类型声明（DOCTYPE），不予读取；请删除该声明";
    fault.en = "the text has a document type declaration (DOCTYPE), which is not read; remove it";
  } else {
    fault.zh = "元素嵌套超过 " + std::to_string(state.limits.depth) + " 层，不予读取";
    fault.en = "elements are nested more than " + std::to_string(state.limits.depth) + " deep, which is not read";
  }
  return fault;
}

Fault syntax_fault(const ReadState& state) {
  const std::string detail = state.syntax.empty() ? "no root element" : state.syntax;
  return {.code = "xml.syntax",
          .path = {},
          .zh = "XML 格式不正确：" + detail,
          .en = "not well-formed XML: " + detail,
          .source = {},
          .line = state.line};
}

Fault size_fault(std::size_t size, std::size_t limit) {
  return {.code = "xml.size",
          .path = {},
          .zh = "报文 " + std::to_string(size) + " 字节，最多 " + std::to_string(limit) + " 字节",
          .en = "the text has " + std::to_string(size) + " bytes, at most " + std::to_string(limit) + " are read",
          .source = {}};
}

Fault encoding_fault(const std::string& name) {
  return {.code = "xml.encoding",
          .path = {},
          .zh = "报文编码为 " + name + "，只接受 UTF-8；请转换为 UTF-8",
          .en = "the text is encoded as " + name + ", only UTF-8 is read; convert it to UTF-8",
          .source = {},
          .line = 1};
}

// A parser over one text, with our own handlers in front of libxml2's.
struct Context {
  Context(std::string_view text, ReadState& state)
      : parser(xmlCreateMemoryParserCtxt(text.data(), static_cast<int>(text.size()))) {
    parser->_private = &state;
    parser->sax->internalSubset = on_doctype;
    parser->sax->startElementNs = on_start;
    parser->sax->endElementNs = on_end;
    parser->sax->serror = on_error;
    xmlCtxtUseOptions(parser, XML_PARSE_NONET | XML_PARSE_BIG_LINES);
    parser->linenumbers = 1;
  }
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;
  ~Context() {
    if (parser->myDoc != nullptr) xmlFreeDoc(parser->myDoc);
    xmlFreeParserCtxt(parser);
  }
  _xmlDoc* release() { return std::exchange(parser->myDoc, nullptr); }

  xmlParserCtxtPtr parser;
};

bool is_utf8(const xmlChar* encoding) {
  return encoding == nullptr || xmlStrcasecmp(encoding, BAD_CAST "UTF-8") == 0 ||
         xmlStrcasecmp(encoding, BAD_CAST "US-ASCII") == 0 || xmlStrcasecmp(encoding, BAD_CAST "ASCII") == 0;
}

}  // namespace

void XmlDocument::Free::operator()(_xmlDoc* doc) const { xmlFreeDoc(doc); }

Result<XmlDocument> XmlDocument::read(std::string_view text, const XmlLimits& limits) {
  if (text.size() > limits.bytes) return size_fault(text.size(), limits.bytes);
  static const bool ready = (xmlInitParser(), true);
  (void)ready;
  ReadState state{.limits = limits, .depth = 0, .line = 0, .refused = {}, .syntax = {}};
  if (text.empty()) return syntax_fault(state);
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) return encoding_fault("UTF-16");
  Context context(text, state);
  xmlParseDocument(context.parser);
  if (!state.refused.empty()) return refusal(state);
  const _xmlDoc* doc = context.parser->myDoc;
  if (doc == nullptr || context.parser->wellFormed == 0 || !state.syntax.empty()) return syntax_fault(state);
  if (!is_utf8(doc->encoding)) return encoding_fault(reinterpret_cast<const char*>(doc->encoding));
  return XmlDocument(context.release());
}

}  // namespace base
