// cebgate catalog: the message types, or the fields of one.
#include <iostream>
#include <memory>

#include "tools/cebgate/commands.h"
#include "tools/cebgate/customs_data.h"
#include "tools/cebgate/fault_text.h"
#include "tools/cebgate/json_text.h"
#include "tools/cebgate/table.h"

namespace tools::cebgate {

namespace {

struct Options {
  std::string type;
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

boost::json::array strings(const std::vector<std::string>& texts) {
  boost::json::array array;
  for (const std::string& text : texts) array.emplace_back(text);
  return array;
}

boost::json::object object_of(const schemas::MessageType& type) {
  boost::json::object object;
  object["name"] = type.name;
  object["title_zh"] = type.title_zh;
  object["title_en"] = type.title_en;
  object["kind"] = word(type.kind);
  object["direction"] = type.direction;
  object["receipt"] = type.receipt;
  object["answers"] = type.answers;
  object["key"] = strings(type.key_fields);
  object["roles"] = strings(type.roles);
  return object;
}

// What may stand in a field: "36", "1..60", "..30", "N19,5", "int", "date".
std::string size_of(const schemas::Facets& facets) {
  if (facets.total_digits) {
    const std::string digits = "N" + std::to_string(*facets.total_digits);
    return facets.fraction_digits ? digits + "," + std::to_string(*facets.fraction_digits) : digits;
  }
  if (facets.length) return std::to_string(*facets.length);
  if (facets.base == schemas::BaseType::integer) return "int";
  if (facets.base == schemas::BaseType::date) return "date";
  if (facets.base == schemas::BaseType::decimal) return "decimal";
  const std::string least = facets.min_length ? std::to_string(*facets.min_length) : "";
  const std::string most = facets.max_length ? std::to_string(*facets.max_length) : "";
  return least.empty() && most.empty() ? "" : least + ".." + most;
}

struct Field {
  std::string path;  // below the root, with slashes
  const schemas::Node* node;
};

void collect(const schemas::Node& parent, const std::string& path, std::vector<Field>& fields) {
  for (const schemas::Node& attribute : parent.attributes) fields.push_back({path + attribute.name, &attribute});
  for (const schemas::Node& child : parent.children) {
    fields.push_back({path + child.name, &child});
    collect(child, path + child.name + "/", fields);
  }
}

std::string occurrence(const schemas::Node& node) {
  const std::string most = node.max_occurs == schemas::unbounded ? "n" : std::to_string(node.max_occurs);
  return std::to_string(node.min_occurs) + ".." + most;
}

boost::json::object object_of(const Field& field) {
  boost::json::object object;
  object["path"] = field.path;
  object["name"] = field.node->name;
  object["title_zh"] = field.node->title_zh;
  object["length"] = size_of(field.node->facets);
  object["required"] = field.node->min_occurs > 0;
  object["repeats"] = field.node->repeats();
  object["fixed"] = field.node->facets.fixed_value.value_or("");
  object["clause"] = field.node->clause;
  return object;
}

Exit print_types(const schemas::Catalog& catalog, const Options& options, Language language) {
  if (options.format == Format::json) {
    boost::json::array types;
    for (const schemas::MessageType& type : catalog.types()) types.push_back(object_of(type));
    std::cout << pretty(types);
    return Exit::good;
  }
  Table table({say(language, "类型", "type"), say(language, "名称", "name"), say(language, "类别", "kind"),
               say(language, "方向", "direction"), say(language, "回执", "receipt")});
  for (const schemas::MessageType& type : catalog.types()) {
    table.add({type.name, say(language, type.title_zh, type.title_en), word_for(type.kind, language),
               direction_for(type, language), type.receipt});
  }
  table.print(std::cout);
  return Exit::good;
}

Exit print_fields(const schemas::MessageType& type, const Options& options, Language language) {
  std::vector<Field> fields;
  collect(type.root, "", fields);
  if (options.format == Format::json) {
    boost::json::object object = object_of(type);
    boost::json::array array;
    for (const Field& field : fields) array.push_back(object_of(field));
    object["fields"] = std::move(array);
    std::cout << pretty(object);
    return Exit::good;
  }
  Table table({say(language, "字段", "field"), "中文名", say(language, "长度", "length"),
               say(language, "必填", "required"), say(language, "次数", "occurs"), say(language, "条款", "clause")});
  for (const Field& field : fields) {
    table.add({field.path, field.node->title_zh, size_of(field.node->facets),
               field.node->min_occurs > 0 ? say(language, "是", "yes") : say(language, "否", "no"),
               occurrence(*field.node), field.node->clause});
  }
  table.print(std::cout);
  return Exit::good;
}

Exit catalog(const Options& options, Language language) {
  const auto data = CustomsData::load(options.customs);
  if (!data) {
    print_faults(std::cerr, "", data.faults(), language);
    return Exit::unusable;
  }
  if (options.type.empty()) return print_types(data->catalog(), options, language);
  const schemas::MessageType* type = known_type(data->catalog(), options.type, language);
  return type == nullptr ? Exit::fault : print_fields(*type, options, language);
}

}  // namespace

void add_catalog(Program& program) {
  auto options = std::make_shared<Options>();
  CLI::App& command =
      program.command("catalog", "列出报文类型，或某一类型的字段", "list the message types, or the fields of one");
  program.argument(command, "TYPE", options->type,
                   program.say("报文类型，如 CEB311Message", "a message type, e.g. CEB311Message"));
  add_customs_options(program, command, options->customs);
  program.add_format(command, options->format);
  program.does(command, [options, language = program.language()] { return catalog(*options, language); });
}

}  // namespace tools::cebgate
