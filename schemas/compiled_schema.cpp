#include "schemas/compiled_schema.h"

#include <libxml/tree.h>
#include <string_view>

#include "schemas/fault_list.h"
#include "schemas/shape_reader.h"

namespace schemas {

namespace {

using ParserContext = std::unique_ptr<xmlSchemaParserCtxt, FreedBy<xmlSchemaFreeParserCtxt>>;
using ValidContext = std::unique_ptr<xmlSchemaValidCtxt, FreedBy<xmlSchemaFreeValidCtxt>>;

void waive_signatures(xmlNode* node) {
  for (; node != nullptr; node = node->next) {
    if (is_element(node, xsd_namespace, "element")) {
      const std::string ref = attribute(node, "ref");
      const auto colon = ref.find(':');
      const xmlNs* ns =
          colon == std::string::npos ? nullptr : xmlSearchNs(node->doc, node, chars(ref.substr(0, colon).c_str()));
      if (ns != nullptr && view(ns->href) == dsig_namespace) xmlSetProp(node, chars("minOccurs"), chars("0"));
    }
    waive_signatures(node->children);
  }
}

void collect_fault(void* faults, xmlErrorPtr error) {
  if (error == nullptr || error->level < XML_ERR_ERROR) return;
  std::string sentence = error->message == nullptr ? "not valid" : error->message;
  while (!sentence.empty() && sentence.back() == '\n') sentence.pop_back();
  static_cast<FaultList*>(faults)->add({.code = "schema.invalid",
                                        .path = {},
                                        .zh = "不符合报文规范：" + sentence,
                                        .en = "does not follow the schema: " + sentence,
                                        .source = {},
                                        .line = error->line});
}

}  // namespace

base::Result<CompiledSchema> CompiledSchema::compile(const std::filesystem::path& file, SignatureDemand demand) {
  auto source = read_xml_file(file);
  if (!source) return source.faults();
  CompiledSchema compiled;
  compiled.source_ = std::move(*source);
  if (demand == SignatureDemand::none_yet) waive_signatures(compiled.source_->children);
  FirstError first;
  const ErrorScope scope(first);
  const ParserContext parser(xmlSchemaNewDocParserCtxt(compiled.source_.get()));
  xmlSchemaSetParserStructuredErrors(parser.get(), FirstError::collect, &first);
  compiled.schema_.reset(xmlSchemaParse(parser.get()));
  if (compiled.schema_ != nullptr && first.count == 0) return compiled;
  return base::Fault{.code = "xsd.compile",
                     .path = file.string(),
                     .zh = "XSD 无法编译：" + first.sentence,
                     .en = "the XSD does not compile: " + first.sentence,
                     .source = {},
                     .line = first.line};
}

FirstError CompiledSchema::validate(xmlDoc* document) const {
  FirstError first;
  const ValidContext context(xmlSchemaNewValidCtxt(schema_.get()));
  xmlSchemaSetValidStructuredErrors(context.get(), FirstError::collect, &first);
  if (xmlSchemaValidateDoc(context.get(), document) != 0 && first.count == 0) first.count = 1;
  return first;
}

base::Faults CompiledSchema::validate_element(xmlNode* element) const {
  FaultList faults;
  const ValidContext context(xmlSchemaNewValidCtxt(schema_.get()));
  xmlSchemaSetValidStructuredErrors(context.get(), collect_fault, &faults);
  xmlSchemaValidateOneElement(context.get(), element);
  return faults.take();
}

}  // namespace schemas
