// cebgate codes: the code tables of customs, looked up by code or name.
#include <iostream>
#include <memory>

#include "schemas/code_tables.h"
#include "tools/cebgate/commands.h"
#include "tools/cebgate/customs_data.h"
#include "tools/cebgate/fault_text.h"
#include "tools/cebgate/json_text.h"
#include "tools/cebgate/table.h"

namespace tools::cebgate {

namespace {

struct CodesOptions {
  std::string table, text;
  CustomsChoice customs;
  Format format = Format::text;
};

boost::json::object object_of(const schemas::CodeTable& table) {
  return {{"table", table.name},         {"zh", table.zh},        {"en", table.en}, {"as_of", table.as_of},
          {"codes", table.codes.size()}, {"source", table.source}};
}

Exit print_tables(const schemas::CodeTables& tables, const CodesOptions& options, Language language) {
  if (options.format == Format::json) {
    boost::json::array array;
    for (const schemas::CodeTable& table : tables.tables()) array.push_back(object_of(table));
    std::cout << pretty(array);
    return Exit::good;
  }
  Table rows({say(language, "代码表", "table"), say(language, "名称", "name"), say(language, "代码数", "codes"),
              say(language, "版本日期", "as of"), say(language, "来源", "source")});
  for (const schemas::CodeTable& table : tables.tables()) {
    rows.add(
        {table.name, say(language, table.zh, table.en), std::to_string(table.codes.size()), table.as_of, table.source});
  }
  rows.print(std::cout);
  return Exit::good;
}

Exit print_codes(const std::vector<const schemas::Code*>& codes, const CodesOptions& options, Language language) {
  if (options.format == Format::json) {
    boost::json::array array;
    for (const schemas::Code* code : codes) {
      array.push_back(
          boost::json::object{{"code", code->code}, {"zh", code->zh}, {"en", code->en}, {"other", code->other}});
    }
    std::cout << pretty(array);
  } else if (!codes.empty()) {
    Table rows({say(language, "代码", "code"), "中文名", say(language, "英文名", "English"),
                say(language, "其他名称", "other names")});
    for (const schemas::Code* code : codes) rows.add({code->code, code->zh, code->en, code->other});
    rows.print(std::cout);
  }
  return codes.empty() ? Exit::fault : Exit::good;
}

std::vector<const schemas::Code*> chosen(const schemas::CodeTable& table, const std::string& text) {
  if (!text.empty()) return table.lookup(text);
  std::vector<const schemas::Code*> all;
  for (const schemas::Code& code : table.codes) all.push_back(&code);
  return all;
}

Exit codes(const CodesOptions& options, Language language) {
  const auto tables = schemas::CodeTables::load(data_folders(options.customs));
  if (!tables) {
    print_faults(std::cerr, "", tables.faults(), language);
    return Exit::unusable;
  }
  if (options.table.empty()) return print_tables(*tables, options, language);
  const schemas::CodeTable* table = tables->find(options.table);
  if (table == nullptr) {
    std::cerr << say(language, "没有代码表 ", "there is no code table ") << printable(options.table)
              << say(language, "，可用的有：", "; known:");
    for (const schemas::CodeTable& known : tables->tables()) std::cerr << " " << known.name;
    std::cerr << "\n";
    return Exit::fault;
  }
  const Exit exit = print_codes(chosen(*table, options.text), options, language);
  if (exit != Exit::good) {
    std::cerr << printable(options.text) << ": "
              << say(language, "不在该表中，版本日期 ", "not in this table, which is as of ") << table->as_of << "\n";
  }
  return exit;
}

}  // namespace

void add_codes(Program& program) {
  auto options = std::make_shared<CodesOptions>();
  CLI::App& command = program.command("codes", "列出代码表，或按代码、名称查找代码",
                                      "list the code tables, or look a code up by code or name");
  program.argument(command, "TABLE", options->table,
                   program.say("代码表，如 unit、currency", "a table, e.g. unit, currency"));
  program.argument(command, "TEXT", options->text,
                   program.say("代码，或中文、英文名称的一部分", "a code, or a part of its Chinese or English name"));
  add_customs_options(program, command, options->customs);
  program.add_format(command, options->format);
  program.does(command, [options, language = program.language()] { return codes(*options, language); });
}

}  // namespace tools::cebgate
