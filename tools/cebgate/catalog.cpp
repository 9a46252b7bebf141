// cebgate catalog: the message types; or one with its fields, or the JSON Schema of its documents.
#include <iostream>
#include <memory>

#include "codecs/ceb/catalog_json.h"
#include "codecs/ceb/field_schema.h"
#include "codecs/ceb/json_schema.h"
#include "tools/cebgate/commands.h"
#include "tools/cebgate/customs_data.h"
#include "tools/cebgate/fault_text.h"
#include "tools/cebgate/json_text.h"
#include "tools/cebgate/table.h"

namespace tools::cebgate {

namespace {

struct CatalogOptions {
  std::string type;
  bool json_schema = false;
  CustomsChoice customs;
  Format format = Format::text;
};

std::string word_for(schemas::MessageKind kind, Language language) {
  switch (kind) {
    case schemas::MessageKind::declaration:
      return say(language, "申报", "declaration");
    case schemas::MessageKind::receipt:
      return say(language, "回执", "receipt");
    case schemas::MessageKind::notice:
      break;
  }
  return say(language, "通知", "notice");
}

std::string direction_for(const schemas::MessageType& type, Language language) {
  return type.direction == "import" ? say(language, "进口", "import") : say(language, "出口", "export");
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

std::string limit(unsigned most) { return most == schemas::unbounded ? "n" : std::to_string(most); }

std::string rows_of(const schemas::MessageType& type) {
  const schemas::Node* list = type.business().child(type.list);
  return list == nullptr ? "" : list->name + " ≤ " + limit(list->max_occurs);
}

std::string documents_of(const schemas::MessageType& type) {
  return type.business_node + " ≤ " + limit(type.most_documents);
}

// "CEB312Message", and for one type also the fields that name what it answers.
std::string receipt_with_key(const schemas::Catalog& catalog, const schemas::MessageType& type) {
  const std::string key = joined(codecs::ceb::receipt_key(catalog, type));
  return key.empty() ? "" : type.receipt + " (" + key + ")";
}

std::string occurrence(const schemas::Node& node) {
  return std::to_string(node.min_occurs) + ".." + limit(node.max_occurs);
}

// What the schema says of a value beside its format.
std::string value_of(const schemas::Facets& facets, Language language) {
  if (facets.fixed_value) return say(language, "固定 ", "fixed ") + *facets.fixed_value;
  if (facets.default_value) return say(language, "默认 ", "default ") + *facets.default_value;
  return "";
}

Exit print_types(const schemas::Catalog& catalog, const CatalogOptions& options, Language language) {
  if (options.format == Format::json) {
    boost::json::array types;
    for (const schemas::MessageType& type : catalog.types()) types.push_back(codecs::ceb::describe(catalog, type));
    std::cout << pretty(types);
    return Exit::good;
  }
  Table table({say(language, "类型", "type"), say(language, "名称", "name"), say(language, "类别", "kind"),
               say(language, "方向", "direction"), say(language, "单证", "document"), say(language, "表体", "rows"),
               say(language, "主键", "key"), say(language, "回执", "receipt"), say(language, "发送角色", "sent by")});
  for (const schemas::MessageType& type : catalog.types()) {
    table.add({type.name, say(language, type.title_zh, type.title_en), word_for(type.kind, language),
               direction_for(type, language), documents_of(type), rows_of(type), joined(type.key_fields), type.receipt,
               joined(type.roles)});
  }
  table.print(std::cout);
  return Exit::good;
}

void print_about(const schemas::Catalog& catalog, const schemas::MessageType& type, Language language) {
  Table table({type.name, type.title_zh + " / " + type.title_en});
  const auto add = [&](std::string_view zh, std::string_view en, const std::string& text) {
    if (!text.empty()) table.add({say(language, zh, en), text});
  };
  add("类别", "kind", word_for(type.kind, language) + ", " + direction_for(type, language));
  add("单证", "document", documents_of(type));
  add("表体", "rows", rows_of(type));
  add("主键", "key", joined(type.key_fields));
  add("检索号码", "numbers", joined(type.number_fields));
  add("发送角色", "sent by", joined(type.roles));
  add("回执", "receipt", receipt_with_key(catalog, type));
  add("所回复的申报", "answers", type.answers);
  add("屏蔽字段", "masked", joined(type.private_fields));
  table.print(std::cout);
}

void print_fields(const schemas::MessageType& type, Language language) {
  Table table({say(language, "字段", "field"), "中文名", say(language, "长度", "length"),
               say(language, "必填", "required"), say(language, "次数", "occurs"), say(language, "取值", "value"),
               say(language, "代码表", "code table"), say(language, "条款", "clause")});
  for (const auto& [path, node, is_private] : codecs::ceb::fields_of(type)) {
    const bool has_format = node->kind == schemas::NodeKind::field;
    table.add({path, node->title_zh, has_format ? codecs::ceb::format_of(node->facets) : "",
               node->min_occurs > 0 ? say(language, "是", "yes") : say(language, "否", "no"), occurrence(*node),
               value_of(node->facets, language), node->code_table, node->clause});
  }
  table.print(std::cout);
}

std::string word_for(schemas::Effect effect, Language language) {
  switch (effect) {
    case schemas::Effect::pass:
      return say(language, "途中", "passes");
    case schemas::Effect::settle:
      return say(language, "办结", "settles");
    case schemas::Effect::refuse:
      return say(language, "退单", "refuses");
    case schemas::Effect::hold:
      return say(language, "挂起", "holds");
    case schemas::Effect::already_there:
      break;
  }
  return say(language, "已存在", "already there");
}

void print_statuses(const schemas::Catalog& catalog, const schemas::MessageType& type, Language language) {
  const std::vector<schemas::ListedAnswer> rows = catalog.listed_answers(type.name);
  if (rows.empty()) return;
  Table table({say(language, "回执状态", "status"), "appType", "appStatus", say(language, "效力", "effect"),
               say(language, "结果", "outcome"), say(language, "含义", "meaning")});
  for (const schemas::ListedAnswer& row : rows) {
    for (const schemas::Answer& answer : row.meanings) {
      table.add({std::string(row.status), std::string(row.app_type), std::string(row.app_status),
                 word_for(answer.effect, language), answer.outcome, say(language, answer.zh, answer.en)});
    }
  }
  std::cout << "\n";
  table.print(std::cout);
}

Exit print_type(const schemas::Catalog& catalog, const schemas::MessageType& type, const CatalogOptions& options,
                Language language) {
  if (options.json_schema) {
    std::cout << pretty(codecs::ceb::document_schema(type, catalog.edition()));
  } else if (options.format == Format::json) {
    boost::json::object page = codecs::ceb::describe(catalog, type);
    page["fields"] = codecs::ceb::describe_fields(type);
    page["statuses"] = codecs::ceb::describe_statuses(catalog, type);
    std::cout << pretty(page);
  } else {
    print_about(catalog, type, language);
    std::cout << "\n";
    print_fields(type, language);
    print_statuses(catalog, type, language);
  }
  return Exit::good;
}

Exit catalog(const CatalogOptions& options, Language language) {
  const auto data = CustomsData::load(options.customs);
  if (!data) {
    print_faults(std::cerr, "", data.faults(), language);
    return Exit::unusable;
  }
  if (options.type.empty()) return print_types(data->catalog(), options, language);
  const schemas::MessageType* type = known_type(data->catalog(), options.type, language);
  return type == nullptr ? Exit::fault : print_type(data->catalog(), *type, options, language);
}

}  // namespace

void add_catalog(Program& program) {
  auto options = std::make_shared<CatalogOptions>();
  CLI::App& command =
      program.command("catalog", "列出报文类型，或某一类型的字段", "list the message types, or the fields of one");
  CLI::Option* type = program.argument(command, "TYPE", options->type,
                                       program.say("报文类型，如 CEB311Message", "a message type, e.g. CEB311Message"));
  command
      .add_flag("--json-schema", options->json_schema,
                program.say("显示该类型单证的 JSON Schema", "print the JSON Schema of the type's documents"))
      ->needs(type);
  add_customs_options(program, command, options->customs);
  program.add_format(command, options->format);
  program.does(command, [options, language = program.language()] { return catalog(*options, language); });
}

}  // namespace tools::cebgate
