// cebgate build: JSON to one unsigned CEB XML message, judged before it is written.
#include <boost/json/parse.hpp>
#include <iostream>
#include <memory>
#include <optional>

#include "base/xml.h"
#include "codecs/ceb/identity.h"
#include "codecs/ceb/xml_codec.h"
#include "gateway/http/message.h"
#include "tools/cebgate/commands.h"
#include "tools/cebgate/customs_data.h"
#include "tools/cebgate/fault_text.h"
#include "tools/cebgate/files.h"
#include "tools/cebgate/json_text.h"
#include "tools/cebgate/message_input.h"

namespace tools::cebgate {

namespace {

struct BuildOptions {
  std::string type, input, output, settings, enterprise;
  CustomsChoice customs;
  Format format = Format::text;
};

// Everything that has to be there before the input is looked at.
struct Surroundings {
  config::Schemas schemas;
  std::optional<codecs::ceb::Element> transfer;  // of the enterprise that transmits
};

base::Fault unknown_enterprise(const config::Settings& settings, const std::string& code) {
  std::string known;
  for (const config::Enterprise& enterprise : settings.enterprises)
    known += (known.empty() ? "" : ", ") + enterprise.code;
  base::Fault fault;
  fault.code = "build.enterprise";
  fault.zh = "设置中没有企业 " + code + "，可用的有：" + known;
  fault.en = "the settings have no enterprise " + code + "; known: " + known;
  return fault;
}

base::Result<Surroundings> surroundings_of(const BuildOptions& options) {
  if (options.settings.empty()) return Surroundings{};
  const auto settings = config::read_settings(options.settings);
  if (!settings) return settings.faults();
  const config::Enterprise* enterprise = settings->enterprise(options.enterprise);
  if (enterprise == nullptr) return unknown_enterprise(*settings, options.enterprise);
  return Surroundings{settings->schemas,
                      codecs::ceb::base_transfer(enterprise->code, enterprise->name, enterprise->dxp_id)};
}

// Nothing is written of documents with a fault.
bool is_written(const MessageInput& input, const base::Faults& faults) {
  return input.given == Given::whole_message || !base::has_error(faults);
}

void print_result(const BuildOptions& options, const MessageInput& input, const base::Faults& faults,
                  Language language) {
  const codecs::ceb::Message& message = input.message;
  if (options.format == Format::text) {
    print_faults(std::cerr, options.input, faults, language);
    if (!is_written(input, faults)) return;
    std::cout << options.output << ": " << message.type << ", " << message.documents.size()
              << say(language, " 份单证", message.documents.size() == 1 ? " document" : " documents") << "\n";
    return;
  }
  boost::json::object object;
  object["file"] = options.output;
  object["type"] = message.type;
  object["guid"] = message.guid;
  object["documents"] = message.documents.size();
  object["valid"] = !base::has_error(faults);
  object["faults"] = boost::json::parse(gateway::http::faults_json(faults));
  std::cout << pretty(object);
}

// Judges the text as it would be before signing, a whole message by the schema alone; the places of the faults are told
// as places of the input.
base::Faults judged(const schemas::Judge& judge, const schemas::MessageType& type, const MessageInput& input,
                    const std::string& xml) {
  const auto document = base::XmlDocument::read(xml);
  if (!document) return document.faults();
  const auto level = input.given == Given::whole_message ? schemas::Level::schema : schemas::Level::all;
  base::Faults faults = judge.judge(*document, level, schemas::SignatureDemand::none_yet).faults;
  for (base::Fault& fault : faults) {
    fault.path = input.place_of(type, fault.path);
    fault.line = 0;  // a line of the XML, which the reader of the JSON does not see
  }
  return faults;
}

Exit write_message(const BuildOptions& options, const CustomsData& data, const schemas::MessageType& type,
                   const MessageInput& input, Language language) {
  const auto judge = data.judge();
  if (!judge) {
    print_faults(std::cerr, "", judge.faults(), language);
    return Exit::unusable;
  }
  const std::string xml = codecs::ceb::write_xml(type, input.message);
  const base::Faults faults = judged(*judge, type, input, xml);
  if (is_written(input, faults)) {
    const auto written = write_file(options.output, xml);
    if (!written) {
      print_faults(std::cerr, options.output, written.faults(), language);
      return Exit::unusable;
    }
  }
  print_result(options, input, faults, language);
  return base::has_error(faults) ? Exit::fault : Exit::good;
}

Exit build(const BuildOptions& options, Language language) {
  const auto text = read_file(options.input);
  const auto surroundings = surroundings_of(options);
  if (!text) print_faults(std::cerr, options.input, text.faults(), language);
  if (!surroundings) print_faults(std::cerr, options.settings, surroundings.faults(), language);
  if (!text || !surroundings) return Exit::unusable;
  const auto data = CustomsData::load(options.customs, surroundings->schemas);
  if (!data) {
    print_faults(std::cerr, "", data.faults(), language);
    return Exit::unusable;
  }
  const schemas::MessageType* type = known_type(data->catalog(), options.type, language);
  if (type == nullptr) return Exit::fault;
  const auto input = read_message_input(data->catalog(), *type, *text, surroundings->transfer);
  if (!input) {
    print_faults(std::cerr, options.input, input.faults(), language);
    return input.faults().front().code == needs_settings ? Exit::unusable : Exit::fault;
  }
  return write_message(options, *data, *type, *input, language);
}

}  // namespace

void add_build(Program& program) {
  auto options = std::make_shared<BuildOptions>();
  CLI::App& command = program.command("build", "把 JSON 单证写成一份未签名的 CEB XML 报文",
                                      "write documents given as JSON as one unsigned CEB XML message");
  program
      .argument(command, "TYPE", options->type,
                program.say("报文类型，如 CEB311Message", "the type, e.g. CEB311Message"))
      ->required();
  program
      .argument(command, "IN.json", options->input,
                program.say("一份单证、单证数组，或 show 显示的整份报文",
                            "one document, an array, or a whole message as `show` prints it"))
      ->required();
  command.add_option("-o,--output", options->output, program.say("输出文件", "the file to write"))
      ->required()
      ->type_name("OUT.xml");
  CLI::Option* settings =
      command.add_option("--config", options->settings, program.say("网关设置文件", "the gateway's settings"))
          ->type_name("FILE");
  CLI::Option* enterprise =
      command
          .add_option("--enterprise", options->enterprise, program.say("传输企业代码", "the enterprise that transmits"))
          ->type_name("CODE");
  settings->needs(enterprise);
  enterprise->needs(settings);
  add_customs_options(program, command, options->customs);
  program.add_format(command, options->format);
  program.does(command, [options, language = program.language()] { return build(*options, language); });
}

}  // namespace tools::cebgate
