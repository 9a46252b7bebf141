#include "tools/platform/notices.h"

#include <algorithm>
#include <map>

#include "tools/platform/amounts.h"
#include "tools/platform/purchases.h"
#include "tools/platform/rows.h"

namespace tools::platform {
namespace {

using codecs::ceb::Element;
using Values = std::map<std::string, std::string, std::less<>>;

constexpr const char* no_goods = "0000000000";  // gcode of an inventory that is not known

Element filled(const schemas::Node& node, const Values& values) {
  Element element{node.name, "", {}};
  for (const schemas::Node& field : node.children) {
    const auto value = values.find(field.name);
    const bool is_told = value != values.end() && !value->second.empty();
    if (is_told || field.min_occurs > 0) element.children.push_back({field.name, is_told ? value->second : "", {}});
  }
  return element;
}

// The goods of an inventory with their share of freight and insurance, and the tax on them.
std::vector<Values> taxed_rows(const NoticeFacts& facts) {
  std::vector<Values> rows;
  if (facts.purchase == nullptr) return rows;
  const Amount whole = amount_of(facts.about, *facts.purchase);
  Amount goods = 0;
  for (const Element* row : rows_of(facts.about)) {
    goods += read_amount(text_in(*row, facts.purchase->row_amount)).value_or(0);
  }
  for (const Element* row : rows_of(facts.about)) {
    const Amount alone = read_amount(text_in(*row, facts.purchase->row_amount)).value_or(0);
    const Amount price = to_the_cent(share(whole, alone, goods));
    const Amount tax = to_the_cent(share(price, facts.purchase->vat, yuan));
    rows.push_back({{"gnum", text_in(*row, "gnum")},
                    {"gcode", text_in(*row, "gcode")},
                    {"taxPrice", amount_text(price)},
                    {"customsTax", "0"},
                    {"valueAddedTax", amount_text(tax)},
                    {"consumptionTax", "0"}});
  }
  return rows;
}

std::vector<Values> summarised_rows(const NoticeFacts& facts) {
  std::vector<Values> rows;
  const auto add = [&](const Summarised& one, const std::string& gnum, const std::string& gcode) {
    const std::string waybill = one.inventory == nullptr ? "" : field(*one.inventory, "logisticsNo");
    rows.push_back({{"invtNo", one.invt_no},
                    {"logisticsNo", waybill},
                    {"gseqno", std::to_string(rows.size() + 1)},
                    {"gnum", gnum},
                    {"gcode", gcode}});
  };
  for (const Summarised& one : facts.inventories) {
    if (one.inventory == nullptr) {
      add(one, "1", no_goods);
      continue;
    }
    for (const Element* row : rows_of(*one.inventory)) add(one, text_in(*row, "gnum"), text_in(*row, "gcode"));
  }
  return rows;
}

std::string sum_of(const std::vector<Values>& rows, const std::string& name) {
  Amount sum = 0;
  for (const Values& row : rows) sum += read_amount(row.at(name)).value_or(0);
  return amount_text(sum);
}

std::string weight_of(const std::vector<Summarised>& inventories, const std::string& name) {
  Amount sum = 0;
  for (const Summarised& one : inventories) {
    if (one.inventory != nullptr) sum += read_amount(field(*one.inventory, name)).value_or(0);
  }
  return amount_text(sum);
}

// What customs and E-Port make themselves. A declaration for export (0) is numbered like an inventory.
Values made_values(const NoticeFacts& facts) {
  const PortNumbers& numbers = facts.numbers;
  const std::string day = base::china_digits14(facts.at).substr(0, 8);
  return {{"returnTime", base::china_digits17(facts.at)},
          {"opDate", base::china_digits17(facts.at)},
          {"invtNo", numbers.invt_no},
          {"taxNo", "T" + numbers.invt_no},
          {"entDutyNo", "J" + numbers.invt_no},
          {"sumNo", numbers.sum_no},
          {"declSeqNo", "D" + day + numbers.serial},
          {"decPreNo", "E" + day + numbers.serial},
          {"entryId", field(facts.about, "customsCode") + day.substr(0, 4) + "0" + numbers.serial}};
}

Values head_values(const schemas::Node& head, const NoticeRow& row, const NoticeFacts& facts,
                   const std::vector<Values>& rows) {
  Values values, made = made_values(facts);
  for (const schemas::Node& node : head.children) {
    values[node.name] = field(facts.about, node.name);
    if (node.min_occurs > 0 && made.contains(node.name)) values[node.name] = made[node.name];
  }
  if (row.rows == "goods") {
    for (const char* name : {"customsTax", "valueAddedTax", "consumptionTax"}) values[name] = sum_of(rows, name);
  }
  for (const char* name : {"grossWeight", "netWeight"}) values[name] = weight_of(facts.inventories, name);
  for (const auto& [name, value] : row.sets) values[name] = value.empty() ? made[name] : value;
  values["guid"] = guid_from(row.notice + facts.numbers.customs_guid + base::china_digits17(facts.at));
  return values;
}

}  // namespace

std::vector<std::string> inventories_named(const Submission& summary) {
  std::vector<std::string> named;
  for (const Element* row : rows_of(summary)) named.push_back(text_in(*row, "invtNo"));
  return named;
}

Element notice_body(const schemas::MessageType& notice, const NoticeRow& row, const NoticeFacts& facts) {
  const std::vector<Values> rows = row.rows == "goods"         ? taxed_rows(facts)
                                   : row.rows == "inventories" ? summarised_rows(facts)
                                                               : std::vector<Values>();
  Element body{notice.business().name, "", {}};
  body.children.push_back(filled(notice.head_node(), head_values(notice.head_node(), row, facts, rows)));
  for (const Values& one : rows) {
    body.children.push_back(filled(*notice.business().child(notice.list), one));
  }
  return body;
}

}  // namespace tools::platform
