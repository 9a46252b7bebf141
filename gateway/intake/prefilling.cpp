#include "gateway/intake/prefilling.h"

#include <algorithm>
#include <array>

#include "codecs/ceb/identity.h"
#include "codecs/ceb/json_pointer.h"
#include "gateway/intake/standing.h"

namespace gateway::intake {
namespace {

using codecs::ceb::Element;
using codecs::ceb::head_field;
using codecs::ceb::pointer_to;
using codecs::ceb::set_head_field;
using schemas::MessageType;
using schemas::Node;

constexpr std::string_view document_pointer = "/document";
constexpr std::array<std::string_view, 4> own_fields{"guid", "appType", "appTime", "appStatus"};

bool has(const std::vector<std::string>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// What names a document and says how it is declared is never another document's.
bool is_own(const MessageType& type, std::string_view name) {
  return std::find(own_fields.begin(), own_fields.end(), name) != own_fields.end() || name == type.key_fields.back();
}

class Filler {
 public:
  Filler(const schemas::Offer& offer, const MessageType& source, const MessageType& target,
         const ledger::Standing& newest)
      : offer_(offer), source_(source), target_(target), newest_(newest), kept_(kept_body(source, newest)) {}

  Prefilled fill() && {
    made_.body.name = target_.business_node;
    if (offer_.is_next) {
      made_.body = kept_;
      for (const char* name : {"guid", "appTime"}) drop(name);
    } else {
      take_head();
      take_rows();
    }
    take_numbers();
    for (const schemas::Replacement& one : offer_.replacements) replace(one);
    for (const std::string& name : offer_.ask) drop(name);
    set_head_field(target_, made_.body, "appType", offer_.app_type);
    name_open_fields();
    return std::move(made_);
  }

 private:
  Element* head() { return target_.head.empty() ? &made_.body : made_.body.child(target_.head); }

  void drop(std::string_view name) {
    if (Element* fields = head()) std::erase_if(fields->children, [&](const Element& one) { return one.name == name; });
  }

  void take_head() {
    for (const Node& node : target_.head_node().children) {
      if (node.kind != schemas::NodeKind::field || is_own(target_, node.name)) continue;
      std::string value = head_field(source_, kept_, node.name);
      if (!value.empty()) set_head_field(target_, made_.body, node.name, std::move(value));
    }
  }

  void take_rows() {
    const Node* shape = target_.list.empty() ? nullptr : target_.business().child(target_.list);
    if (shape == nullptr) return;
    for (const Element& row : kept_.children) {
      if (row.name == source_.list) take_row(*shape, row, rows_++);
    }
    if (rows_ == 0 && shape->min_occurs > 0) leave_open(pointer_to(document_pointer, shape->name));
  }

  void take_row(const Node& shape, const Element& row, std::size_t index) {
    Element taken{.name = shape.name, .text = {}, .children = {}};
    const std::string pointer = pointer_to(pointer_to(document_pointer, shape.name), index);
    for (const Node& node : shape.children) {
      const Element* field = row.child(node.name);
      const bool is_asked = has(offer_.ask_rows, node.name);
      if (field != nullptr && !is_asked) {
        taken.children.push_back(*field);
      } else if (node.min_occurs > 0 || field != nullptr) {
        open_rows_.push_back(pointer_to(pointer, node.name));
      }
    }
    made_.body.children.push_back(std::move(taken));
  }

  // A new declaration of the same document has no numbers yet.
  void take_numbers() {
    if (offer_.is_next && offer_.app_type == "1") return;
    for (const auto& [name, number] : newest_.learnt) {
      if (target_.head_node().child(name) != nullptr) set_head_field(target_, made_.body, name, number);
    }
  }

  void replace(const schemas::Replacement& replacement) {
    const std::string value = head_field(source_, kept_, replacement.field);
    if (!replacement.from || *replacement.from == value) {
      set_head_field(target_, made_.body, replacement.field, replacement.value);
    } else if (head_field(target_, made_.body, replacement.field) == value) {
      drop(replacement.field);
    }
  }

  bool is_replaced(std::string_view name) const {
    return std::any_of(offer_.replacements.begin(), offer_.replacements.end(),
                       [&](const schemas::Replacement& one) { return one.field == name; });
  }

  void name_open_fields() {
    const std::string pointer =
        target_.head.empty() ? std::string(document_pointer) : pointer_to(document_pointer, target_.head);
    for (const Node& node : target_.head_node().children) {
      const bool is_needed = node.min_occurs > 0 || has(offer_.ask, node.name) || is_replaced(node.name);
      if (node.kind != schemas::NodeKind::field || !is_needed || codecs::ceb::fills_in(target_, node.name)) continue;
      if (head()->child(node.name) == nullptr) leave_open(pointer_to(pointer, node.name));
    }
    made_.fill_in.insert(made_.fill_in.end(), open_rows_.begin(), open_rows_.end());
  }

  void leave_open(std::string pointer) { made_.fill_in.push_back(std::move(pointer)); }

  const schemas::Offer& offer_;
  const MessageType& source_;
  const MessageType& target_;
  const ledger::Standing& newest_;
  const Element kept_;
  Prefilled made_;
  std::size_t rows_ = 0;
  std::vector<std::string> open_rows_;
};

}  // namespace

Prefilled prefill(const schemas::Catalog& catalog, const schemas::Offer& offer, const ledger::Standing& newest) {
  return Filler(offer, *catalog.find(newest.summary.type), *catalog.find(offer.target), newest).fill();
}

std::string known_number(const schemas::MessageType& type, const ledger::Standing& newest, const std::string& name) {
  const auto learnt = newest.learnt.find(name);
  return learnt != newest.learnt.end() ? learnt->second : head_field(type, kept_body(type, newest), name);
}

}  // namespace gateway::intake
