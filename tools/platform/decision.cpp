#include "tools/platform/decision.h"

#include <algorithm>
#include <set>

#include "tools/platform/rows.h"
#include "tools/platform/siblings.h"
#include "tools/platform/ways.h"

namespace tools::platform {
namespace {

constexpr std::string_view rejected = "100", checked = "120";

// The text of the table with {field} and {detail} filled in.
std::string filled(const std::string& text, const Submission& document, const std::string& detail) {
  std::string whole;
  std::size_t from = 0;
  for (;;) {
    const auto open = text.find('{', from), close = text.find('}', from);
    if (open == std::string::npos || close == std::string::npos) return whole + text.substr(from);
    const std::string name = text.substr(open + 1, close - open - 1);
    whole += text.substr(from, open - from) + (name == "detail" ? detail : field(document, name));
    from = close + 1;
  }
}

std::optional<Step> said(const Submission& document, const Finding& finding, const Rulebook& rules) {
  const Saying* saying = rules.saying(document.type->name, finding.occasion);
  if (saying == nullptr) return {};
  return Step{saying->code, filled(saying->text, document, finding.detail)};
}

// Nothing is said where nothing is known to say.
Decision refusal(const Submission& document, const Finding& finding, const Rulebook& rules) {
  const auto step = said(document, finding, rules);
  return {Storing::nothing, step ? std::vector{*step} : std::vector<Step>(), false};
}

std::string deed(std::string_view app_type) { return app_type == "2" ? "变更" : app_type == "3" ? "删除" : "新增"; }

// 清单新增申报成功[GUID][电商企业编码：…订单编号：…]
std::string accepted_text(const Submission& document, const Treatment& treatment) {
  std::string text = treatment.noun + deed(document.app_type) + "申报成功[" + document.guid + "]";
  std::string named;
  for (const auto& [name, label] : treatment.named) named += label + field(document, name);
  return named.empty() ? text : text + "[" + named + "]";
}

std::vector<Step> told_steps(const Submission& document, std::vector<Step> way, const Rulebook& rules) {
  const Treatment& treatment = rules.treatment(document.type->name);
  for (Step& step : way) {
    step.info = step.status == "2" ? accepted_text(document, treatment) : rules.text_of(step.status);
  }
  return way;
}

std::vector<Step> usual_way(const Treatment& treatment) {
  std::vector<Step> way;
  for (const std::string& status : treatment.way) way.push_back({status, ""});
  return way;
}

bool has_repeated_row(const Submission& document) {
  std::set<std::string> serials;
  return std::ranges::any_of(rows_of(document), [&](const codecs::ceb::Element* row) {
    const codecs::ceb::Element* gnum = row->child("gnum");
    return gnum != nullptr && !serials.insert(gnum->text).second;
  });
}

bool is_one_of(const std::vector<std::string>& statuses, std::string_view status) {
  return std::ranges::find(statuses, status) != statuses.end();
}

bool counts_as_declared(const std::string& key, base::Time at, const Knowledge& known) {
  const StoredDocument& document = *known.store.find(key);
  const Treatment& treatment = known.rules.treatment(document.newest.type->name);
  return !document.waiting && !is_one_of(treatment.again_after, document.status_at(at));
}

// What is concluded may not be touched any more, nor anything that an inventory at customs needs.
bool is_in_use(const Submission& document, const StoredDocument& stored, const Knowledge& known) {
  const std::set<std::string> users = known.store.users(stored.newest);
  const std::string& fixed_from = known.rules.treatment(document.type->name).fixed_from;
  return (!fixed_from.empty() && stored.has_reached(fixed_from, document.at)) ||
         std::ranges::any_of(users,
                             [&](const std::string& key) { return counts_as_declared(key, document.at, known); });
}

// 改单: a declared inventory is changed under its own numbers.
std::optional<Finding> fault_of_change(const Submission& document, const StoredDocument& stored,
                                       const PortNumbers& numbers, const Rulebook& rules) {
  if (rules.saying(document.type->name, Occasion::not_declared) == nullptr) return {};
  const std::string pre_no = field(document, "preNo"), invt_no = field(document, "invtNo");
  if (!stored.has_reached(checked, document.at)) return Finding{Occasion::not_declared};
  if (pre_no.empty()) return Finding{Occasion::numbers_needed, "preNo"};
  if (invt_no.empty()) return Finding{Occasion::invt_no_needed};
  if (invt_no != numbers.invt_no) return Finding{Occasion::invt_no_fixed};
  return {};
}

// Customs' own duplicate key of an inventory is its order.
bool has_rival(const Submission& document, const Knowledge& known) {
  const std::vector<std::string> rivals = known.store.rivals(document);
  return std::ranges::any_of(rivals,
                             [&](const std::string& key) { return counts_as_declared(key, document.at, known); });
}

std::optional<Finding> over_annual_limit(const Submission& document, const Knowledge& known) {
  const Purchase* purchase = known.rules.purchase(document.type->name);
  if (purchase == nullptr || purchase->limits.annual == 0) return {};
  const Amount whole = known.purchases.spent(field(document, purchase->buyer), document.at, document.key) +
                       amount_of(document, *purchase);
  if (whole <= purchase->limits.annual) return {};
  return Finding{Occasion::annual_limit, amount_text(whole) + " > limitPrice: " + amount_text(purchase->limits.annual)};
}

std::optional<Finding> over_single_limit(const Submission& document, const Rulebook& rules) {
  const Purchase* purchase = rules.purchase(document.type->name);
  if (purchase == nullptr || purchase->limits.single == 0 || is_one_piece(document)) return {};
  if (amount_of(document, *purchase) <= purchase->limits.single) return {};
  return Finding{Occasion::single_limit, amount_text(purchase->limits.single)};
}

std::optional<Step> objection(const Submission& document, const codecs::ceb::Sale& sale, const Knowledge& known) {
  if (auto difference = first_difference(known.store.catalog(), sale)) {
    return Step{std::string(rejected), std::move(*difference)};
  }
  if (has_rival(document, known)) return said(document, {Occasion::second_for_order}, known.rules);
  if (const auto over = over_annual_limit(document, known)) return said(document, *over, known.rules);
  return {};
}

// Of a cancellation or a refund.
std::optional<Finding> fault_of_inventory(const Submission& document, const Knowledge& known) {
  const Treatment& treatment = known.rules.treatment(document.type->name);
  if (treatment.inventory.empty()) return {};
  const StoredDocument* inventory = inventory_of(document, known);
  if (inventory == nullptr) {
    if (known.unknown_inventories == UnknownInventories::accepted) return {};
    return Finding{Occasion::no_inventory};
  }
  if (!treatment.ends.empty() && !inventory->cancelled_by.empty() && inventory->cancelled_by != document.key) {
    return Finding{Occasion::already_there};
  }
  if (!is_one_of(treatment.inventory_at, inventory->status_at(document.at))) return Finding{Occasion::inventory_state};
  if (known.rules.saying(document.type->name, Occasion::goods_unknown) == nullptr) return {};
  const auto goods = rows_of(inventory->newest);
  for (const codecs::ceb::Element* row : rows_of(document)) {
    const std::string gnum = text_in(*row, "gnum"), gcode = text_in(*row, "gcode");
    const bool is_there = std::ranges::any_of(goods, [&](const codecs::ceb::Element* one) {
      return text_in(*one, "gnum") == gnum && text_in(*one, "gcode") == gcode;
    });
    if (!is_there) return Finding{Occasion::goods_unknown, gnum + "],商品编号为[" + gcode};
  }
  return {};
}

bool is_newer(const Submission& document, const StoredDocument& stored) {
  return document.app_time > stored.newest.app_time;  // fourteen digits
}

std::optional<Finding> against_adding(const Submission& document, const StoredDocument* stored,
                                      const Knowledge& known) {
  if (stored != nullptr) {
    if (!is_newer(document, *stored)) return Finding{Occasion::not_newer};
    const Treatment& treatment = known.rules.treatment(document.type->name);
    if (!is_one_of(treatment.again_after, stored->status_at(document.at))) return Finding{Occasion::already_there};
  }
  if (auto over = over_single_limit(document, known.rules)) return over;
  return fault_of_inventory(document, known);
}

// Of a change or a deletion.
std::optional<Finding> against_touching(const Submission& document, const StoredDocument* stored,
                                        const Knowledge& known) {
  if (stored == nullptr) return Finding{Occasion::not_there};
  if (!is_newer(document, *stored)) return Finding{Occasion::not_newer};
  if (is_in_use(document, *stored, known)) return Finding{Occasion::in_use, stored->status_at(document.at)};
  return {};
}

std::optional<Finding> against_changing(const Submission& document, const StoredDocument* stored,
                                        const PortNumbers& numbers, const Knowledge& known) {
  if (auto against = against_touching(document, stored, known)) return against;
  if (auto against = fault_of_change(document, *stored, numbers, known.rules)) return against;
  if (auto over = over_single_limit(document, known.rules)) return over;
  return fault_of_inventory(document, known);
}

// What stands against the document itself, before anything is done with it.
std::optional<Finding> against(const Submission& document, const std::string& content, const PortNumbers& numbers,
                               const Knowledge& known) {
  const StoredDocument* stored = known.store.find(document.key);
  const auto can_say = [&](Occasion occasion) { return known.rules.saying(document.type->name, occasion) != nullptr; };
  if (can_say(Occasion::repeated_row) && has_repeated_row(document)) return Finding{Occasion::repeated_row};
  const bool is_deed = document.app_type == "1" || document.app_type == "2" || document.app_type == "3";
  if (can_say(Occasion::unknown_deed) && !is_deed) return Finding{Occasion::unknown_deed};
  if (!content.empty()) return Finding{Occasion::content, content};
  if (document.app_type == "2") return against_changing(document, stored, numbers, known);
  if (document.app_type == "3") return against_touching(document, stored, known);
  return against_adding(document, stored, known);
}

Decision as_asked(const Submission& document, const std::string& words, const Rulebook& rules) {
  std::vector<Step> way = told_steps(document, way_to(rules.treatment(document.type->name), words), rules);
  if (!document.triggers.text.empty()) way.back().info = document.triggers.text;
  const bool is_refused = way.size() == 1 && way.front().status.starts_with('-');
  return {is_refused ? Storing::nothing : Storing::store, std::move(way), false};
}

}  // namespace

const StoredDocument* inventory_of(const Submission& document, const Knowledge& known) {
  const Treatment& treatment = known.rules.treatment(document.type->name);
  const auto key = known.numbering.key_of(field(document, "invtNo"));
  const StoredDocument* found = key ? known.store.find(*key) : nullptr;
  return found != nullptr && found->newest.type->name == treatment.inventory ? found : nullptr;
}

Decision declare(const Submission& document, const Knowledge& known) {
  const Treatment& treatment = known.rules.treatment(document.type->name);
  if (!treatment.draft_app_status.empty() && document.app_status == treatment.draft_app_status) {
    return {Storing::store, {{"1", known.rules.text_of("1")}}, false};
  }
  Decision decision{Storing::store, told_steps(document, usual_way(treatment), known.rules), false};
  // Customs compares at the document that waits for the others.
  if (!known.store.catalog().siblings().awaits(document.type->name)) return decision;
  const codecs::ceb::Sale sale = sale_of(document, known.store);
  const std::vector<std::string> missing = missing_siblings(sale);
  if (!missing.empty()) {
    decision.steps.resize(1);
    for (const std::string& one : missing) decision.steps.front().info += "; " + one;
    decision.waiting = true;
  } else if (auto step = objection(document, sale, known)) {
    decision.steps.resize(1);
    decision.steps.push_back(std::move(*step));
  }
  return decision;
}

Decision decide(const Submission& document, const Findings& findings, const std::optional<std::string>& forced,
                const PortNumbers& numbers, const Knowledge& known) {
  if (findings.of_message) return refusal(document, *findings.of_message, known.rules);
  const StoredDocument* stored = known.store.find(document.key);
  if (stored != nullptr && stored->guids.contains(document.guid)) {
    return refusal(document, {Occasion::same_guid}, known.rules);
  }
  if (forced) return as_asked(document, *forced, known.rules);
  if (const auto found = against(document, findings.content, numbers, known)) {
    return refusal(document, *found, known.rules);
  }
  if (document.app_type == "3") return {Storing::erase, told_steps(document, {{"2", ""}}, known.rules), false};
  return declare(document, known);
}

}  // namespace tools::platform
