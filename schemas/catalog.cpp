#include "schemas/catalog.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <utility>

#include "schemas/shape_reader.h"
#include "schemas/table.h"

namespace schemas {

namespace {

constexpr std::array<std::string_view, 12> message_columns{
    "type",          "kind",           "direction", "title_zh", "title_en",         "key_fields",
    "number_fields", "private_fields", "roles",     "receipt",  "fills_app_status", "cop_no_prefix"};
constexpr std::array<std::string_view, 3> clause_columns{"type", "node", "clause"};
constexpr std::array<std::string_view, 10> answer_columns{
    "type", "app_type", "app_status", "status", "effect", "outcome", "zh", "en", "advice_zh", "advice_en"};
constexpr std::array<std::string_view, 6> correction_columns{"type", "standing", "app_types", "carry", "zh", "en"};

template <class T>
using Words = std::map<std::string_view, T>;

template <class T>
std::optional<T> read_word(const Words<T>& known, const std::string& text) {
  const auto found = known.find(text);
  return found == known.end() ? std::nullopt : std::optional<T>(found->second);
}

const Words<MessageKind> kinds{
    {"declaration", MessageKind::declaration}, {"receipt", MessageKind::receipt}, {"notice", MessageKind::notice}};
const Words<bool> yes_or_no{{"yes", true}, {"no", false}};
const Words<Effect> effects{{"pass", Effect::pass},
                            {"settle", Effect::settle},
                            {"refuse", Effect::refuse},
                            {"hold", Effect::hold},
                            {"already_there", Effect::already_there}};
const Words<Standing> standings{{"nothing_stored", Standing::nothing_stored},
                                {"stored", Standing::stored},
                                {"rejected_stored", Standing::rejected_stored},
                                {"declared", Standing::declared},
                                {"released", Standing::released},
                                {"closed", Standing::closed},
                                {"cancelled", Standing::cancelled},
                                {"decided", Standing::decided}};
constexpr std::array<std::string_view, 9> outcomes{"",         "lodged",   "released",  "closed",  "rejected",
                                                   "returned", "detained", "cancelled", "refunded"};

bool fits(const std::vector<std::string>& alternatives, std::string_view value) {
  return std::ranges::any_of(alternatives, [&](const std::string& word) { return word == "*" || word == value; });
}

void set_clauses(Node& node, const std::map<std::string, std::string>& clauses, const std::string& inherited) {
  const auto own = clauses.find(node.name);
  node.clause = own == clauses.end() ? inherited : own->second;
  for (Node& attribute : node.attributes) attribute.clause = node.clause;
  for (Node& child : node.children) set_clauses(child, clauses, node.clause);
}

void derive_nodes(MessageType& type) {
  const Node& business = type.root.children.front();
  type.business_node = business.name;
  type.most_documents = business.max_occurs;
  for (const Node& child : business.children) {
    if (child.kind != NodeKind::container) continue;
    (child.repeats() ? type.list : type.head) = child.name;
  }
  const auto& nodes = type.root.children;
  const auto signature = std::ranges::find(nodes, NodeKind::signature, &Node::kind);
  if (signature != nodes.end() && signature + 1 != nodes.end()) type.signature_before = (signature + 1)->name;
}

}  // namespace

std::string_view word(MessageKind kind) {
  switch (kind) {
    case MessageKind::declaration:
      return "declaration";
    case MessageKind::receipt:
      return "receipt";
    case MessageKind::notice:
      break;
  }
  return "notice";
}

const Node& MessageType::business() const { return root.children.front(); }

const Node& MessageType::head_node() const {
  const Node* found = head.empty() ? nullptr : business().child(head);
  return found == nullptr ? business() : *found;
}

struct Catalog::Loader {
  std::filesystem::path directory;
  Catalog catalog;
  base::Faults faults;
  std::map<std::string, std::map<std::string, std::string>> clauses;  // by type and node
  std::map<std::string, std::optional<ShapeReader>> readers;          // by direction

  void add(const base::Faults& more) { faults.insert(faults.end(), more.begin(), more.end()); }

  template <class ReadRow>
  void read_table(const std::filesystem::path& file, std::span<const std::string_view> columns, ReadRow read_row) {
    const auto table = Table::read(file, columns);
    if (!table) return add(table.faults());
    for (const Table::Row& row : table->rows()) read_row(*table, row);
  }

