#include "schemas/notices.h"

#include <algorithm>
#include <array>
#include <utility>

#include "schemas/catalog.h"

namespace schemas {

namespace {

constexpr std::array<std::string_view, 7> notice_columns{"type", "about", "place", "by", "time", "status", "figures"};

NoticeRule::By read_by(const std::string& text) {
  const auto equals = text.find('=');
  if (equals == std::string::npos) return {text, text};
  return {text.substr(0, equals), text.substr(equals + 1)};
}

NoticeRule read_rule(const Table::Row& row) {
  NoticeRule rule{row.cells[0], row.cells[1], row.cells[2], {}, row.cells[4], row.cells[5], words(row.cells[6])};
  for (const std::string& text : words(row.cells[3])) rule.by.push_back(read_by(text));
  return rule;
}

// Of the fields by which a document is found the specification has some that the XSD has not, so these are not judged.
base::Faults faults_of(const Table& table, const Table::Row& row, const NoticeRule& rule, const MessageType& type,
                       const MessageType& about) {
  base::Faults faults;
  const auto complain = [&](const std::string& zh, const std::string& en) {
    faults.push_back(table.fault(row, zh, en));
  };
  if (type.kind != MessageKind::notice) complain(rule.type + " 不是通知", rule.type + " is no notice");
  if (about.kind != MessageKind::declaration) complain(rule.about + " 不是申报单证", rule.about + " is no declaration");
  if (rule.by.empty()) complain("缺少查找所用的编号", "no number to find the document by");
  if (!rule.place.empty() && type.business().child(rule.place) == nullptr) {
    complain("没有节点 " + rule.place, "there is no node " + rule.place);
  }
  std::vector<std::string> fields = rule.figures;
  fields.insert(fields.end(), {rule.time_field, rule.status_field});
  for (const std::string& field : fields) {
    if (type.head_node().child(field) == nullptr) complain("没有字段 " + field, "there is no field " + field);
  }
  return faults;
}

}  // namespace

base::Result<Notices> Notices::load(const DataFolders& folders, const Catalog& catalog) {
  const auto tables = read_tables(folders, "catalog/notices.tsv", notice_columns);
  if (!tables) return tables.faults();
  Notices notices;
  base::Faults faults;
  for (const Table& table : *tables) {
    for (const Table::Row& row : table.rows()) {
      NoticeRule rule = read_rule(row);
      const MessageType* type = catalog.find(rule.type);
      const MessageType* about = catalog.find(rule.about);
      if (type == nullptr || about == nullptr) {
        if (!catalog.knows_name(rule.type) || !catalog.knows_name(rule.about)) {
          faults.push_back(table.fault(row, "不认识的报文类型", "an unknown message type"));
        }
        continue;
      }
      for (base::Fault& fault : faults_of(table, row, rule, *type, *about)) faults.push_back(std::move(fault));
      notices.rules_.push_back(std::move(rule));
    }
  }
  if (!faults.empty()) return faults;
  return notices;
}

std::vector<const NoticeRule*> Notices::of(std::string_view type) const {
  std::vector<const NoticeRule*> found;
  for (const NoticeRule& rule : rules_) {
    if (rule.type == type) found.push_back(&rule);
  }
  return found;
}

std::string_view short_name(std::string_view type) { return type.substr(0, type.find("Message")); }

}  // namespace schemas
