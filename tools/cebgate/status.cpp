// cebgate status: the history of one document, and what it offers to do next.
#include <iostream>
#include <memory>

#include "tools/cebgate/commands.h"
#include "tools/cebgate/document_lookup.h"
#include "tools/cebgate/gateway_client.h"
#include "tools/cebgate/json_text.h"
#include "tools/cebgate/offers.h"
#include "tools/cebgate/timeline.h"

namespace tools::cebgate {

namespace {

struct StatusOptions {
  std::string id_or_key;
  unsigned version = 0;      // 0: the newest
  bool only_offers = false;  // of the newest
  GatewayChoice gateway;
  Format format = Format::text;
};

Exit show_offers(const GatewayClient& client, const std::string& document, const StatusOptions& options,
                 Language language) {
  const auto exchange = client.get(document + "/offers");
  if (!succeeded(exchange)) return tell_failure(exchange, options.id_or_key, options.format, language);
  if (options.format == Format::json) {
    std::cout << exchange.response.body << "\n";
  } else {
    print_offers(std::cout, read_answer(exchange.response.body), language);
  }
  return Exit::good;
}

Exit show_history(const GatewayClient& client, const std::string& document, const StatusOptions& options,
                  Language language) {
  const std::string version = options.version > 0 ? "?version=" + std::to_string(options.version) : "";
  const auto exchange = client.get(document + version);
  if (!succeeded(exchange)) return tell_failure(exchange, options.id_or_key, options.format, language);
  if (options.format == Format::json) {
    std::cout << exchange.response.body << "\n";
    return Exit::good;
  }
  print_timeline(std::cout, read_answer(exchange.response.body), language);
  return options.version > 0 ? Exit::good : show_offers(client, document, options, language);
}

Exit status(const StatusOptions& options, Language language) {
  const auto client = GatewayClient::open(options.gateway, language);
  if (!client) return Exit::unusable;
  const auto found = find_document(*client, options.id_or_key, options.format, language);
  if (const Exit* not_found = std::get_if<Exit>(&found)) return *not_found;
  const std::string document = "/v1/documents/" + percent_encoded(std::get<FoundDocument>(found).id);
  return options.only_offers ? show_offers(*client, document, options, language)
                             : show_history(*client, document, options, language);
}

}  // namespace

void add_status(Program& program) {
  auto options = std::make_shared<StatusOptions>();
  CLI::App& command = program.command("status", "一份单证的经过", "the history of one document");
  program
      .argument(command, "ID-or-KEY", options->id_or_key,
                program.say("id、key 或单号", "the id, the key or the number"))
      ->required();
  CLI::Option* version = command
                             .add_option("--version", options->version,
                                         program.say("第几版（默认最新）", "which version (default: the newest)"))
                             ->type_name("N");
  command
      .add_flag(
          "--offers", options->only_offers,
          program.say("只列出下一步可做的操作", "only what may be done next, with the documents prefilled in JSON"))
      ->excludes(version);
  add_gateway_options(program, command, options->gateway);
  program.add_format(command, options->format);
  program.does(command, [options, language = program.language()] { return status(*options, language); });
}

}  // namespace tools::cebgate
