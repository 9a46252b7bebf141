#include "base/xml.h"

#include <algorithm>
#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <optional>
#include <string>
#include <utility>

namespace base {

namespace {

constexpr std::size_t longest_encoding_name = 40;  // of what a fault repeats

struct ReadState {
  XmlLimits limits;
  int depth = 0;
  std::size_t nodes = 0;
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

void count(void* context, int more) {
  auto& state = state_of(context);
  state.nodes += static_cast<std::size_t>(more);
  if (state.nodes > state.limits.nodes) stop(context, "xml.nodes");
}

void on_start(void* context, const xmlChar* name, const xmlChar* prefix, const xmlChar* uri, int namespaces,
              const xmlChar** namespace_list, int attributes, int defaulted, const xmlChar** attribute_list) {
  auto& state = state_of(context);
  if (++state.depth > state.limits.depth) return stop(context, "xml.depth");
  count(context, 1 + attributes + namespaces);
  if (!state.refused.empty()) return;
  xmlSAX2StartElementNs(context, name, prefix, uri, namespaces, namespace_list, attributes, defaulted, attribute_list);
}

void on_end(void* context, const xmlChar* name, const xmlChar* prefix, const xmlChar* uri) {
  --state_of(context).depth;
  xmlSAX2EndElementNs(context, name, prefix, uri);
}

void on_comment(void* context, const xmlChar* text) {
  count(context, 1);
  if (state_of(context).refused.empty()) xmlSAX2Comment(context, text);
}

void on_instruction(void* context, const xmlChar* target, const xmlChar* data) {
  count(context, 1);
  if (state_of(context).refused.empty()) xmlSAX2ProcessingInstruction(context, target, data);
}

void on_cdata(void* context, const xmlChar* text, int size) {
  count(context, 1);
  if (state_of(context).refused.empty()) xmlSAX2CDataBlock(context, text, size);
}

void on_error(void* context, xmlErrorPtr error) {
  auto& state = state_of(context);
  if (error == nullptr || error->level < XML_ERR_ERROR || !state.syntax.empty()) return;
  state.syntax = error->message != nullptr ? error->message : "not well-formed";
  while (!state.syntax.empty() && state.syntax.back() == '\n') state.syntax.pop_back();
  state.line = error->line;
  // It would go on and tell each of ten million double hyphens in a comment.
  if (error->level == XML_ERR_FATAL) xmlStopParser(static_cast<xmlParserCtxtPtr>(context));
}

Fault limit_fault(const char* code, int line, const std::string& zh, const std::string& en, std::size_t limit) {
  const std::string most = std::to_string(limit);
  return {.code = code,
          .path = {},
          .zh = zh + " " + most + " 个，不予读取",
          .en = "more than " + most + " " + en + ", which is not read",
          .source = {},
          .line = line};
}

Fault refusal(const ReadState& state) {
  if (state.refused == "xml.nodes") {
    return limit_fault("xml.nodes", state.line, "元素、属性和注释合计超过", "elements, attributes and comments in all",
                       state.limits.nodes);
  }
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

// How many attributes the start tag holds that begins at the start of the text: up to its end or the next "<", over
// which libxml2 reads no tag.
std::size_t attributes_of_tag(std::string_view text) {
  std::size_t attributes = 0;
  char quote = 0;
  for (std::size_t at = 1; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '<' || (c == '>' && quote == 0)) break;
    if (c == '=' && quote == 0) ++attributes;
    if (c == quote) {
      quote = 0;
    } else if (quote == 0 && (c == '"' || c == '\'')) {
      quote = c;
    }
  }
  return attributes;
}

// libxml2 compares each attribute with all before it, so that one tag with a hundred thousand would take a quarter of a
// minute, before any of our handlers is called.
std::optional<Fault> too_many_attributes(std::string_view text, std::size_t most) {
  constexpr std::size_t least_bytes = 4;  // of an attribute: a=""
  for (auto at = text.find('<'), next = at; at != std::string_view::npos; at = next) {
    next = text.find('<', at + 1);
    const auto tag = text.substr(at, next - at);
    if (tag.size() <= least_bytes * most || attributes_of_tag(tag) <= most) continue;
    const auto line = 1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n');
    return limit_fault("xml.attributes", static_cast<int>(line), "一个元素的属性超过", "attributes on one element",
                       most);
  }
  return std::nullopt;
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
    parser->sax->comment = on_comment;
    parser->sax->processingInstruction = on_instruction;
    parser->sax->cdataBlock = on_cdata;
    parser->sax->serror = on_error;
    // Our limits stand in for libxml2's own, which would refuse the ten million characters of a large DxpMsg.
    xmlCtxtUseOptions(
        parser, XML_PARSE_NONET | XML_PARSE_IGNORE_ENC | XML_PARSE_BIG_LINES | XML_PARSE_HUGE | XML_PARSE_COMPACT);
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

bool is_utf8(std::string_view encoding) {
  std::string name(encoding);
  std::ranges::transform(name, name.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 32) : c; });
  return name == "utf-8" || name == "us-ascii" || name == "ascii";
}

// What stands after encoding= in the XML declaration; "" where there is none, or none that can be read.
std::string_view declared_encoding(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  if (!text.starts_with("<?xml")) return {};
  const std::string_view declaration = text.substr(0, text.find("?>"));
  const auto name = declaration.find("encoding");
  const auto begin = name == std::string_view::npos ? name : declaration.find_first_of("\"'", name);
  if (begin == std::string_view::npos) return {};
  const auto end = declaration.find(declaration[begin], begin + 1);
  return end == std::string_view::npos ? std::string_view{} : declaration.substr(begin + 1, end - begin - 1);
}

// Told before libxml2 sees the text: it would convert it, and write what it cannot convert to standard error.
std::optional<Fault> foreign_encoding(std::string_view text) {
  const std::string_view start = text.substr(0, 4);
  if (start.starts_with("\xFF\xFE") || start.starts_with("\xFE\xFF")) return encoding_fault("UTF-16");
  if (start.substr(0, 2).find('\0') != std::string_view::npos) return encoding_fault("UTF-16 / UTF-32");
  if (start == "\x4C\x6F\xA7\x94") return encoding_fault("EBCDIC");
  const std::string_view declared = declared_encoding(text);
  if (declared.empty() || is_utf8(declared)) return std::nullopt;
  return encoding_fault(std::string(declared.substr(0, longest_encoding_name)));
}

}  // namespace

void XmlDocument::Free::operator()(_xmlDoc* doc) const { xmlFreeDoc(doc); }

Result<XmlDocument> XmlDocument::read(std::string_view text, const XmlLimits& limits) {
  if (text.size() > limits.bytes) return size_fault(text.size(), limits.bytes);
  static const bool ready = (xmlInitParser(), true);
  (void)ready;
  ReadState state{.limits = limits, .depth = 0, .nodes = 0, .line = 0, .refused = {}, .syntax = {}};
  if (text.empty()) return syntax_fault(state);
  if (auto fault = foreign_encoding(text)) return std::move(*fault);
  if (auto fault = too_many_attributes(text, limits.attributes)) return std::move(*fault);
  Context context(text, state);
  xmlParseDocument(context.parser);
  if (!state.refused.empty()) return refusal(state);
  const _xmlDoc* doc = context.parser->myDoc;
  if (doc == nullptr || context.parser->wellFormed == 0 || !state.syntax.empty()) return syntax_fault(state);
  return XmlDocument(context.release());
}

}  // namespace base
