#include "schemas/code_check.h"

#include <algorithm>
#include <libxml/tree.h>

#include "schemas/fault_list.h"
#include "schemas/xpath_place.h"

namespace schemas {

namespace {

// A field whose code no table has.
struct Unknown {
  const xmlNode* element;
  const Node* shape;
  const CodeTable* table;
  std::string code;
};

std::string trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1));
}

std::string text_of(const xmlNode* element, const Facets& facets) {
  std::string text;
  for (const xmlNode* node = element->children; node != nullptr; node = node->next) {
    if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) text += view(node->content);
  }
  return facets.collapses_white_space ? trimmed(text) : text;
}

void collect(const Node& shape, const xmlNode* element, const CodeTables& tables, std::vector<Unknown>& unknown) {
  for (const xmlNode* child = element->children; child != nullptr; child = child->next) {
    if (child->type != XML_ELEMENT_NODE) continue;
    const Node* child_shape = shape.child(view(child->name));
    if (child_shape == nullptr) continue;
    if (child_shape->kind == NodeKind::container) {
      collect(*child_shape, child, tables, unknown);
    } else if (const CodeTable* table =
                   child_shape->code_table.empty() ? nullptr : tables.find(child_shape->code_table)) {
      std::string code = text_of(child, child_shape->facets);
      if (!code.empty() && table->find(code) == nullptr)
        unknown.push_back({child, child_shape, table, std::move(code)});
    }
  }
}

base::Fault fault_of(const Unknown& field, std::string path) {
  const auto& [element, shape, table, code] = field;
  return {.code = "code.unknown",
          .path = std::move(path),
          .zh = shape->name + "（" + shape->title_zh + "）：" + code + " 不在" + table->zh + "中（" + table->as_of +
                " 的版本）；请核对，如为新增代码请更新代码表",
          .en = shape->name + ": " + code + " is not in the table of " + table->en + " of " + table->as_of +
                "; check it, or bring a newer table if the code is new",
          .source = table->source,
          .line = static_cast<int>(xmlGetLineNo(element)),
          .severity = base::Severity::warning};
}

}  // namespace

base::Faults check_codes(const Node& shape, const xmlNode* root, const CodeTables& tables, const base::Faults& told) {
  std::vector<Unknown> unknown;
  collect(shape, root, tables, unknown);
  FaultList faults;
  Places places(shape);
  for (const Unknown& field : unknown) {
    if (faults.is_full()) break;
    std::string path = places.path_of(field.element);
    if (std::ranges::find(told, path, &base::Fault::path) == told.end()) faults.add(fault_of(field, std::move(path)));
  }
  return faults.take();
}

}  // namespace schemas
