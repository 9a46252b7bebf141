#include "tools/jointtest/documents.h"

#include <array>
#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <fstream>
#include <sstream>
#include <utility>
#include <vector>

namespace tools::jointtest {
namespace {

namespace json = boost::json;

base::Fault template_fault(const std::filesystem::path& file, std::string zh, std::string en) {
  return {"jointtest.template", file.string(), std::move(zh), std::move(en), "docs/formats/joint-plan.md", 0};
}

using Values = std::vector<std::pair<std::string_view, std::string>>;

Values values_of(const std::string& number, const Cast& cast, base::Time now) {
  const std::string moment = base::china_digits14(now);
  return {{"{number}", number},
          {"{ecommerce}", cast.ecommerce.code},
          {"{ecommerce_name}", cast.ecommerce.name},
          {"{platform}", cast.platform.code},
          {"{platform_name}", cast.platform.name},
          {"{payment}", cast.payment.code},
          {"{payment_name}", cast.payment.name},
          {"{logistics}", cast.logistics.code},
          {"{logistics_name}", cast.logistics.name},
          {"{buyer}", cast.buyer_id},
          {"{buyer_name}", cast.buyer_name},
          {"{buyer_telephone}", cast.buyer_telephone},
          {"{day}", moment.substr(0, 8)},
          {"{moment}", moment}};
}

// Names are looked for in the text itself, never in what has been put there.
std::string filled_in(std::string_view text, const Values& values) {
  std::string filled;
  while (!text.empty()) {
    bool is_name = false;
    for (const auto& [name, value] : values) {
      if (!text.starts_with(name)) continue;
      filled += value;
      text.remove_prefix(name.size());
      is_name = true;
      break;
    }
    if (is_name) continue;
    filled += text.front();
    text.remove_prefix(1);
  }
  return filled;
}

void fill(json::value& value, const Values& values) {
  if (auto* text = value.if_string()) *text = filled_in(*text, values);
  if (auto* object = value.if_object()) {
    for (auto& member : *object) fill(member.value(), values);
  }
  if (auto* array = value.if_array()) {
    for (json::value& item : *array) fill(item, values);
  }
}

json::object& head_of(const schemas::MessageType& type, json::object& document) {
  return type.head.empty() ? document : document[type.head].as_object();
}

json::object* place_of(const schemas::MessageType& type, const Change& change, json::object& document) {
  if (change.row == 0) return &head_of(type, document);
  json::value* list = document.if_contains(type.list);
  if (list == nullptr || !list->is_array() || list->get_array().size() < change.row) return nullptr;
  return list->get_array()[change.row - 1].if_object();
}

}  // namespace

base::Result<Documents> Documents::read(const std::filesystem::path& folder, const schemas::Catalog& catalog) {
  Documents documents;
  documents.catalog_ = &catalog;
  base::Faults faults;
  for (const schemas::MessageType& type : catalog.types()) {
    const std::filesystem::path file = folder / (type.name + ".json");
    std::ifstream in(file, std::ios::binary);
    if (type.kind != schemas::MessageKind::declaration || !in) continue;
    std::ostringstream text;
    text << in.rdbuf();
    boost::system::error_code error;
    const json::value value = json::parse(text.str(), error);
    const json::object* object = error ? nullptr : value.if_object();
    const json::value* head = object == nullptr || type.head.empty() ? nullptr : object->if_contains(type.head);
    if (object == nullptr || (!type.head.empty() && (head == nullptr || !head->is_object()))) {
      faults.push_back(template_fault(file, "不是 " + type.name + " 单证的 JSON。",
                                      "This is not the JSON of a document of " + type.name + "."));
      continue;
    }
    documents.texts_[type.name] = text.str();
  }
  if (documents.texts_.empty() && faults.empty()) {
    faults.push_back(template_fault(folder, "该目录没有任何 TYPE.json。", "The folder holds no TYPE.json."));
  }
  if (!faults.empty()) return faults;
  return documents;
}

std::size_t Documents::rows(const std::string& type) const {
  const json::value document = json::parse(texts_.at(type));
  const std::string& list = catalog_->find(type)->list;
  const json::value* found = list.empty() ? nullptr : document.get_object().if_contains(list);
  return found == nullptr || !found->is_array() ? 0 : found->get_array().size();
}

json::object Documents::filled(const std::string& type, const std::string& number, const Cast& cast, base::Time now,
                               const std::vector<Change>& changes, const Taking& taking) const {
  const schemas::MessageType& shape = *catalog_->find(type);
  const Values values = values_of(number, cast, now);
  json::value document = json::parse(texts_.at(type));
  fill(document, values);
  for (const Change& change : changes) {
    json::object* place = place_of(shape, change, document.get_object());
    if (place == nullptr) continue;
    place->erase(change.field);
    if (change.how == Changing::drop) continue;
    const std::string value =
        change.how == Changing::taken ? taking(change.from, change.value) : filled_in(change.value, values);
    if (change.how == Changing::set || !value.empty()) (*place)[change.field] = value;
  }
  return std::move(document.get_object());
}

std::string number_of(const schemas::MessageType& type, const json::object& document) {
  const json::object* head = &document;
  if (!type.head.empty()) {
    const json::value* value = document.if_contains(type.head);
    head = value == nullptr ? nullptr : value->if_object();
  }
  const json::value* number = head == nullptr ? nullptr : head->if_contains(type.key_fields.back());
  return number == nullptr || !number->is_string() ? std::string() : std::string(number->get_string());
}

}  // namespace tools::jointtest
