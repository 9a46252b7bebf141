#include "schemas/offers.h"

#include <algorithm>
#include <array>
#include <utility>

#include "schemas/catalog.h"

namespace schemas {

namespace {

constexpr std::array<std::string_view, 11> offer_columns{"type", "standing", "action", "target", "app_type", "fields",
                                                         "ask",  "link",     "unless", "zh",     "en"};
constexpr std::array<std::string_view, 5> actions{"declare", "change", "delete", "cancel", "refund"};
constexpr std::string_view next_version = "=";

// NAME=VALUE or NAME:FROM=VALUE; nothing for another form.
std::optional<Replacement> read_replacement(const std::string& text) {
  const auto equals = text.find('=');
  if (equals == std::string::npos || equals == 0) return std::nullopt;
  Replacement replacement{text.substr(0, equals), std::nullopt, text.substr(equals + 1)};
  const auto colon = replacement.field.find(':');
  if (colon == std::string::npos) return replacement;
  replacement.from = replacement.field.substr(colon + 1);
  replacement.field.resize(colon);
  return replacement;
}

}  // namespace

struct Offers::Loader {
  const Catalog& catalog;
  const Corrections& corrections;
  Offers offers;
  base::Faults faults;

  void complain(const Table& table, const Table::Row& row, const std::string& zh, const std::string& en) {
    faults.push_back(table.fault(row, zh, en));
  }

  void demand_field(const Table& table, const Table::Row& row, const Node* node, const std::string& field) {
    if (node != nullptr && node->child(field) != nullptr) return;
    complain(table, row, "没有字段 " + field, "there is no field " + field);
  }

  void read_fields(const Table& table, const Table::Row& row, const MessageType& target, Offer& offer) {
    for (const std::string& text : words(row.cells[5])) {
      auto replacement = read_replacement(text);
      if (!replacement) {
        complain(table, row, text + " 应为 NAME=VALUE", text + " should be NAME=VALUE");
        continue;
      }
      demand_field(table, row, &target.head_node(), replacement->field);
      offer.replacements.push_back(*std::move(replacement));
    }
    for (const std::string& text : words(row.cells[6])) {
      const auto slash = text.find('/');
      const bool is_of_rows = slash != std::string::npos;
      const std::string field = is_of_rows ? text.substr(slash + 1) : text;
      demand_field(table, row, is_of_rows ? target.business().child(text.substr(0, slash)) : &target.head_node(),
                   field);
      (is_of_rows ? offer.ask_rows : offer.ask).push_back(field);
    }
  }

  void check_link(const Table& table, const Table::Row& row, const MessageType& source, const MessageType& target,
                  const Offer& offer) {
    if (offer.is_next) return;
    demand_field(table, row, &source.head_node(), offer.link);
    demand_field(table, row, &target.head_node(), offer.link);
  }

  void check_words(const Table& table, const Table::Row& row, const Offer& offer) {
    if (std::ranges::find(actions, offer.action) == actions.end()) {
      complain(table, row, "没有操作 " + offer.action, "there is no action " + offer.action);
    }
    for (const std::string& name : offer.unless) {
      if (!catalog.knows_name(name)) complain(table, row, "没有报文类型 " + name, "there is no message type " + name);
    }
    if (offer.zh.empty() || offer.en.empty()) {
      complain(table, row, "中文和英文必须成对填写", "Chinese and English must both be filled");
    }
  }

  void check_allowed(const Table& table, const Table::Row& row, const std::string& type, Standing standing,
                     const Offer& offer) {
    const auto& allowed = corrections.of(type, standing).app_types;
    if (!offer.is_next || std::ranges::find(allowed, offer.app_type) != allowed.end()) return;
    const std::string what = type + " " + std::string(word(standing)) + " appType " + offer.app_type;
    complain(table, row, "更正表不允许 " + what, "the corrections do not allow " + what);
  }

  void put(const Table& table, const Table::Row& row, const std::string& name, const std::vector<Standing>& standings,
           Offer offer) {
    if (offer.is_next) offer.target = name;
    for (const std::string& type : {name, offer.target}) {
      if (!catalog.knows_name(type)) complain(table, row, "没有报文类型 " + type, "there is no message type " + type);
    }
    const MessageType* source = catalog.find(name);
    const MessageType* target = catalog.find(offer.target);
    if (source == nullptr || target == nullptr) return;  // of another edition
    read_fields(table, row, *target, offer);
    check_link(table, row, *source, *target, offer);
    for (const Standing standing : standings) {
      check_allowed(table, row, name, standing, offer);
      offers.rows_.push_back({name, standing, offer});
    }
  }

  void row(const Table& table, const Table::Row& row) {
    const auto& cells = row.cells;
    Offer offer{.action = cells[2],
                .target = cells[3],
                .is_next = cells[3] == next_version,
                .app_type = cells[4],
                .replacements = {},
                .ask = {},
                .ask_rows = {},
                .link = cells[7],
                .unless = words(cells[8]),
                .zh = cells[9],
                .en = cells[10]};
    check_words(table, row, offer);
    const auto standings = read_standings(table, row, cells[1], faults);
    for (const std::string& type : words(cells[0])) put(table, row, type, standings, offer);
  }
};

base::Result<Offers> Offers::load(const DataFolders& folders, const Catalog& catalog, const Corrections& corrections) {
  const auto table = Table::read(folders.ours / "catalog" / "offers.tsv", offer_columns);
  if (!table) return table.faults();
  Loader loader{catalog, corrections, {}, {}};
  for (const Table::Row& row : table->rows()) loader.row(*table, row);
  if (!loader.faults.empty()) return std::move(loader.faults);
  return std::move(loader.offers);
}

std::vector<const Offer*> Offers::of(std::string_view type, Standing standing) const {
  std::vector<const Offer*> found;
  for (const Row& row : rows_) {
    if (row.type == type && row.standing == standing) found.push_back(&row.offer);
  }
  return found;
}

}  // namespace schemas
