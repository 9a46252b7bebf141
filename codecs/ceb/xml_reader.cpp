#include <algorithm>
#include <map>
#include <pugixml.hpp>

#include "codecs/ceb/characters.h"
#include "codecs/ceb/foreign_xml.h"
#include "codecs/ceb/xml_codec.h"

namespace codecs::ceb {

namespace {

// White space is content (xs:string keeps it), CDATA is text, line ends become LF (XML 1.0 clause 2.11).
constexpr unsigned parse_options =
    pugi::parse_cdata | pugi::parse_escapes | pugi::parse_eol | pugi::parse_ws_pcdata | pugi::parse_wconv_attribute;
// As base::XmlDocument, which has read the text before; our own walk must not depend on that.
constexpr int deepest_element = 64;

base::Fault syntax_fault(int line, const std::string& zh, const std::string& en) {
  return {.code = "xml.syntax",
          .path = {},
          .zh = "XML 格式不正确：" + zh,
          .en = "not well-formed XML: " + en,
          .source = {},
          .line = line};
}

base::Fault parse_fault(std::string_view xml, const pugi::xml_parse_result& result) {
  const auto offset = std::clamp<std::ptrdiff_t>(result.offset, 0, static_cast<std::ptrdiff_t>(xml.size()));
  const int line = 1 + static_cast<int>(std::count(xml.begin(), xml.begin() + offset, '\n'));
  return syntax_fault(line, result.description(), result.description());
}

base::Fault root_fault(const std::string& name) {
  return {.code = "xml.root",
          .path = "/" + name,
          .zh = "根元素“" + name + "”不是已知的报文；应如 ceb:CEB311Message",
          .en = "the root element “" + name + "” is not a known message; it is written like ceb:CEB311Message",
          .source = "报文规范 202205 §1"};
}

std::string_view local_name(const pugi::xml_node& node) {
  const std::string_view name = node.name();
  return name.substr(name.find(':') + 1);  // npos + 1 is 0
}

bool is_text(const pugi::xml_node& node) { return node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata; }

bool is_white_space(std::string_view text) { return text.find_first_not_of(" \t\r\n") == std::string_view::npos; }

class Reader {
 public:
  explicit Reader(const schemas::MessageType& type) : type_(type) { message_.type = type.name; }

  base::Result<Message> read(const pugi::xml_node& root) {
    message_.guid = checked(root.attribute("guid").value());
    message_.version = checked(root.attribute("version").value());
    leave_out_attributes(root, {"guid", "version"});
    for (const auto& child : root.children()) {
      if (child.type() == pugi::node_element) read_part(child);
    }
    if (!faults_.empty()) return std::move(faults_);
    return std::move(message_);
  }

 private:
  void read_part(const pugi::xml_node& node) {
    const std::string_view name = local_name(node);
    const int position = ++positions_[name];
    if (name == "Signature") {
      message_.is_signed = true;
      return;
    }
    Element part = read_element(type_.root.child(name), node, 2);
    if (name == type_.business_node) {
      message_.documents.push_back(std::move(part));
    } else if (name == "BaseTransfer" && !message_.transfer) {
      message_.transfer = std::move(part);
    } else if (name == "BaseSubscribe") {
      message_.subscribe.push_back(std::move(part));
    } else if (name == "ExtendMessage" && !message_.extend) {
      message_.extend = std::move(part);
    } else {
      leave_out(node.path() + (position > 1 ? "[" + std::to_string(position) + "]" : ""));
    }
  }

  void leave_out(std::string path) { message_.left_out.push_back(checked(std::move(path))); }

  void leave_out_attributes(const pugi::xml_node& node, std::initializer_list<std::string_view> carried) {
    for (const auto& attribute : node.attributes()) {
      const std::string_view name = attribute.name();
      if (name.starts_with("xmlns") || name.starts_with("xsi:")) continue;
      if (std::ranges::find(carried, name) == carried.end()) leave_out(node.path() + "/@" + std::string(name));
    }
  }

  Element read_element(const schemas::Node* shape, const pugi::xml_node& node, int depth) {
    Element element{.name = std::string(local_name(node)), .text = {}, .children = {}};
    if (depth > deepest_element) {
      refuse("元素嵌套过深", "elements are nested too deep");
      return element;
    }
    if (!is_element_name(element.name)) refuse("元素名不正确", "a name that no element can have");
    leave_out_attributes(node, {});
    if (shape != nullptr && holds_foreign_xml(*shape)) {
      element.text = foreign_xml_of(node);
      if (const auto error = foreign_xml_error(element.text)) refuse(*error, *error);
      return element;
    }
    for (const auto& child : node.children()) {
      if (child.type() != pugi::node_element) continue;
      const auto* child_shape = shape != nullptr ? shape->child(local_name(child)) : nullptr;
      element.children.push_back(read_element(child_shape, child, depth + 1));
    }
    std::string text = text_of(shape, node);
    if (element.children.empty()) {
      element.text = std::move(text);
    } else if (!is_white_space(text)) {
      leave_out(node.path() + "/text()");
    }
    return element;
  }

  std::string text_of(const schemas::Node* shape, const pugi::xml_node& node) {
    std::string text;
    for (const auto& child : node.children()) {
      if (is_text(child)) text += child.value();
    }
    const bool is_container = shape != nullptr && shape->kind == schemas::NodeKind::container;
    if (is_container && is_white_space(text)) return {};
    return checked(std::move(text));
  }

  std::string checked(std::string text) {
    if (const auto character = uncarriable_character(text)) {
      refuse("含有不允许的字符（" + *character + "）", "a character that is not allowed (" + *character + ")");
    }
    return text;
  }

  void refuse(const std::string& zh, const std::string& en) {
    if (faults_.empty()) faults_.push_back(syntax_fault(0, zh, en));
  }

  const schemas::MessageType& type_;
  Message message_;
  std::map<std::string_view, int> positions_;  // of the root's children, by name
  base::Faults faults_;
};

template <class TypeOf>
base::Result<Message> read_root(std::string_view xml, TypeOf type_of) {
  pugi::xml_document document;
  const auto parsed = document.load_buffer(xml.data(), xml.size(), parse_options, pugi::encoding_utf8);
  if (!parsed) return parse_fault(xml, parsed);
  const pugi::xml_node root = document.document_element();
  const schemas::MessageType* type = type_of(local_name(root));
  if (type == nullptr) return root_fault(std::string(local_name(root)));
  return Reader(*type).read(root);
}

}  // namespace

base::Result<Message> read_xml(const schemas::Catalog& catalog, std::string_view xml) {
  return read_root(xml, [&](std::string_view name) { return catalog.find(name); });
}

base::Result<Message> read_xml(const schemas::MessageType& type, std::string_view xml) {
  return read_root(xml, [&](std::string_view) { return &type; });
}

}  // namespace codecs::ceb
