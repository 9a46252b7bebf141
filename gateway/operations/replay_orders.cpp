#include "gateway/operations/replay_orders.h"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <charconv>
#include <map>
#include <string>

#include "gateway/views/answers.h"
#include "gateway/views/document_query.h"

namespace gateway::operations {
namespace {

namespace json = boost::json;
using views::fault;

void check_replay_members(const json::object& object, base::Faults& faults) {
  static constexpr std::array<std::string_view, 8> allowed{"filter", "action", "mode",    "reason",
                                                           "limit",  "pace",   "dry_run", "preview"};
  for (const auto& member : object) {
    const std::string_view name = member.key();
    if (std::ranges::find(allowed, name) != allowed.end()) continue;
    faults.push_back(fault("json.shape", "/" + std::string(name),
                           "不认识这个成员；可用：filter、action、mode、reason、limit、pace、dry_run、preview。",
                           "This member is not known; allowed are filter, action, mode, reason, limit, pace, dry_run "
                           "and preview."));
  }
}

std::optional<std::int64_t> read_number(const json::object& object, std::string_view name, std::int64_t most,
                                        base::Faults& faults) {
  const json::value* member = object.if_contains(name);
  if (member == nullptr) return std::nullopt;
  if (member->is_int64() && member->get_int64() >= 1 && member->get_int64() <= most) return member->get_int64();
  const std::string to = std::to_string(most);
  faults.push_back(fault("json.shape", "/" + std::string(name), "应为 1 到 " + to + " 的整数。",
                         "This has to be a whole number from 1 to " + to + "."));
  return std::nullopt;
}

std::vector<std::string> read_ids(const json::value& member, base::Faults& faults) {
  std::vector<std::string> ids;
  const json::array* items = member.if_array();
  const bool is_list = items != nullptr && !items->empty() && items->size() <= most_ids &&
                       std::ranges::all_of(*items, [](const json::value& item) { return item.is_string(); });
  if (!is_list) {
    const std::string most = std::to_string(most_ids);
    faults.push_back(fault("replay.ids", "/filter/ids", "应为 1 到 " + most + " 个单证 id 的数组。",
                           "This has to be an array of 1 to " + most + " ids of documents."));
    return ids;
  }
  for (const json::value& item : *items) ids.emplace_back(item.get_string());
  return ids;
}

ledger::Query read_filter(const json::object& filter, const schemas::Catalog& catalog, base::Faults& faults) {
  std::map<std::string, std::string> texts;
  std::vector<std::string> ids;
  for (const auto& member : filter) {
    const std::string name(member.key());
    if (name == "ids") {
      ids = read_ids(member.value(), faults);
    } else if (member.value().is_string() && !member.value().get_string().empty()) {
      texts[name] = std::string(member.value().get_string());
    } else {
      faults.push_back(
          fault("json.shape", "/filter/" + name, "应为非空字符串。", "This has to be a string that is not empty."));
    }
  }
  views::Parameters parameters(texts, views::document_filters({"reason"}), "/filter/");
  ledger::Query query = views::read_document_query(parameters, catalog);
  query.reason = parameters.text("reason");
  query.ids = std::move(ids);
  faults.insert(faults.end(), parameters.faults().begin(), parameters.faults().end());
  return query;
}

void read_new_preview(const json::object& object, const schemas::Catalog& catalog, ReplayOrder& read,
                      base::Faults& faults) {
  json::object words = object;
  if (!words.contains("action")) words["action"] = word(Action::replay);
  read.order = read_order(words, faults);
  if (read.order.action == Action::amend) {
    faults.push_back(fault("replay.amend", "/action", "更正只能逐份进行：POST /v1/documents/{id}/actions。",
                           "Documents are amended one by one: POST /v1/documents/{id}/actions."));
  }
  read.limit = read_number(object, "limit", most_replay_limit, faults).value_or(default_replay_limit);
  const json::value* filter = object.if_contains("filter");
  const json::object* conditions = filter == nullptr ? nullptr : filter->if_object();
  if (conditions == nullptr || conditions->empty()) {
    faults.push_back(fault("replay.filter", "/filter", "请给出 filter，至少一个条件。",
                           "filter is needed, with one condition at least."));
    return;
  }
  read.filter = read_filter(*conditions, catalog, faults);
}

void read_preview_to_run(const json::value& preview, ReplayOrder& read, base::Faults& faults) {
  const json::string* text = preview.if_string();
  std::int64_t id = 0;
  const bool is_number =
      text != nullptr && !text->empty() &&
      std::from_chars(text->data(), text->data() + text->size(), id).ptr == text->data() + text->size();
  if (is_number && id > 0) {
    read.preview = id;
    return;
  }
  faults.push_back(fault("replay.preview", "/preview", "应为预览返回的 id。", "This has to be the id of a preview."));
}

}  // namespace

base::Result<ReplayOrder> read_replay_order(std::string_view body, const schemas::Catalog& catalog) {
  boost::system::error_code error;
  const json::value value = json::parse(body, error);
  if (error) {
    return fault("json.syntax", "", "不是完整的 JSON。", "This is no well-formed JSON: " + error.message() + ".");
  }
  const json::object* object = value.if_object();
  if (object == nullptr) return fault("json.shape", "", "应为对象。", "This has to be an object.");
  base::Faults faults;
  check_replay_members(*object, faults);
  ReplayOrder read;
  read.members = *object;
  read.pace = read_number(*object, "pace", fastest_pace, faults);
  const json::value* dry_run = object->if_contains("dry_run");
  const json::value* preview = object->if_contains("preview");
  if (dry_run != nullptr && dry_run->is_bool() && dry_run->get_bool() && preview == nullptr) {
    read_new_preview(*object, catalog, read, faults);
  } else if (preview != nullptr && dry_run == nullptr) {
    read_preview_to_run(*preview, read, faults);
  } else {
    faults.push_back(fault("replay.preview_first", "", "先用 \"dry_run\":true 预览，再以预览的 id（preview）执行。",
                           "Preview it first with \"dry_run\":true, then run it by the preview's id (preview)."));
  }
  if (!faults.empty()) return faults;
  return read;
}

}  // namespace gateway::operations