  // A word of a closed list, or a fault that names what is allowed.
  template <class T>
  T word(const Table& table, const Table::Row& row, const Words<T>& known, const std::string& text) {
    if (const auto value = read_word(known, text)) return *value;
    std::string allowed;
    for (const auto& [name, value] : known) allowed += (allowed.empty() ? "" : ", ") + std::string(name);
    faults.push_back(
        table.fault(row, "\"" + text + "\" 不可用，可用：" + allowed, "\"" + text + "\" is not one of " + allowed));
    return known.begin()->second;
  }

  void known_type(const Table& table, const Table::Row& row, const std::string& name) {
    if (name == "*" || catalog.find(name) != nullptr) return;
    faults.push_back(table.fault(row, "没有报文类型 " + name, "there is no message type " + name));
  }

  const ShapeReader* reader(const std::string& direction) {
    const auto [at, is_new] = readers.try_emplace(direction);
    if (is_new) {
      auto opened = ShapeReader::open(directory / "xsd" / catalog.edition_ / (direction + ".xsd"));
      if (opened) {
        at->second = std::move(*opened);
      } else {
        add(opened.faults());
      }
    }
    return at->second ? &*at->second : nullptr;
  }

  void clause_row(const Table::Row& row) {
    clauses[row.cells[0]][row.cells[1]] = "报文规范 " + catalog.edition_ + " §" + row.cells[2];
  }

  void message_row(const Table& table, const Table::Row& row) {
    const auto& cells = row.cells;
    MessageType type;
    type.name = cells[0];
    type.kind = word(table, row, kinds, cells[1]);
    type.direction = cells[2];
    type.title_zh = cells[3];
    type.title_en = cells[4];
    type.key_fields = words(cells[5]);
    type.number_fields = words(cells[6]);
    type.private_fields = words(cells[7]);
    type.roles = words(cells[8]);
    type.receipt = cells[9];
    type.fills_app_status = word(table, row, yes_or_no, cells[10]);
    type.cop_no_prefix = cells[11];
    if (!read_shape(table, row, type)) return;
    check_fields(table, row, type);
    if (catalog.find(type.name) != nullptr) {
      faults.push_back(table.fault(row, type.name + " 出现两次", type.name + " comes twice"));
    }
    catalog.types_.push_back(std::move(type));
  }

  bool read_shape(const Table& table, const Table::Row& row, MessageType& type) {
    const ShapeReader* shapes = reader(type.direction);
    if (shapes == nullptr) return false;
    auto root = shapes->read(type.name);
    if (!root) {
      add(root.faults());
      return false;
    }
    if (root->children.empty() || root->children.front().kind != NodeKind::container) {
      faults.push_back(table.fault(row, type.name + " 没有业务节点", type.name + " has no business node"));
      return false;
    }
    type.root = std::move(*root);
    set_clauses(type.root, clauses[type.name], "报文规范 " + catalog.edition_);
    derive_nodes(type);
    return true;
  }

  void check_fields(const Table& table, const Table::Row& row, const MessageType& type) {
    if (type.key_fields.empty()) faults.push_back(table.fault(row, "缺少主键字段", "key_fields are missing"));
    for (const auto* fields : {&type.key_fields, &type.number_fields, &type.private_fields}) {
      for (const std::string& field : *fields) {
        if (type.head_node().child(field) != nullptr) continue;
        const std::string& head = type.head_node().name;
        faults.push_back(table.fault(row, head + " 中没有字段 " + field, head + " has no field " + field));
      }
    }
  }

  // Names the declaration that each receipt answers; needs every row.
  void join_receipts(const std::filesystem::path& file) {
    for (const MessageType& declaration : catalog.types_) {
      if (declaration.receipt.empty()) continue;
      const auto receipt = std::ranges::find(catalog.types_, declaration.receipt, &MessageType::name);
      if (receipt != catalog.types_.end()) {
        receipt->answers = declaration.name;
      } else {
        faults.push_back({.code = "data.row",
                          .path = file.string(),
                          .zh = declaration.name + " 的回执类型 " + declaration.receipt + " 不存在",
                          .en = declaration.name + " has an unknown receipt type, " + declaration.receipt,
                          .source = {}});
      }
    }
  }

