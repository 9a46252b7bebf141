#include "codecs/dxp/xml_fields.h"

#include <utility>

namespace codecs::dxp {

namespace {

constexpr std::string_view clause = "报文规范 202205 §4";

bool is_text(const pugi::xml_node& node) { return node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata; }

std::string step_to(std::string_view name) { return "/dxp:" + std::string(name); }

struct TextCollector : pugi::xml_tree_walker {
  std::string text;
  bool for_each(pugi::xml_node& node) override {
    if (is_text(node)) text += node.value();
    return true;
  }
};

}  // namespace

std::string_view local_name(const pugi::xml_node& node) {
  const std::string_view name = node.name();
  return name.substr(name.find(':') + 1);  // npos + 1 is 0
}

std::string text_of(const pugi::xml_node& node) {
  TextCollector collector;
  pugi::xml_node(node).traverse(collector);
  return std::move(collector.text);
}

std::string path_of(const pugi::xml_node& node) {
  if (node.type() != pugi::node_element) return {};
  return path_of(node.parent()) + step_to(local_name(node));
}

pugi::xml_node XmlFields::one(const pugi::xml_node& parent, std::string_view name) {
  pugi::xml_node found;
  int count = 0;
  for (const auto& child : parent.children()) {
    if (child.type() != pugi::node_element || local_name(child) != name) continue;
    if (++count == 1) found = child;
  }
  if (count > 1) {
    const std::string have = std::to_string(count);
    fault("dxp.repeated", path_of(found), std::string(name) + " 出现 " + have + " 次，最多 1 次",
          std::string(name) + " stands " + have + " times, at most once");
  }
  return found;
}

pugi::xml_node XmlFields::required(const pugi::xml_node& parent, std::string_view name) {
  const pugi::xml_node found = one(parent, name);
  if (!found) {
    const std::string parent_name(local_name(parent));
    fault("dxp.missing", path_of(parent) + step_to(name), parent_name + " 中缺少 " + std::string(name),
          std::string(name) + " is missing in " + parent_name);
  }
  return found;
}

std::vector<pugi::xml_node> XmlFields::several(const pugi::xml_node& parent, std::string_view name, std::size_t most) {
  std::vector<pugi::xml_node> found;
  std::size_t count = 0;
  for (const auto& child : parent.children()) {
    if (child.type() != pugi::node_element || local_name(child) != name) continue;
    if (++count <= most) found.push_back(child);
  }
  if (count > most) {
    const std::string have = std::to_string(count), limit = std::to_string(most);
    fault("dxp.too_many", path_of(found.front()), std::string(name) + " 出现 " + have + " 次，最多 " + limit + " 次",
          std::string(name) + " stands " + have + " times, at most " + limit);
  }
  return found;
}

std::string XmlFields::text(const pugi::xml_node& parent, std::string_view name) { return text_of(one(parent, name)); }

std::optional<std::string> XmlFields::text_if_present(const pugi::xml_node& parent, std::string_view name) {
  const pugi::xml_node found = one(parent, name);
  if (!found) return std::nullopt;
  return text_of(found);
}

void XmlFields::fault(std::string code, std::string path, std::string zh, std::string en) {
  faults_.push_back({.code = std::move(code),
                     .path = std::move(path),
                     .zh = std::move(zh),
                     .en = std::move(en),
                     .source = std::string(clause)});
}

}  // namespace codecs::dxp
