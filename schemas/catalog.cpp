#include "schemas/catalog.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "schemas/shape_reader.h"
#include "schemas/table.h"

namespace schemas {

namespace {

constexpr std::array<std::string_view, 13> message_columns{
    "type",          "kind",           "direction", "editions", "title_zh",         "title_en",     "key_fields",
    "number_fields", "private_fields", "roles",     "receipt",  "fills_app_status", "cop_no_prefix"};
constexpr std::array<std::string_view, 5> envelope_columns{"name", "schema", "section", "title_zh", "title_en"};
constexpr std::array<std::string_view, 2> section_columns{"type", "section"};
constexpr std::array<std::string_view, 2> code_field_columns{"field", "table"};

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

// Every section of the specification is laid out alike: .2 the root, .3 what stands directly in it, .4 the fields.
void set_clauses(Node& node, const std::string& section, int part) {
  node.clause = section.find("§") == std::string::npos ? section : section + "." + std::to_string(part);
  for (Node& attribute : node.attributes) attribute.clause = node.clause;
  for (Node& child : node.children) set_clauses(child, section, std::min(part + 1, 4));
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
  const DataFolders& folders;
  Catalog catalog;
  base::Faults faults;
  std::map<std::string, std::string> sections;                // by type
  std::set<std::string> editions;                             // of every type
  std::map<std::string, std::string> code_fields;             // the code table of a field
  std::map<std::string, std::optional<ShapeReader>> readers;  // by the XSD's name

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

  const ShapeReader* reader(const std::string& schema) {
    const auto [at, is_new] = readers.try_emplace(schema);
    if (is_new) {
      auto opened = ShapeReader::open(folders.ours / "xsd" / catalog.edition_ / (schema + ".xsd"));
      if (opened) {
        at->second = std::move(*opened);
      } else {
        add(opened.faults());
      }
    }
    return at->second ? &*at->second : nullptr;
  }

  // What faults cite: "报文规范 202205 §3.1", without § where the section is not known.
  std::string section_of(const std::string& section) const {
    return "报文规范 " + catalog.edition_ + (section.empty() ? "" : " §" + section);
  }

  void message_row(const Table& table, const Table::Row& row) {
    const auto& cells = row.cells;
    const auto of_editions = words(cells[3]);
    editions.insert(of_editions.begin(), of_editions.end());
    catalog.names_.insert(cells[0]);
    if (std::ranges::find(of_editions, catalog.edition_) == of_editions.end()) return;
    MessageType type;
    type.name = cells[0];
    type.kind = word(table, row, kinds, cells[1]);
    type.direction = cells[2];
    type.title_zh = cells[4];
    type.title_en = cells[5];
    type.key_fields = words(cells[6]);
    type.number_fields = words(cells[7]);
    type.private_fields = words(cells[8]);
    type.roles = words(cells[9]);
    type.receipt = cells[10];
    type.fills_app_status = word(table, row, yes_or_no, cells[11]);
    type.cop_no_prefix = cells[12];
    if (!read_shape(table, row, type)) return;
    check_fields(table, row, type);
    if (catalog.find(type.name) != nullptr) {
      faults.push_back(table.fault(row, type.name + " 出现两次", type.name + " comes twice"));
    }
    catalog.types_.push_back(std::move(type));
  }

  void bind_codes(Node& node) {
    const auto bound = code_fields.find(node.name);
    if (node.kind == NodeKind::field && bound != code_fields.end()) node.code_table = bound->second;
    for (Node& child : node.children) bind_codes(child);
  }

  std::optional<Node> shape(const std::string& schema, const std::string& name) {
    const ShapeReader* shapes = reader(schema);
    if (shapes == nullptr) return std::nullopt;
    auto root = shapes->read(name);
    if (root) return std::move(*root);
    add(root.faults());
    return std::nullopt;
  }

  void envelope_row(const Table::Row& row) {
    const auto& cells = row.cells;
    auto root = shape(cells[1], cells[0]);
    if (!root) return;
    set_clauses(*root, section_of(cells[2]), 2);
    catalog.envelopes_.push_back({cells[0], cells[1], cells[3], cells[4], std::move(*root)});
  }

  bool read_shape(const Table& table, const Table::Row& row, MessageType& type) {
    auto root = shape(type.direction, type.name);
    if (!root) return false;
    if (root->children.empty() || root->children.front().kind != NodeKind::container) {
      faults.push_back(table.fault(row, type.name + " 没有业务节点", type.name + " has no business node"));
      return false;
    }
    type.root = std::move(*root);
    type.root.title_zh = type.title_zh;
    set_clauses(type.root, section_of(sections[type.name]), 2);
    bind_codes(type.root);
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

  void load_answers() {
    const DataFolders ours{folders.ours, {}};
    const auto meanings = MeaningReader::load(ours);
    if (!meanings) return add(meanings.faults());
    auto answers = Answers::load(ours, *meanings, catalog);
    if (!answers) return add(answers.faults());
    catalog.answers_ = *std::move(answers);
  }

  void load_corrections() {
    const DataFolders ours{folders.ours, {}};
    auto corrections = Corrections::load(ours, catalog);
    if (!corrections) return add(corrections.faults());
    catalog.corrections_ = *std::move(corrections);
    auto offers = Offers::load(ours, catalog, catalog.corrections_);
    if (!offers) return add(offers.faults());
    catalog.offers_ = *std::move(offers);
  }

  void load_notices() {
    auto notices = Notices::load(DataFolders{folders.ours, {}}, catalog);
    if (!notices) return add(notices.faults());
    catalog.notices_ = *std::move(notices);
  }

  void load_siblings() {
    auto siblings = Siblings::load(folders, catalog);
    if (!siblings) return add(siblings.faults());
    catalog.siblings_ = *std::move(siblings);
    auto comparisons = Comparisons::load(folders, catalog);
    if (!comparisons) return add(comparisons.faults());
    catalog.comparisons_ = *std::move(comparisons);
  }

  void unknown_edition() {
    std::string known;
    for (const std::string& edition : editions) known += (known.empty() ? "" : ", ") + edition;
    faults.push_back({.code = "data.edition",
                      .path = {},
                      .zh = "没有报文规范版本 " + catalog.edition_ + "，可用：" + known,
                      .en = "there is no edition " + catalog.edition_ + " of the specification; there are " + known,
                      .source = {}});
  }

  void load() {
    const auto tables = folders.ours / "catalog";
    const auto messages = tables / "messages.tsv", sections_file = tables / catalog.edition_ / "sections.tsv";
    if (std::filesystem::exists(sections_file)) {
      read_table(sections_file, section_columns,
                 [this](const Table&, const Table::Row& row) { sections[row.cells[0]] = row.cells[1]; });
    }
    read_table(tables / "code_fields.tsv", code_field_columns,
               [this](const Table&, const Table::Row& row) { code_fields[row.cells[0]] = row.cells[1]; });
    read_table(messages, message_columns,
               [this](const Table& table, const Table::Row& row) { message_row(table, row); });
    if (catalog.types_.empty() && faults.empty()) return unknown_edition();
    join_receipts(messages);
    read_table(tables / "envelopes.tsv", envelope_columns,
               [this](const Table&, const Table::Row& row) { envelope_row(row); });
    load_answers();
    load_corrections();
    load_notices();
    load_siblings();
  }
};

base::Result<Catalog> Catalog::load(const DataFolders& folders, const std::string& edition) {
  Loader loader{folders, {}, {}, {}, {}, {}, {}};
  loader.catalog.edition_ = edition;
  loader.load();
  if (!loader.faults.empty()) return std::move(loader.faults);
  return std::move(loader.catalog);
}

const MessageType* Catalog::find(std::string_view name) const {
  const auto found = std::ranges::find(types_, name, &MessageType::name);
  return found == types_.end() ? nullptr : &*found;
}

const Answer& Catalog::answer(const Declared& declared, std::string_view status) const {
  return answers_.all(declared, status).front();
}

std::span<const Answer> Catalog::answers(const Declared& declared, std::string_view status) const {
  return answers_.all(declared, status);
}

}  // namespace schemas
