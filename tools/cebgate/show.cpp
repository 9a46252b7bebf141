// cebgate show: a CEB XML message as JSON, in the form that `cebgate build` reads.
#include <iostream>
#include <memory>

#include "base/xml.h"
#include "codecs/ceb/json_codec.h"
#include "codecs/ceb/xml_codec.h"
#include "tools/cebgate/commands.h"
#include "tools/cebgate/customs_data.h"
#include "tools/cebgate/fault_text.h"
#include "tools/cebgate/files.h"
#include "tools/cebgate/json_text.h"

namespace tools::cebgate {

namespace {

struct Options {
  std::string file;
  CustomsChoice customs;
};

Exit show_message(const std::string& file, const std::string& text, const schemas::Catalog& catalog,
                  Language language) {
  const auto document = base::XmlDocument::read(text);
  if (!document) {
    print_faults(std::cerr, file, document.faults(), language);
    return Exit::fault;
  }
  const auto message = codecs::ceb::read_xml(catalog, text);
  if (!message) {
    print_faults(std::cerr, file, message.faults(), language);
    return Exit::fault;
  }
  std::cout << pretty(codecs::ceb::write_message(*catalog.find(message->type), *message));
  return Exit::good;
}

Exit show(const Options& options, Language language) {
  const auto text = read_file(options.file);
  const auto data = CustomsData::load(options.customs);
  if (!text) print_faults(std::cerr, options.file, text.faults(), language);
  if (!data) print_faults(std::cerr, "", data.faults(), language);
  if (!text || !data) return Exit::unusable;
  return show_message(options.file, *text, data->catalog(), language);
}

}  // namespace

void add_show(Program& program) {
  auto options = std::make_shared<Options>();
  CLI::App& command = program.command("show", "把 CEB XML 报文显示为 JSON", "print a CEB XML message as JSON");
  program.argument(command, "IN.xml", options->file, program.say("CEB XML 文件", "a CEB XML file"))->required();
  add_customs_options(program, command, options->customs);
  program.does(command, [options, language = program.language()] { return show(*options, language); });
}

}  // namespace tools::cebgate
