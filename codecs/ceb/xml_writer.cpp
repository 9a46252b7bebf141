#include <algorithm>
#include <stdexcept>

#include "codecs/ceb/characters.h"
#include "codecs/ceb/foreign_xml.h"
#include "codecs/ceb/xml_codec.h"

namespace codecs::ceb {

namespace {

// A carriage return would not outlive the next reading as itself (XML 1.0 clause 2.11), nor would white space in an
// attribute (clause 3.3.3).
enum class Place { text, attribute };

void append_escaped(std::string& out, std::string_view text, Place place) {
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '\r':
        out += "&#13;";
        break;
      case '"':
        out += place == Place::attribute ? "&quot;" : "\"";
        break;
      case '\n':
        out += place == Place::attribute ? "&#10;" : "\n";
        break;
      case '\t':
        out += place == Place::attribute ? "&#9;" : "\t";
        break;
      default:
        out += c;
    }
  }
}

void require_carriable(std::string_view text) {
  if (const auto character = uncarriable_character(text)) {
    throw std::invalid_argument("a message value holds what XML cannot carry: " + *character);
  }
}

void require_name(std::string_view name) {
  if (!is_element_name(name)) throw std::invalid_argument("a message value has a name that no element can have");
}

class Writer {
 public:
  explicit Writer(const schemas::MessageType& type) : type_(type) {}

  std::string write(const Message& message) {
    out_ = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ceb:" + type_.name;
    attribute("xmlns:ceb", ceb_namespace);
    attribute("xmlns:xsi", xsi_namespace);
    if (!message.guid.empty()) attribute("guid", message.guid);
    if (!message.version.empty()) attribute("version", message.version);
    out_ += ">\n";
    write_children(type_.root, parts_of(message), 1);
    out_ += "</ceb:" + type_.name + ">\n";
    return std::move(out_);
  }

 private:
  using Parts = std::vector<const Element*>;

  static Parts parts_of(const Message& message) {
    Parts parts;
    for (const Element& document : message.documents) parts.push_back(&document);
    if (message.transfer) parts.push_back(&*message.transfer);
    for (const Element& subscription : message.subscribe) parts.push_back(&subscription);
    if (message.extend) parts.push_back(&*message.extend);
    return parts;
  }

  void attribute(std::string_view name, std::string_view value) {
    require_carriable(value);
    out_.append(" ").append(name).append("=\"");
    append_escaped(out_, value, Place::attribute);
    out_ += '"';
  }

  // In the schema's order, whatever order they are in; what the schema does not know comes last.
  void write_children(const schemas::Node& shape, const Parts& children, int depth) {
    std::vector<std::pair<std::size_t, const Element*>> ordered;
    for (const Element* child : children) {
      const auto known = std::find_if(shape.children.begin(), shape.children.end(),
                                      [&](const schemas::Node& node) { return node.name == child->name; });
      ordered.emplace_back(static_cast<std::size_t>(known - shape.children.begin()), child);
    }
    std::stable_sort(ordered.begin(), ordered.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    for (const auto& [place, child] : ordered) {
      write_element(place < shape.children.size() ? shape.children[place] : unknown_, *child, depth);
    }
  }

  void write_element(const schemas::Node& shape, const Element& element, int depth) {
    require_name(element.name);
    const std::string name = "ceb:" + element.name;
    const std::string indentation(static_cast<std::size_t>(depth) * 2, ' ');
    out_ += indentation + "<" + name;
    if (element.children.empty() && element.text.empty()) {
      out_ += "/>\n";
      return;
    }
    out_ += ">";
    if (!element.children.empty()) {
      Parts children;
      for (const Element& child : element.children) children.push_back(&child);
      out_ += "\n";
      write_children(shape, children, depth + 1);
      out_ += indentation;
    } else {
      write_content(shape, element.text);
    }
    out_ += "</" + name + ">\n";
  }

  void write_content(const schemas::Node& shape, const std::string& text) {
    if (!holds_foreign_xml(shape)) {
      require_carriable(text);
      append_escaped(out_, text, Place::text);
    } else if (const auto error = foreign_xml_error(text)) {
      throw std::invalid_argument("a message value holds broken XML: " + *error);
    } else {
      out_ += text;
    }
  }

  const schemas::MessageType& type_;
  const schemas::Node unknown_;
  std::string out_;
};

}  // namespace

std::string write_xml(const schemas::MessageType& type, const Message& message) { return Writer(type).write(message); }

}  // namespace codecs::ceb
