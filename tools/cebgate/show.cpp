// cebgate show: a CEB XML message, or the one inside a DxpMsg, as JSON in the form that `cebgate build` reads.
#include <iostream>
#include <memory>
#include <optional>

#include "base/xml.h"
#include "codecs/ceb/json_codec.h"
#include "codecs/ceb/xml_codec.h"
#include "schemas/leniences.h"
#include "tools/cebgate/commands.h"
#include "tools/cebgate/customs_data.h"
#include "tools/cebgate/envelopes.h"
#include "tools/cebgate/fault_text.h"
#include "tools/cebgate/files.h"
#include "tools/cebgate/json_text.h"

namespace tools::cebgate {

namespace {

struct ShowOptions {
  std::string file;
  bool envelope = false;
  CustomsChoice customs;
};

// One file on its way from text to JSON; what is worth knowing beside goes to stderr.
class Showing {
 public:
  Showing(const ShowOptions& options, const CustomsData& data, const schemas::Judge& judge,
          const schemas::Leniences& leniences, Language language)
      : options_(options), data_(data), judge_(judge), leniences_(leniences), language_(language) {}

  Exit show_message(const std::string& text) {
    auto document = base::XmlDocument::read(text);
    if (!document) return refuse(document.faults());
    base::Faults let_through;
    if (auto mended = leniences_.mend_root(*document)) let_through.push_back(*std::move(mended));
    const auto verdict = judge_.judge(*document, schemas::Level::schema, schemas::SignatureDemand::none_yet);
    if (is_envelope(data_.catalog(), verdict.type)) return show_envelope(verdict.type, text);
    const schemas::MessageType* type = data_.catalog().find(verdict.type);
    if (type == nullptr) return refuse(verdict.faults);
    if (type->kind != schemas::MessageKind::declaration) {
      for (base::Fault& fault : leniences_.soften(type->name, verdict.faults)) {
        if (fault.code == schemas::lenient_code) let_through.push_back(std::move(fault));
      }
    }
    tell(std::move(let_through));
    return show_message(*type, text);
  }

 private:
  Exit show_envelope(const std::string& type, const std::string& text) {
    if (envelope_) return refuse({nested_envelope(type)});
    auto content = codecs::dxp::read(text);
    if (!content) return refuse(content.faults());
    envelope_ = *std::move(content);
    const codecs::dxp::Envelope* holder = envelope_of(*envelope_);
    if (options_.envelope || holder == nullptr) {
      std::cout << pretty(envelope_json(*envelope_));
      return Exit::good;
    }
    std::cerr << printable(options_.file + ": " + facts_of(*envelope_, language_)) << "\n";
    return show_message(holder->data);
  }

  Exit show_message(const schemas::MessageType& type, const std::string& text) {
    const auto message = codecs::ceb::read_xml(type, text);
    if (!message) return refuse(message.faults());
    for (const std::string& path : message->left_out) {
      std::cerr << printable(
                       options_.file + ": " + path +
                       say(language_, "：JSON 中没有它的位置，未显示", ": has no place in the JSON and is not shown"))
                << "\n";
    }
    if (options_.envelope) return refuse({no_envelope(type.name)});
    std::cout << pretty(codecs::ceb::write_message(type, *message));
    return Exit::good;
  }

  static base::Fault no_envelope(const std::string& type) {
    base::Fault fault;
    fault.code = "dxp.root";
    fault.zh = type + " 没有信封；--envelope 只用于 DxpMsg、DxpMsgSv 和 DxpRep";
    fault.en = type + " has no envelope; --envelope is for DxpMsg, DxpMsgSv and DxpRep";
    return fault;
  }

  void tell(base::Faults faults) const {
    if (envelope_) faults = faults_inside(*envelope_, std::move(faults));
    print_faults(std::cerr, options_.file, faults, language_);
  }

  Exit refuse(base::Faults faults) const {
    tell(std::move(faults));
    return Exit::fault;
  }

  const ShowOptions& options_;
  const CustomsData& data_;
  const schemas::Judge& judge_;
  const schemas::Leniences& leniences_;
  const Language language_;
  std::optional<codecs::dxp::Content> envelope_;  // once one has been opened
};

template <class Loaded>
bool is_there(const Loaded& loaded, const std::string& file, Language language) {
  if (!loaded) print_faults(std::cerr, file, loaded.faults(), language);
  return static_cast<bool>(loaded);
}

Exit show_message(const ShowOptions& options, Language language) {
  const auto text = read_file(options.file);
  const auto data = CustomsData::load(options.customs);
  if (!is_there(text, options.file, language) || !is_there(data, "", language)) return Exit::unusable;
  const auto judge = data->judge();
  const auto leniences = schemas::Leniences::load(data_folders(options.customs));
  if (!is_there(judge, "", language) || !is_there(leniences, "", language)) return Exit::unusable;
  return Showing(options, *data, *judge, *leniences, language).show_message(*text);
}

}  // namespace

void add_show(Program& program) {
  auto options = std::make_shared<ShowOptions>();
  CLI::App& command =
      program.command("show", "把 CEB XML 报文（或 DxpMsg、DxpMsgSv 中的报文）显示为 JSON；签名不显示",
                      "print a CEB XML message, or the one inside a DxpMsg or DxpMsgSv, as JSON without its signature");
  program
      .argument(command, "IN.xml", options->file,
                program.say("CEB XML 文件，或 DXP 信封", "a CEB XML file, or a DXP envelope"))
      ->required();
  command.add_flag("--envelope", options->envelope,
                   program.say("显示信封本身（发送方、接收方、路由、附加信息），而不是其中的报文",
                               "print the envelope itself (sender, receivers, route, additions), not the message"));
  add_customs_options(program, command, options->customs);
  program.does(command, [options, language = program.language()] { return show_message(*options, language); });
}

}  // namespace tools::cebgate
