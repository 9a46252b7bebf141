#include "schemas/shape_reader.h"

#include <charconv>
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <map>
#include <utility>

namespace schemas {

namespace {

// Beside string, decimal and int.
const std::map<std::string_view, BaseType> other_bases{{"date", BaseType::date},
                                                       {"dateTime", BaseType::date_time},
                                                       {"base64Binary", BaseType::base64},
                                                       {"ID", BaseType::id}};

constexpr int deepest_nesting = 32;  // a type that holds itself ends here

std::string in_quotes(std::string_view text) { return "\"" + std::string(text) + "\""; }

unsigned number_or(const std::string& text, unsigned otherwise) {
  if (text == "unbounded") return unbounded;
  unsigned value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size() ? value : otherwise;
}

// One reading of one global element; collects every fault.
class Reading {
 public:
  Reading(const std::filesystem::path& file, const std::vector<DocPtr>& docs)
      : file_(file), target_namespace_(attribute(xmlDocGetRootElement(docs.front().get()), "targetNamespace")) {
    for (const DocPtr& doc : docs) schemas_.push_back(xmlDocGetRootElement(doc.get()));
  }

  Node global_element(std::string_view name) { return global_element(schemas_.front(), name); }
  base::Faults take_faults() { return std::move(faults_); }

 private:
  Node global_element(const xmlNode* at, std::string_view name) {
    const xmlNode* declared = global("element", name);
    if (declared != nullptr) return element(declared);
    fault(at, "没有元素 " + in_quotes(name), "there is no element " + in_quotes(name));
    return {};
  }

  struct QName {
    std::string namespace_uri, name;
  };

  void fault(const xmlNode* at, std::string zh, std::string en) {
    faults_.push_back({.code = "xsd.shape",
                       .path = file_.string(),
                       .zh = std::move(zh),
                       .en = std::move(en),
                       .source = {},
                       .line = static_cast<int>(xmlGetLineNo(at))});
  }
  void outside_subset(const xmlNode* at) {
    const std::string name(view(at->name));
    fault(at, "xs:" + name + " 不在可用的 XSD 子集之内", "xs:" + name + " is not in the subset of XSD that is read");
  }

  const xmlNode* global(std::string_view kind, std::string_view name) const {
    for (const xmlNode* schema : schemas_) {
      for (const xmlNode* node = schema->children; node != nullptr; node = node->next) {
        if (is_element(node, xsd_namespace, kind) && attribute(node, "name") == name) return node;
      }
    }
    return nullptr;
  }

  QName resolve(const xmlNode* at, const std::string& text) const {
    const auto colon = text.find(':');
    const std::string prefix = colon == std::string::npos ? "" : text.substr(0, colon);
    const xmlNs* ns = xmlSearchNs(at->doc, const_cast<xmlNode*>(at), prefix.empty() ? nullptr : chars(prefix.c_str()));
    return {ns == nullptr ? "" : std::string(view(ns->href)),
            colon == std::string::npos ? text : text.substr(colon + 1)};
  }

  static std::string documentation(const xmlNode* at) {
    for (const xmlNode* node = at->children; node != nullptr; node = node->next) {
      if (!is_element(node, xsd_namespace, "annotation")) continue;
      for (const xmlNode* doc = node->children; doc != nullptr; doc = doc->next) {
        if (is_element(doc, xsd_namespace, "documentation") && doc->children != nullptr) {
          return std::string(view(doc->children->content));
        }
      }
    }
    return {};
  }

  Node element(const xmlNode* at) {
    const std::string ref = attribute(at, "ref");
    Node node = ref.empty() ? declared_element(at) : referred_element(at, ref);
    node.min_occurs = number_or(attribute(at, "minOccurs"), 1);
    node.max_occurs = number_or(attribute(at, "maxOccurs"), 1);
    return node;
  }

  Node referred_element(const xmlNode* at, const std::string& ref) {
    const QName target = resolve(at, ref);
    if (target.namespace_uri == dsig_namespace && target.name == "Signature") {
      Node node;
      node.name = target.name;
      node.title_zh = "签名";
      node.kind = NodeKind::signature;
      node.namespace_uri = dsig_namespace;
      return node;
    }
    if (target.namespace_uri == target_namespace_) return global_element(at, target.name);
    fault(at, "引用了其他命名空间的元素 " + in_quotes(ref),
          "refers to an element of another namespace, " + in_quotes(ref));
    return {};
  }

