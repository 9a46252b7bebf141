#include "tools/platform/decision.h"

#include <algorithm>

#include "tools/platform/siblings.h"

namespace tools::platform {
namespace {

constexpr std::string_view rejected = "100", checked = "120", released = "800";

Decision refusal(const Code& code, const std::string& more = "") {
  if (code.status.empty()) return {};
  return {Storing::nothing, {{std::string(code.status), std::string(code.text) + more}}, false};
}

std::string deed(std::string_view app_type) { return app_type == "2" ? "变更" : app_type == "3" ? "删除" : "新增"; }

// 清单新增申报成功[GUID][电商企业编码：…订单编号：…]
std::string accepted_text(const Submission& document, const Conduct& conduct) {
  std::string text = std::string(conduct.accepted_noun) + deed(document.app_type) + "申报成功[" + document.guid + "]";
  std::string named;
  for (const std::string_view name : conduct.accepted_fields) {
    named += std::string(name == "ebcCode" ? "电商企业编码：" : "订单编号：") + field(document, name);
  }
  return named.empty() ? text : text + "[" + named + "]";
}

std::vector<Step> steps_of(const Submission& document, const Conduct& conduct, const std::vector<std::string>& way) {
  std::vector<Step> steps;
  for (const std::string& status : way) {
    steps.push_back({status, status == "2" ? accepted_text(document, conduct) : text_of(status)});
  }
  return steps;
}

bool has_repeated_row(const Submission& document) {
  std::set<std::string> serials;
  for (const codecs::ceb::Element& row : document.body.children) {
    const codecs::ceb::Element* gnum = row.name == document.type->list ? row.child("gnum") : nullptr;
    if (gnum != nullptr && !serials.insert(gnum->text).second) return true;
  }
  return false;
}

bool counts_as_declared(const StoredDocument& document, base::Time at, const Store& store) {
  const auto again = conduct_towards(*document.newest.type, store.catalog()).readmitted_after;
  return !document.waiting && std::find(again.begin(), again.end(), document.status_at(at)) == again.end();
}

// A declared document may not be touched any more: an inventory that is released, anything an inventory at customs
// needs.
bool is_in_use(const Submission& document, const StoredDocument& stored, const Store& store) {
  const std::set<std::string> users = store.users(stored.newest);
  return stored.has_reached(released, document.at) ||
         std::any_of(users.begin(), users.end(),
                     [&](const std::string& key) { return counts_as_declared(*store.find(key), document.at, store); });
}

// 改单: a declared inventory is changed under its own numbers.
std::optional<Code> fault_of_change(const Submission& document, const StoredDocument& stored,
                                    const PortNumbers& numbers, const Store& store) {
  if (!store.catalog().siblings().awaits(document.type->name)) return {};
  const std::string pre_no = field(document, "preNo"), invt_no = field(document, "invtNo");
  if (!stored.has_reached(checked, document.at)) return not_declared;
  if (pre_no.empty()) return numbers_needed;
  if (invt_no.empty()) return invt_no_needed;
  if (invt_no != numbers.invt_no) return invt_no_fixed;
  return {};
}

// Customs' own duplicate key of an inventory is its order.
bool has_rival(const Submission& document, const Store& store) {
  const std::vector<std::string> rivals = store.rivals(document);
  return std::any_of(rivals.begin(), rivals.end(),
                     [&](const std::string& key) { return counts_as_declared(*store.find(key), document.at, store); });
}

std::optional<std::string> objection(const Submission& document, const codecs::ceb::Sale& sale, const Store& store) {
  if (auto difference = first_difference(store.catalog(), sale)) return difference;
  if (has_rival(document, store)) return std::string(repeated_business_key);
  return {};
}

bool is_newer(const Submission& document, const StoredDocument& stored) {
  return document.app_time > stored.newest.app_time;  // fourteen digits
}

Decision add(const Submission& document, const Conduct& conduct, const StoredDocument* stored, const Store& store) {
  if (stored != nullptr) {
    const auto& again = conduct.readmitted_after;
    if (!is_newer(document, *stored)) return refusal(conduct.not_newer);
    if (std::find(again.begin(), again.end(), stored->status_at(document.at)) == again.end()) {
      return refusal(conduct.already_there);
    }
  }
  return declare(document, conduct, store);
}

Decision change(const Submission& document, const Conduct& conduct, const StoredDocument* stored,
                const PortNumbers& numbers, const Store& store) {
  if (stored == nullptr) return refusal(conduct.not_there);
  if (!is_newer(document, *stored)) return refusal(conduct.not_newer);
  if (is_in_use(document, *stored, store)) return refusal(conduct.in_use);
  if (const auto fault = fault_of_change(document, *stored, numbers, store)) return refusal(*fault);
  return declare(document, conduct, store);
}

Decision remove(const Submission& document, const Conduct& conduct, const StoredDocument* stored, const Store& store) {
  if (stored == nullptr) return refusal(conduct.not_there);
  if (!is_newer(document, *stored)) return refusal(conduct.not_newer);
  if (is_in_use(document, *stored, store)) return refusal(conduct.in_use);
  return {Storing::erase, steps_of(document, conduct, {"2"}), false};
}

}  // namespace

Decision declare(const Submission& document, const Conduct& conduct, const Store& store) {
  if (!conduct.draft_app_status.empty() && document.app_status == conduct.draft_app_status) {
    return {Storing::store, {{"1", text_of("1")}}, false};
  }
  Decision decision{Storing::store, steps_of(document, conduct, {conduct.way.begin(), conduct.way.end()}), false};
  // Customs compares at the document that waits for the others.
  if (!store.catalog().siblings().awaits(document.type->name)) return decision;
  const codecs::ceb::Sale sale = sale_of(document, store);
  const std::vector<std::string> missing = missing_siblings(sale);
  if (!missing.empty()) {
    decision.steps.resize(1);
    for (const std::string& one : missing) decision.steps.front().info += "; " + one;
    decision.waiting = true;
  } else if (const auto against = objection(document, sale, store)) {
    decision.steps.resize(1);
    decision.steps.push_back({std::string(rejected), *against});
  }
  return decision;
}

Decision decide(const Submission& document, const Conduct& conduct, const Findings& findings,
                const std::optional<std::string>& forced, const PortNumbers& numbers, const Store& store) {
  const StoredDocument* stored = store.find(document.key);
  if (!findings.enterprise.empty()) return refusal(unknown_enterprise, findings.enterprise);
  if (!findings.signature.empty())
    return {Storing::nothing, {{std::string(rejected), "验签失败：" + findings.signature}}, false};
  if (stored != nullptr && stored->guids.contains(document.guid)) return refusal(conduct.already_there);
  if (forced) {
    const Storing storing = forced->starts_with('-') ? Storing::nothing : Storing::store;
    return {storing, steps_of(document, conduct, way_to(conduct, *forced)), false};
  }
  if (!conduct.repeated_row.status.empty() && has_repeated_row(document)) return refusal(conduct.repeated_row);
  if (!findings.content.empty()) return refusal(conduct.content, findings.content);
  if (document.app_type == "2") return change(document, conduct, stored, numbers, store);
  if (document.app_type == "3") return remove(document, conduct, stored, store);
  return add(document, conduct, stored, store);
}

}  // namespace tools::platform
