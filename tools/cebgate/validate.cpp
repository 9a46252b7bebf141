// cebgate validate: judges each file as it is, every fault at once.
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <iostream>
#include <map>
#include <memory>
#include <vector>

#include "base/xml.h"
#include "gateway/http/message.h"
#include "tools/cebgate/commands.h"
#include "tools/cebgate/customs_data.h"
#include "tools/cebgate/fault_text.h"
#include "tools/cebgate/files.h"
#include "tools/cebgate/json_text.h"

namespace tools::cebgate {

namespace {

struct Options {
  std::vector<std::string> files;
  schemas::Level level = schemas::Level::all;
  CustomsChoice customs;
  Format format = Format::text;
};

struct Judged {
  schemas::Verdict verdict;
  Exit exit = Exit::good;
};

Judged judge_file(const schemas::Judge& judge, const std::string& file, schemas::Level level) {
  Judged judged;
  const auto text = read_file(file);
  if (!text) {
    judged.verdict.faults = text.faults();
    judged.exit = Exit::unusable;
    return judged;
  }
  const auto document = base::XmlDocument::read(*text);
  if (document) {
    judged.verdict = judge.judge(*document, level, schemas::SignatureDemand::as_schema_says);
  } else {
    judged.verdict.faults = document.faults();
  }
  if (!judged.verdict.valid()) judged.exit = Exit::fault;
  return judged;
}

boost::json::object object_of(const std::string& file, const schemas::Verdict& verdict) {
  boost::json::object object;
  object["file"] = file;
  object["type"] = verdict.type;
  object["valid"] = verdict.valid();
  object["faults"] = boost::json::parse(gateway::http::faults_json(verdict.faults));
  return object;
}

void print_verdict(const std::string& file, const schemas::Verdict& verdict, Language language) {
  print_faults(std::cout, file, verdict.faults, language);
  if (!verdict.valid()) return;
  std::cout << file << ": " << say(language, "有效", "valid") << " (" << verdict.type << ")\n";
}

Exit validate(const Options& options, Language language) {
  const auto data = CustomsData::load(options.customs);
  if (!data) {
    print_faults(std::cerr, "", data.faults(), language);
    return Exit::unusable;
  }
  const auto judge = data->judge();
  if (!judge) {
    print_faults(std::cerr, "", judge.faults(), language);
    return Exit::unusable;
  }
  Exit exit = Exit::good;
  boost::json::array objects;
  for (const std::string& file : options.files) {
    const Judged judged = judge_file(*judge, file, options.level);
    exit = worse(exit, judged.exit);
    if (options.format == Format::json) {
      objects.push_back(object_of(file, judged.verdict));
    } else {
      print_verdict(file, judged.verdict, language);
    }
  }
  if (options.format == Format::json) std::cout << pretty(objects);
  return exit;
}

}  // namespace

void add_validate(Program& program) {
  auto options = std::make_shared<Options>();
  CLI::App& command = program.command("validate", "校验 CEB 报文：架构、规则、代码表，一次列出全部错误",
                                      "judge CEB messages by schema, rules and code tables, every fault at once");
  program.argument(command, "FILE", options->files, program.say("CEB XML 文件", "CEB XML files"))->required();
  const std::map<std::string, schemas::Level> levels = {{"schema", schemas::Level::schema},
                                                        {"all", schemas::Level::all}};
  command
      .add_option("--level", options->level,
                  program.say("schema 只看 XSD；all（默认）再看规则和代码表",
                              "schema: the XSD alone; all (default): rules and code tables too"))
      ->transform(CLI::CheckedTransformer(levels).description(""))
      ->type_name("schema|all");
  add_customs_options(program, command, options->customs);
  program.add_format(command, options->format);
  program.does(command, [options, language = program.language()] { return validate(*options, language); });
}

}  // namespace tools::cebgate
