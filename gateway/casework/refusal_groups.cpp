#include "gateway/casework/refusal_groups.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <set>

#include "base/digest.h"

namespace gateway::casework {
namespace {

namespace json = boost::json;

constexpr std::size_t deepest_document = 80;
constexpr std::size_t name_digits = 24;  // of the digest that a group is called by

// The receipt that refused it: the last one, by customs' time, that refuses.
const lifecycle::ReceiptFact* refusing(const schemas::Catalog& catalog, const schemas::Declared& declared,
                                       const ledger::Standing& refused) {
  using schemas::Effect;
  const lifecycle::ReceiptFact* last = nullptr;
  for (const auto& receipt : refused.receipts) {
    const Effect effect = catalog.answer(declared, receipt.status).effect;
    if (effect != Effect::refuse && effect != Effect::already_there) continue;
    if (last == nullptr || receipt.returned_at >= last->returned_at) last = &receipt;
  }
  return last;
}

std::string member_of(const json::object& row, std::string_view name) {
  const json::value* value = row.if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

std::set<Goods> goods_of(const schemas::MessageType& type, const std::string& body) {
  json::parse_options options;
  options.max_depth = deepest_document;
  json::error_code error;
  const json::value document = json::parse(body, error, {}, options);
  std::set<Goods> goods;
  const json::object* parts = error ? nullptr : document.if_object();
  const json::value* list = parts == nullptr || type.list.empty() ? nullptr : parts->if_contains(type.list);
  if (list == nullptr || !list->is_array()) return goods;
  for (const json::value& row : list->get_array()) {
    if (const json::object* fields = row.if_object()) {
      goods.insert({member_of(*fields, "itemNo"), member_of(*fields, "itemName"), member_of(*fields, "gcode")});
    }
  }
  return goods;
}

}  // namespace

void RefusalGroups::add(const ledger::Standing& refused, const std::string& assigned_to) {
  const schemas::MessageType* type = knowledge_.catalog().find(refused.summary.type);
  if (type == nullptr) return;
  const schemas::Declared declared{refused.summary.type, refused.app_type, refused.app_status};
  const auto* receipt = refusing(knowledge_.catalog(), declared, refused);
  auto explanation = receipt == nullptr ? knowledge_.explain(declared, refused.summary.picture.stage, {})
                                        : knowledge_.explain(declared, receipt->status, receipt->info);
  std::vector<std::optional<Goods>> goods;
  if (by_ == GroupedBy::goods) {
    for (const Goods& one : goods_of(*type, refused.body)) goods.emplace_back(one);
  }
  if (goods.empty()) goods.emplace_back();
  for (const auto& one : goods) {
    const auto [place, is_new] = groups_.try_emplace(Name{type->name, explanation.code, one});
    RefusalGroup& group = place->second;
    if (is_new) group = {type->name, explanation.code, one, explanation, 0, {}, {}};
    ++group.documents;
    if (group.examples.size() < most_examples) group.examples.push_back(refused.summary);
    if (!assigned_to.empty()) ++group.assigned[assigned_to];
  }
}

std::vector<std::pair<std::string, RefusalGroup>> RefusalGroups::sorted() const {
  std::vector<std::pair<std::string, RefusalGroup>> all;
  for (const auto& [name, group] : groups_) {
    std::string text = name.type + '\n' + name.code;
    if (name.goods) text += '\n' + name.goods->item_no + '\n' + name.goods->item_name + '\n' + name.goods->gcode;
    all.emplace_back(base::sha256_hex(text).substr(0, name_digits), group);
  }
  std::ranges::stable_sort(all, std::ranges::greater(), [](const auto& one) { return one.second.documents; });
  return all;
}

}  // namespace gateway::casework