  void answer_row(const Table& table, const Table::Row& row) {
    const auto& cells = row.cells;
    AnswerRow answer{words(cells[0]), words(cells[1]), words(cells[2]), words(cells[3]), {}};
    for (const std::string& type : answer.types) known_type(table, row, type);
    if (std::ranges::find(outcomes, cells[5]) == outcomes.end()) {
      faults.push_back(table.fault(row, "没有结果 " + cells[5], "there is no outcome " + cells[5]));
    }
    if (cells[6].empty() || cells[7].empty() || cells[8].empty() != cells[9].empty()) {
      faults.push_back(table.fault(row, "中文和英文必须成对填写", "Chinese and English must both be filled"));
    }
    answer.answer = {.effect = word(table, row, effects, cells[4]),
                     .outcome = cells[5],
                     .zh = cells[6],
                     .en = cells[7],
                     .advice_zh = cells[8],
                     .advice_en = cells[9],
                     .known = true};
    catalog.answers_.push_back(std::move(answer));
  }

  void correction_row(const Table& table, const Table::Row& row) {
    const auto& cells = row.cells;
    CorrectionRow correction{words(cells[0]),
                             word(table, row, standings, cells[1]),
                             {.app_types = words(cells[2]), .carry = words(cells[3]), .zh = cells[4], .en = cells[5]}};
    for (const std::string& type : correction.types) known_type(table, row, type);
    if (cells[4].empty() || cells[5].empty()) {
      faults.push_back(table.fault(row, "中文和英文必须成对填写", "Chinese and English must both be filled"));
    }
    catalog.corrections_.push_back(std::move(correction));
  }

  void load() {
    const auto tables = directory / "catalog";
    const auto messages = tables / catalog.edition_ / "messages.tsv";
    read_table(tables / catalog.edition_ / "clauses.tsv", clause_columns,
               [this](const Table&, const Table::Row& row) { clause_row(row); });
    read_table(messages, message_columns,
               [this](const Table& table, const Table::Row& row) { message_row(table, row); });
    join_receipts(messages);
    read_table(tables / "answers.tsv", answer_columns,
               [this](const Table& table, const Table::Row& row) { answer_row(table, row); });
    read_table(tables / "corrections.tsv", correction_columns,
               [this](const Table& table, const Table::Row& row) { correction_row(table, row); });
  }
};

base::Result<Catalog> Catalog::load(const std::filesystem::path& directory, const std::string& edition) {
  Loader loader;
  loader.directory = directory;
  loader.catalog.edition_ = edition;
  loader.load();
  if (!loader.faults.empty()) return std::move(loader.faults);
  return std::move(loader.catalog);
}

const MessageType* Catalog::find(std::string_view name) const {
  const auto found = std::ranges::find(types_, name, &MessageType::name);
  return found == types_.end() ? nullptr : &*found;
}

Answer Catalog::answer(const Declared& declared, std::string_view status) const {
  for (const AnswerRow& row : answers_) {
    if (fits(row.statuses, status) && fits(row.types, declared.type) && fits(row.app_types, declared.app_type) &&
        fits(row.app_statuses, declared.app_status)) {
      return row.answer;
    }
  }
  Answer unknown;
  unknown.zh = "未收录的状态";
  unknown.en = "a status that is not listed";
  if (status.starts_with('-')) {
    unknown.effect = Effect::refuse;
    unknown.zh = "未收录的错误代码";
    unknown.en = "an error code that is not listed";
    unknown.advice_zh = "按回执信息更正后重新提交；原因不明时联系电子口岸";
    unknown.advice_en = "correct what the receipt names and post it again; call E-Port if the cause is unclear";
  }
  return unknown;
}

Correction Catalog::correction(std::string_view type, Standing standing) const {
  for (const CorrectionRow& row : corrections_) {
    if (row.standing == standing && fits(row.types, type)) return row.correction;
  }
  return {.app_types = {},
          .carry = {},
          .zh = "该类单证在此状态下没有更正规定，不能再次申报",
          .en = "there is no correction for this type in this state: it cannot be declared again"};
}

}  // namespace schemas
