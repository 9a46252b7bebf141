// cebgate amend: corrected content of a document, which becomes its next version.
#include <boost/json/serialize.hpp>
#include <iostream>
#include <memory>

#include "codecs/ceb/exact_json.h"
#include "tools/cebgate/commands.h"
#include "tools/cebgate/document_lookup.h"
#include "tools/cebgate/fault_text.h"
#include "tools/cebgate/files.h"
#include "tools/cebgate/gateway_client.h"
#include "tools/cebgate/json_text.h"
#include "tools/cebgate/state_word.h"

namespace tools::cebgate {

namespace {

struct AmendOptions {
  std::string id_or_key, file, reason;
  GatewayChoice gateway;
  Format format = Format::text;
};

constexpr std::string_view document_path = "/document";

// The document alone, or as it is posted, with its type and enterprise.
struct Amended {
  std::string document;  // JSON
  bool stands_alone = true;
};

base::Result<Amended> read_amended(const std::string& file) {
  const auto text = read_file(file);
  if (!text) return text.faults();
  const auto json = codecs::ceb::read_json(*text);
  if (!json) return json.faults();
  const auto* posted = json->member("type") == nullptr ? nullptr : json->member("document");
  return Amended{exact(posted == nullptr ? *json : *posted), posted == nullptr};
}

Exit amend(const AmendOptions& options, Language language) {
  const auto amended = read_amended(options.file);
  if (!amended) {
    print_faults(std::cerr, options.file, amended.faults(), language);
    return Exit::fault;
  }
  const auto client = GatewayClient::open(options.gateway, language);
  if (!client) return Exit::unusable;
  const auto found = find_document(*client, options.id_or_key, options.format, language);
  if (const Exit* not_found = std::get_if<Exit>(&found)) return *not_found;
  const std::string body = R"({"action":"amend","reason":)" +
                           boost::json::serialize(boost::json::string(options.reason)) + R"(,"document":)" +
                           amended->document + "}";
  const auto exchange = client->post("/v1/documents/" + percent_encoded(std::get<FoundDocument>(found).id) + "/actions",
                                     "application/json", body);
  const auto in_file = [alone = amended->stands_alone](base::Fault fault) {
    if (alone && fault.path.starts_with(document_path)) fault.path.erase(0, document_path.size());
    return fault;
  };
  if (!succeeded(exchange)) return tell_failure(exchange, options.file, options.format, language, in_file);
  if (options.format == Format::json) {
    std::cout << exchange.response.body << "\n";
  } else {
    const boost::json::value document = read_answer(exchange.response.body);
    std::cout << state_word(text_of(document, "state"), language) << "  " << printable(text_of(document, "key")) << "  "
              << say(language, "版本 ", "version ") << text_of(document, "version") << "\n";
  }
  return Exit::good;
}

}  // namespace

void add_amend(Program& program) {
  auto options = std::make_shared<AmendOptions>();
  CLI::App& command =
      program.command("amend", "更正一份单证，成为下一版本", "correct a document; it becomes the next version");
  program
      .argument(command, "ID-or-KEY", options->id_or_key,
                program.say("id、key 或单号", "the id, the key or the number"))
      ->required();
  program
      .argument(command, "FILE", options->file,
                program.say("更正后的完整单证（JSON）", "the whole document as it shall be (JSON)"))
      ->required();
  command.add_option("--reason", options->reason, program.say("原因，会记入经过", "why; kept in the history"))
      ->required()
      ->type_name("TEXT");
  add_gateway_options(program, command, options->gateway);
  program.add_format(command, options->format);
  program.does(command, [options, language = program.language()] { return amend(*options, language); });
}

}  // namespace tools::cebgate