  Node declared_element(const xmlNode* at) {
    Node node;
    node.name = attribute(at, "name");
    node.title_zh = documentation(at);
    node.namespace_uri = target_namespace_;
    if (++nesting_ > deepest_nesting) {
      fault(at, "元素嵌套过深", "elements are nested too deep");
    } else if (const std::string type = attribute(at, "type"); !type.empty()) {
      named_type(at, type, node);
    } else {
      inline_type(at, node);
    }
    --nesting_;
    if (xmlHasProp(at, chars("fixed")) != nullptr) node.facets.fixed_value = attribute(at, "fixed");
    if (xmlHasProp(at, chars("default")) != nullptr) node.facets.default_value = attribute(at, "default");
    return node;
  }

  void inline_type(const xmlNode* at, Node& node) {
    for (const xmlNode* type = at->children; type != nullptr; type = type->next) {
      if (is_element(type, xsd_namespace, "complexType")) return complex_type(type, node);
      if (is_element(type, xsd_namespace, "simpleType")) {
        node.kind = NodeKind::field;
        return simple_type(type, node.facets);
      }
    }
    fault(at, "元素 " + in_quotes(node.name) + " 没有类型", "the element " + in_quotes(node.name) + " has no type");
  }

  void named_type(const xmlNode* at, const std::string& type, Node& node) {
    const QName target = resolve(at, type);
    if (target.namespace_uri != xsd_namespace) {
      if (const xmlNode* complex = global("complexType", target.name)) return complex_type(complex, node);
    } else if (target.name == "anyType") {
      node.kind = NodeKind::anything;
      return;
    }
    node.kind = NodeKind::field;
    simple_base(at, target, node.facets);
  }

  void simple_type(const xmlNode* at, Facets& facets) {
    for (const xmlNode* child = at->children; child != nullptr; child = child->next) {
      if (child->type != XML_ELEMENT_NODE || is_element(child, xsd_namespace, "annotation")) continue;
      if (!is_element(child, xsd_namespace, "restriction")) {
        outside_subset(child);
        continue;
      }
      const std::string base = attribute(child, "base");
      simple_base(child, resolve(child, base), facets);
      for (const xmlNode* facet = child->children; facet != nullptr; facet = facet->next) read_facet(facet, facets);
    }
  }

  void simple_base(const xmlNode* at, const QName& target, Facets& facets) {
    if (target.namespace_uri != xsd_namespace) {
      const xmlNode* simple = global("simpleType", target.name);
      if (simple != nullptr && ++nesting_ <= deepest_nesting) {
        simple_type(simple, facets);
      } else {
        fault(at, "没有类型 " + in_quotes(target.name), "there is no type " + in_quotes(target.name));
      }
      if (simple != nullptr) --nesting_;
      return;
    }
    facets.collapses_white_space = true;
    if (target.name == "string") {
      facets.base = BaseType::string;
      facets.collapses_white_space = false;
    } else if (target.name == "decimal") {
      facets.base = BaseType::decimal;
    } else if (target.name == "int") {
      facets.base = BaseType::integer;
    } else if (const auto known = other_bases.find(target.name); known != other_bases.end()) {
      facets.base = known->second;
    } else {
      fault(at, "类型 xs:" + target.name + " 不在可用的子集之内",
            "the type xs:" + target.name + " is not in the subset that is read");
    }
  }

  // Facets that are not kept here (pattern, enumeration …) are left to libxml2's verdict.
  static void read_facet(const xmlNode* at, Facets& facets) {
    if (at->type != XML_ELEMENT_NODE) return;
    const std::string_view name = view(at->name);
    const std::string value = attribute(at, "value");
    const unsigned number = number_or(value, 0);
    if (name == "length") facets.length = number;
    if (name == "minLength") facets.min_length = number;
    if (name == "maxLength") facets.max_length = number;
    if (name == "totalDigits") facets.total_digits = number;
    if (name == "fractionDigits") facets.fraction_digits = number;
    if (name == "whiteSpace" && value == "collapse") facets.collapses_white_space = true;
  }

  void complex_type(const xmlNode* at, Node& node) {
    node.kind = NodeKind::container;
    if (attribute(at, "mixed") == "true") outside_subset(at);
    for (const xmlNode* child = at->children; child != nullptr; child = child->next) {
      if (child->type != XML_ELEMENT_NODE || is_element(child, xsd_namespace, "annotation")) continue;
      if (is_element(child, xsd_namespace, "sequence")) {
        sequence(child, node);
      } else if (is_element(child, xsd_namespace, "simpleContent")) {
        simple_content(child, node);
      } else {
        attribute_part(child, node);
      }
    }
  }

