#include "schemas/walk.h"

#include <algorithm>
#include <libxml/tree.h>
#include <optional>
#include <utility>
#include <vector>

#include "schemas/fault_list.h"
#include "schemas/field_check.h"
#include "schemas/shape_reader.h"
#include "schemas/xpath_place.h"

namespace schemas {

namespace {

constexpr std::string_view xsi_namespace = "http://www.w3.org/2001/XMLSchema-instance";

// "orderNo（订单编号）"
std::string label_zh(const Node& shape) {
  const std::string name = shape.name.starts_with('@') ? shape.name.substr(1) : shape.name;
  return shape.title_zh.empty() ? name : name + "（" + shape.title_zh + "）";
}
std::string label_en(const Node& shape) { return shape.name.starts_with('@') ? shape.name.substr(1) : shape.name; }

bool holds_only_white_space(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

bool is_text(const xmlNode* node) { return node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE; }

// A child element and its place among the shape's children.
struct Child {
  const xmlNode* element;
  std::size_t place;
};

// Of a run of places, marks those that must move so that the rest stand in ascending order; as few as can be.
std::vector<bool> misplaced(const std::vector<Child>& children) {
  constexpr std::size_t none = static_cast<std::size_t>(-1);
  std::vector<std::size_t> ends;  // ends[n]: the child that ends the best ascending run of n + 1
  std::vector<std::size_t> before(children.size(), none);
  const auto place_of = [&](std::size_t child) { return children[child].place; };
  for (std::size_t i = 0; i < children.size(); ++i) {
    const auto at = std::ranges::upper_bound(ends, children[i].place, {}, place_of);
    if (at != ends.begin()) before[i] = *(at - 1);
    if (at == ends.end()) {
      ends.push_back(i);
    } else {
      *at = i;
    }
  }
  std::vector<bool> result(children.size(), true);
  for (std::size_t i = ends.empty() ? none : ends.back(); i != none; i = before[i]) result[i] = false;
  return result;
}

class Walk {
 public:
  Walk(const Node& shape, SignatureDemand demand) : shape_(shape), demand_(demand), places_(shape) {}

  base::Faults run(const xmlNode* root) {
    if (namespace_of(root) != shape_.namespace_uri) wrong_namespace(root, shape_);
    attributes(root, shape_);
    container(root, shape_);
    return faults_.take();
  }

 private:
  bool is_full() const { return faults_.is_full(); }

  void add(const char* code, const xmlNode* at, std::string path, const std::string& clause, std::string zh,
           std::string en) {
    faults_.add({.code = code,
                 .path = std::move(path),
                 .zh = std::move(zh),
                 .en = std::move(en),
                 .source = clause,
                 .line = static_cast<int>(xmlGetLineNo(at))});
  }
  // A fault of an element that the shape knows; the sentences go on after its name.
  void add(const char* code, const xmlNode* at, const Node& shape, const std::string& zh, const std::string& en) {
    add(code, at, places_.path_of(at), shape.clause, label_zh(shape) + "：" + zh, label_en(shape) + ": " + en);
  }

  void wrong_namespace(const xmlNode* at, const Node& shape) {
    add("schema.namespace", at, shape, "命名空间不对，应为 " + shape.namespace_uri,
        "is in the wrong namespace, it belongs to " + shape.namespace_uri);
  }

  void attributes(const xmlNode* element, const Node& shape) {
    for (const Node& declared : shape.attributes) {
      const std::string name = declared.name.substr(1);
      const std::string path = places_.path_of(element) + "/" + declared.name;
      if (xmlHasNsProp(element, chars(name.c_str()), nullptr) == nullptr) {
        if (declared.min_occurs == 0) continue;
        add("schema.attribute", element, path, declared.clause, label_zh(declared) + "：缺少此属性",
            name + ": this attribute is missing");
      } else if (const auto found = check_field(declared.facets, attribute(element, name.c_str()))) {
        add(found->code, element, path, declared.clause, label_zh(declared) + "：" + found->zh,
            name + ": " + found->en);
      }
    }
    for (const xmlAttr* attr = element->properties; attr != nullptr; attr = attr->next)
      check_attribute(attr, element, shape);
  }

  // xsi:type is left to libxml2; nothing is nillable.
  void check_attribute(const xmlAttr* attr, const xmlNode* element, const Node& shape) {
    const std::string name(view(attr->name));
    const std::string_view uri = attr->ns == nullptr ? "" : view(attr->ns->href);
    const auto is_declared = [&](const Node& declared) { return declared.name.substr(1) == name; };
    if (uri.empty() && std::ranges::any_of(shape.attributes, is_declared)) return;
    if (uri == xsi_namespace && (name == "type" || name == "schemaLocation" || name == "noNamespaceSchemaLocation"))
      return;
    add("schema.attribute", element, places_.path_of(element) + "/@" + name, shape.clause,
        label_zh(shape) + "：不允许属性 " + name, label_en(shape) + ": the attribute " + name + " is not allowed");
  }

  // The place of an element among the children of a shape; nothing if it is unknown there.
  static std::optional<std::size_t> place_in(const Node& shape, const xmlNode* element, std::size_t first_guess) {
    const auto& nodes = shape.children;
    const auto is_it = [&](const Node& node) {
      return node.kind == NodeKind::wildcard || node.name == view(element->name);
    };
    for (std::size_t i = first_guess; i < nodes.size(); ++i) {
      if (is_it(nodes[i])) return i;
    }
    for (std::size_t i = 0; i < first_guess; ++i) {
      if (is_it(nodes[i])) return i;
    }
    return std::nullopt;
  }

  std::vector<Child> known_children(const xmlNode* parent, const Node& shape) {
    std::vector<Child> children;
    bool has_text = false;
    for (const xmlNode* node = parent->children; node != nullptr && !is_full(); node = node->next) {
      // Where no child may stand, white space may not either (XML Schema 1, clause 3.4.4).
      if (is_text(node)) has_text = has_text || shape.children.empty() || !holds_only_white_space(view(node->content));
      if (node->type != XML_ELEMENT_NODE) continue;
      if (const auto place = place_in(shape, node, children.empty() ? 0 : children.back().place)) {
        children.push_back({node, *place});
      } else {
        unknown_element(node, shape);
      }
    }
    if (has_text)
      add("schema.text", parent, shape, "只能含有子元素，不能直接含有文字", "holds text where only elements may stand");
    return children;
  }

  void unknown_element(const xmlNode* element, const Node& parent) {
    const std::string name(view(element->name));
    add("schema.unknown", element, places_.path_of(element), parent.clause,
        name + "：" + label_zh(parent) + " 中没有此元素", name + ": is not an element of " + parent.name);
  }

  void container(const xmlNode* element, const Node& shape) {
    const std::vector<Child> children = known_children(element, shape);
    std::vector<unsigned> counts(shape.children.size(), 0);
    for (const Child& child : children) ++counts[child.place];
    missing_children(element, shape, counts);
    misplaced_children(shape, children);
    std::vector<unsigned> seen(shape.children.size(), 0);
    for (const Child& child : children) {
      if (is_full()) return;
      const Node& child_shape = shape.children[child.place];
      if (++seen[child.place] <= child_shape.max_occurs) {
        visit(child.element, child_shape);
      } else if (seen[child.place] == child_shape.max_occurs + 1) {
        one_too_many(child.element, child_shape, counts[child.place]);
      }
    }
  }

  void visit(const xmlNode* element, const Node& shape) {
    if (shape.kind == NodeKind::wildcard) return;
    const auto uri = namespace_of(element);
    // A wrong namespace is told once, where it begins; that of a signature is never its parent's.
    const bool begins_here = uri != namespace_of(element->parent) || shape.kind == NodeKind::signature;
    if (uri != shape.namespace_uri && begins_here) wrong_namespace(element, shape);
    if (shape.kind == NodeKind::signature || shape.kind == NodeKind::anything) return;
    if (element->properties != nullptr || !shape.attributes.empty()) attributes(element, shape);
    if (shape.kind == NodeKind::container) {
      container(element, shape);
    } else {
      field(element, shape);
    }
  }

  void field(const xmlNode* element, const Node& shape) {
    std::string text;
    for (const xmlNode* node = element->children; node != nullptr; node = node->next) {
      if (is_text(node)) text += view(node->content);
      if (node->type != XML_ELEMENT_NODE) continue;
      return add("schema.text", element, shape, "只能含有文字，不能含有子元素",
                 "holds an element where only text may stand");
    }
    const auto found = check_field(shape.facets, text);
    if (!found) return;
    const bool drop_it = std::string_view(found->code) == "schema.empty" && shape.min_occurs == 0;
    add(found->code, element, shape, found->zh + (drop_it ? "；没有内容时请删除该元素" : ""),
        found->en + (drop_it ? "; leave the element out if there is nothing to say" : ""));
  }

  unsigned least(const Node& shape) const {
    const bool waived = shape.kind == NodeKind::signature && demand_ == SignatureDemand::none_yet;
    return waived ? 0 : shape.min_occurs;
  }

  void missing_children(const xmlNode* element, const Node& shape, const std::vector<unsigned>& counts) {
    for (std::size_t i = 0; i < counts.size(); ++i) {
      const Node& child = shape.children[i];
      if (counts[i] >= least(child)) continue;
      const std::string parent_zh = " 中缺少此元素", parent_en = ": is missing in ";
      add("schema.missing", element, places_.path_of_absent(element, child), child.clause,
          label_zh(child) + "：" + shape.name + parent_zh, child.name + parent_en + shape.name);
    }
  }

  void misplaced_children(const Node& shape, const std::vector<Child>& children) {
    if (std::ranges::is_sorted(children, {}, &Child::place)) return;
    const auto moved = misplaced(children);
    for (std::size_t i = 0; i < children.size(); ++i) {
      if (!moved[i]) continue;
      const std::size_t place = children[i].place;
      const std::string after = place == 0 ? "" : shape.children[place - 1].name;
      const std::string before = place + 1 == shape.children.size() ? "" : shape.children[place + 1].name;
      const std::string comma = after.empty() || before.empty() ? "" : "、", comma_en = comma.empty() ? "" : " and";
      add("schema.order", children[i].element, shape.children[place],
          "位置不对，应在" + (after.empty() ? "" : " " + after + " 之后") + comma +
              (before.empty() ? "" : " " + before + " 之前"),
          "stands in the wrong place, it belongs" + (after.empty() ? "" : " after " + after) + comma_en +
              (before.empty() ? "" : " before " + before));
    }
  }

  void one_too_many(const xmlNode* element, const Node& shape, unsigned count) {
    const std::string have = std::to_string(count), most = std::to_string(shape.max_occurs);
    add(shape.max_occurs == 1 ? "schema.repeated" : "schema.too_many", element, shape,
        "出现 " + have + " 次，最多 " + most + " 次", "stands " + have + " times, at most " + most);
  }

  const Node& shape_;
  SignatureDemand demand_;
  Places places_;
  FaultList faults_;
};

}  // namespace

base::Faults walk(const Node& shape, const xmlNode* root, SignatureDemand demand) {
  return Walk(shape, demand).run(root);
}

}  // namespace schemas
