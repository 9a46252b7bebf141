#include "schemas/compiled_schema.h"

#include <libxml/tree.h>
#include <string_view>

#include "schemas/fault_list.h"
#include "schemas/shape_reader.h"
#include "schemas/xpath_place.h"

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

struct SchemaWords {
  const char *code, *zh, *en;
};

// What libxml2 found, said for people; its own sentence speaks of types and facets.
SchemaWords words_of(int error) {
  switch (error) {
    case XML_SCHEMAV_ELEMENT_CONTENT:
      return {"schema.content", "此处不应有该元素，或其中缺少元素",
              "the element may not stand here, or something is missing in it"};
    case XML_SCHEMAV_CVC_COMPLEX_TYPE_3_2_1:
    case XML_SCHEMAV_CVC_COMPLEX_TYPE_3_2_2:
      return {"schema.attribute", "有不允许的属性", "it has an attribute that is not allowed"};
    case XML_SCHEMAV_CVC_COMPLEX_TYPE_4:
      return {"schema.attribute", "缺少属性", "an attribute is missing"};
    case XML_SCHEMAV_CVC_COMPLEX_TYPE_2_1:
    case XML_SCHEMAV_CVC_COMPLEX_TYPE_2_3:
    case XML_SCHEMAV_CVC_TYPE_3_1_1:
    case XML_SCHEMAV_CVC_TYPE_3_1_2:
      return {"schema.text", "内容不对：文字或子元素不应出现在此处", "text, or an element, stands where it may not"};
    case XML_SCHEMAV_CVC_ELT_4_1:
    case XML_SCHEMAV_CVC_ELT_4_2:
    case XML_SCHEMAV_CVC_ELT_4_3:
      return {"schema.attribute", "xsi:type 所指的类型不适用于此处；请去掉该属性",
              "xsi:type names a type that does not fit here; leave the attribute out"};
    default:
      return {"schema.value", "值的格式不对", "the value is not of the right form"};
  }
}

// One element's errors as libxml2 reports them.
struct Collecting {
  Places& places;
  const xmlNode* element;
  FaultList faults;

  static void collect(void* collecting, xmlErrorPtr error) {
    if (error != nullptr && error->level >= XML_ERR_ERROR) static_cast<Collecting*>(collecting)->add(*error);
  }

  // A bad value is reported twice: the facet, then that the value is not of its type.
  void add(const xmlError& error) {
    if (error.code == XML_SCHEMAV_CVC_DATATYPE_VALID_1_2_1 && error.node == nullptr) return;
    const auto* node = static_cast<const xmlNode*>(error.node);
    const bool is_attribute = node != nullptr && node->type == XML_ATTRIBUTE_NODE;
    const xmlNode* at = node == nullptr ? element : is_attribute ? node->parent : node;
    const std::string name(view(node == nullptr ? element->name : node->name));
    const SchemaWords words = words_of(error.code);
    faults.add({.code = words.code,
                .path = places.path_of(at) + (is_attribute ? "/@" + name : ""),
                .zh = name + "：" + words.zh,
                .en = name + ": " + words.en,
                .source = places.clause_of(at),
                .line = static_cast<int>(xmlGetLineNo(at))});
  }
};

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

bool CompiledSchema::is_valid(xmlDoc* document) const {
  FirstError first;
  const ValidContext context(xmlSchemaNewValidCtxt(schema_.get()));
  xmlSchemaSetValidStructuredErrors(context.get(), FirstError::collect, &first);
  return xmlSchemaValidateDoc(context.get(), document) == 0;
}

base::Faults CompiledSchema::faults_of(xmlNode* element, const Node& shape) const {
  Places places(shape);
  Collecting collecting{places, element, {}};
  const ValidContext context(xmlSchemaNewValidCtxt(schema_.get()));
  xmlSchemaSetValidStructuredErrors(context.get(), Collecting::collect, &collecting);
  xmlSchemaValidateOneElement(context.get(), element);
  return collecting.faults.take();
}

}  // namespace schemas
