#include "tests/schemas/rule_cases.h"

#include <algorithm>
#include <array>
#include <functional>
#include <stdexcept>

#include "schemas/table.h"
#include "tests/schemas/made_message.h"
#include "tests/support/paths.h"

namespace tests {

namespace {

using schemas::Node;
using schemas::Table;

template <std::size_t size>
Table read_table(const char* name, const std::array<std::string_view, size>& columns) {
  auto table = Table::read(source_directory() / "tests/schemas/rules" / name, columns);
  if (!table) throw std::runtime_error(table.faults().front().path + ": " + table.faults().front().en);
  return std::move(*table);
}

// "311" is CEB311Message.
std::string root_name(const std::string& word) {
  return word.find_first_not_of("0123456789") == std::string::npos ? "CEB" + word + "Message" : word;
}

bool names(const std::string& types, const std::string& root) {
  const auto listed = schemas::words(types);
  return types == "*" || std::ranges::any_of(listed, [&](const auto& word) { return root_name(word) == root; });
}

// "NAME" or "NAME[2]".
struct Step {
  explicit Step(std::string_view text) : name(text.substr(0, text.find('['))) {
    if (name.size() < text.size()) position = std::stoi(std::string(text.substr(name.size() + 1)));
  }
  std::string name;
  int position = 1;
};

bool is_named(const MadeElement& element, const std::string& name) {
  return element.shape != nullptr && element.shape->name == name;
}

struct Place {
  MadeElement* parent = nullptr;
  std::size_t index = 0;
};

// The element itself or the nearest below that the step names, depth first.
Place find(MadeElement& scope, const Step& step) {
  int seen = 0;
  for (std::size_t i = 0; i < scope.children.size(); ++i) {
    if (is_named(scope.children[i], step.name) && ++seen == step.position) return {&scope, i};
  }
  for (MadeElement& child : scope.children) {
    if (const Place place = find(child, step); place.parent != nullptr) return place;
  }
  return {};
}

// Where the schema wants a child that is absent.
Place make_room(MadeElement& parent, const std::string& name) {
  const auto& shapes = parent.shape->children;
  const auto shape = std::ranges::find(shapes, name, &Node::name);
  if (shape == shapes.end()) throw std::runtime_error("no " + name + " in " + parent.name);
  const auto later = std::ranges::find_if(
      parent.children, [&](const MadeElement& child) { return child.shape > &*shape && child.shape != nullptr; });
  const auto made = parent.children.insert(later, {&*shape, "ceb:" + name, {}, {}, {}});
  return {&parent, static_cast<std::size_t>(made - parent.children.begin())};
}

void put_attribute(MadeElement& root, const std::string& name, const std::string& value) {
  const auto at = root.attributes.find(" " + name + "=\"");
  if (at == std::string::npos) throw std::runtime_error("no attribute " + name);
  const auto begin = root.attributes.find('"', at) + 1;
  root.attributes.replace(begin, root.attributes.find('"', begin) - begin, value);
}

Place place_of(MadeElement& root, std::string path) {
  MadeElement* scope = &root;
  if (path.starts_with("[2]/")) {
    path.erase(0, 4);
    scope = &root.children[1];
  }
  const auto slash = path.find('/');
  if (slash == std::string::npos) return find(*scope, Step(path));
  const Place parent = find(*scope, Step(path.substr(0, slash)));
  if (parent.parent == nullptr) return {};
  MadeElement& element = parent.parent->children[parent.index];
  const Step last(path.substr(slash + 1));
  const Place place = find(element, last);
  return place.parent == nullptr ? make_room(element, last.name) : place;
}

void change(MadeElement& root, const std::string& text) {
  const auto equals = text.find('=');
  const std::string path = text.substr(0, equals), value = equals == std::string::npos ? "" : text.substr(equals + 1);
  if (path.starts_with('@')) return put_attribute(root, path.substr(1), value);
  const bool leaves_out = path.starts_with('-');
  const Place place = place_of(root, leaves_out ? path.substr(1) : path);
  if (place.parent == nullptr) throw std::runtime_error("no place " + path);
  auto& children = place.parent->children;
  if (leaves_out) {
    children.erase(children.begin() + static_cast<std::ptrdiff_t>(place.index));
  } else {
    children[place.index].text = value;
  }
}

void replace(std::string& text, const std::string& change) {
  const auto middle = change.find('~', 1);
  const std::string before = change.substr(1, middle - 1), after = change.substr(middle + 1);
  const auto at = text.find(before);
  if (at == std::string::npos) throw std::runtime_error("not in the message: " + before);
  text.replace(at, before.size(), after);
}

// Every element of that name, below every parent of that name.
void put_everywhere(MadeElement& parent, const std::string& wanted_parent, const std::string& name,
                    const std::string& value) {
  int row = 0;
  for (MadeElement& child : parent.children) {
    put_everywhere(child, wanted_parent, name, value);
    if (!is_named(child, name) || !(wanted_parent.empty() || is_named(parent, wanted_parent))) continue;
    child.text = value;
  }
  std::erase_if(parent.children, [&](const MadeElement& child) { return is_named(child, name) && value == "-"; });
  if (value != "#") return;
  for (MadeElement& child : parent.children) {
    if (MadeElement* number = child.child(name)) number->text = std::to_string(++row);
  }
}

MadeElement keeping_message(const schemas::Catalog& catalog, const std::string& root) {
  static const Table base = read_table("base.tsv", std::array<std::string_view, 3>{"types", "field", "value"});
  MadeElement message = full_message(shape_of(catalog, root));
  for (const Table::Row& row : base.rows()) {
    const std::string &field = row.cells[1], &value = row.cells[2];
    if (!names(row.cells[0], root)) continue;
    if (field.starts_with('@')) {
      if (root.starts_with("CEB")) put_attribute(message, field.substr(1), value);
      continue;
    }
    const auto slash = field.find('/');
    const std::string parent = slash == std::string::npos ? "" : field.substr(0, slash);
    put_everywhere(message, parent, slash == std::string::npos ? field : field.substr(slash + 1), value);
  }
  return message;
}

std::vector<std::string> parts(const std::string& changes) {
  std::vector<std::string> result;
  for (std::size_t begin = 0; begin <= changes.size();) {
    const auto end = std::min(changes.find("; ", begin), changes.size());
    result.push_back(changes.substr(begin, end - begin));
    begin = end + 2;
  }
  std::erase(result, "");
  return result;
}

}  // namespace

const Node& shape_of(const schemas::Catalog& catalog, const std::string& root) {
  if (const auto* type = catalog.find(root)) return type->root;
  for (const auto& envelope : catalog.envelopes()) {
    if (envelope.name == root) return envelope.root;
  }
  throw std::runtime_error("no type " + root);
}

std::vector<RuleCase> rule_cases() {
  std::vector<RuleCase> cases;
  const Table table = read_table("cases.tsv", std::array<std::string_view, 4>{"rule", "types", "changes", "says"});
  for (const Table::Row& row : table.rows()) {
    const auto add = [&](std::string edition, std::string root) {
      cases.push_back({row.line, row.cells[0], std::move(edition), std::move(root), row.cells[2], row.cells[3]});
    };
    if (row.cells[1] == "*") {
      for (const auto& type : catalog_202205().types()) add("202205", type.name);
      continue;
    }
    for (const std::string& word : schemas::words(row.cells[1])) {
      const auto slash = word.find('/');
      add(slash == std::string::npos ? "202205" : word.substr(slash + 1), root_name(word.substr(0, slash)));
    }
  }
  return cases;
}

std::string RuleCase::document() const {
  MadeElement message = keeping_message(catalog_of(edition), root);
  for (const std::string& one : parts(changes)) {
    if (!one.starts_with('~')) change(message, one);
  }
  std::string text = written(message);
  for (const std::string& one : parts(changes)) {
    if (one.starts_with('~')) replace(text, one);
  }
  return text;
}

}  // namespace tests