  void simple_content(const xmlNode* at, Node& node) {
    node.kind = NodeKind::field;
    for (const xmlNode* child = at->children; child != nullptr; child = child->next) {
      if (child->type != XML_ELEMENT_NODE) continue;
      if (!is_element(child, xsd_namespace, "extension")) return outside_subset(child);
      simple_base(child, resolve(child, attribute(child, "base")), node.facets);
      for (const xmlNode* part = child->children; part != nullptr; part = part->next) {
        if (part->type == XML_ELEMENT_NODE) attribute_part(part, node);
      }
    }
  }

  void sequence(const xmlNode* at, Node& node) {
    if (xmlHasProp(at, chars("minOccurs")) != nullptr || xmlHasProp(at, chars("maxOccurs")) != nullptr)
      outside_subset(at);
    for (const xmlNode* child = at->children; child != nullptr; child = child->next) {
      if (child->type != XML_ELEMENT_NODE || is_element(child, xsd_namespace, "annotation")) continue;
      if (is_element(child, xsd_namespace, "element")) {
        node.children.push_back(element(child));
      } else if (is_element(child, xsd_namespace, "any")) {
        node.children.push_back(wildcard(child));
      } else {
        outside_subset(child);
      }
    }
  }

  Node wildcard(const xmlNode* at) {
    // What is not skipped would have to be walked as well.
    if (attribute(at, "processContents") != "skip") outside_subset(at);
    Node node;
    node.name = "*";
    node.kind = NodeKind::wildcard;
    node.min_occurs = number_or(attribute(at, "minOccurs"), 1);
    node.max_occurs = number_or(attribute(at, "maxOccurs"), 1);
    return node;
  }

  void attribute_part(const xmlNode* at, Node& node) {
    if (is_element(at, xsd_namespace, "attribute")) return declared_attribute(at, node);
    const bool refers = is_element(at, xsd_namespace, "attributeGroup");
    const QName target = resolve(at, attribute(at, "ref"));
    const xmlNode* group = refers ? global("attributeGroup", target.name) : nullptr;
    if (group == nullptr) return outside_subset(at);
    for (const xmlNode* child = group->children; child != nullptr; child = child->next) {
      if (is_element(child, xsd_namespace, "attribute")) declared_attribute(child, node);
    }
  }

  void declared_attribute(const xmlNode* at, Node& owner) {
    Node node = declared_element(at);
    if (node.kind != NodeKind::field) outside_subset(at);
    node.name.insert(0, "@");
    node.namespace_uri.clear();
    node.min_occurs = attribute(at, "use") == "required" ? 1 : 0;
    owner.attributes.push_back(std::move(node));
  }

  const std::filesystem::path& file_;
  std::string target_namespace_;
  std::vector<const xmlNode*> schemas_;
  int nesting_ = 0;
  base::Faults faults_;
};

// One level deep, which is all that the customs schemas use.
std::vector<std::string> includes_of(xmlDoc& doc) {
  std::vector<std::string> locations;
  for (const xmlNode* node = xmlDocGetRootElement(&doc)->children; node != nullptr; node = node->next) {
    if (is_element(node, xsd_namespace, "include")) locations.push_back(attribute(node, "schemaLocation"));
  }
  return locations;
}

}  // namespace

base::Result<DocPtr> read_xml_file(const std::filesystem::path& file) {
  const auto fault = [&](const char* code, int line, const std::string& zh, const std::string& en) {
    return base::Fault{.code = code, .path = file.string(), .zh = zh, .en = en, .source = {}, .line = line};
  };
  if (!std::filesystem::is_regular_file(file))
    return fault("xsd.file", 0, "数据文件无法读取", "the data file cannot be read");
  FirstError first;
  const ErrorScope scope(first);
  DocPtr doc(xmlReadFile(file.c_str(), nullptr, XML_PARSE_NONET));
  if (doc != nullptr && xmlDocGetRootElement(doc.get()) != nullptr) return doc;
  return fault("xsd.syntax", first.line, "XML 格式不正确：" + first.sentence, "not well-formed XML: " + first.sentence);
}

base::Result<ShapeReader> ShapeReader::open(const std::filesystem::path& file) {
  ShapeReader reader;
  reader.file_ = file;
  auto doc = read_xml_file(file);
  if (!doc) return doc.faults();
  for (const std::string& included : includes_of(**doc)) {
    auto part = read_xml_file(file.parent_path() / included);
    if (!part) return part.faults();
    reader.docs_.push_back(std::move(*part));
  }
  reader.docs_.insert(reader.docs_.begin(), std::move(*doc));
  return reader;
}

base::Result<Node> ShapeReader::read(std::string_view element) const {
  Reading reading(file_, docs_);
  Node node = reading.global_element(element);
  if (auto faults = reading.take_faults(); !faults.empty()) return faults;
  return node;
}

}  // namespace schemas
