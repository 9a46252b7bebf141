// cebgate status: the history of one document.
#include <iostream>
#include <memory>

#include "tools/cebgate/commands.h"
#include "tools/cebgate/document_lookup.h"
#include "tools/cebgate/gateway_client.h"
#include "tools/cebgate/json_text.h"
#include "tools/cebgate/timeline.h"

namespace tools::cebgate {

namespace {

struct Options {
  std::string id_or_key;
  unsigned version = 0;  // 0: the newest
  GatewayChoice gateway;
  Format format = Format::text;
};

Exit status(const Options& options, Language language) {
  const auto client = GatewayClient::open(options.gateway, language);
  if (!client) return Exit::unusable;
  const auto found = find_document(*client, options.id_or_key, options.format, language);
  if (const Exit* not_found = std::get_if<Exit>(&found)) return *not_found;
  std::string target = "/v1/documents/" + percent_encoded(std::get<FoundDocument>(found).id);
  if (options.version > 0) target += "?version=" + std::to_string(options.version);
  const auto exchange = client->get(target);
  if (!succeeded(exchange)) return tell_failure(exchange, options.id_or_key, options.format, language);
  if (options.format == Format::json) {
    std::cout << exchange.response.body << "\n";
  } else {
    print_timeline(std::cout, read_answer(exchange.response.body), language);
  }
  return Exit::good;
}

}  // namespace

void add_status(Program& program) {
  auto options = std::make_shared<Options>();
  CLI::App& command = program.command("status", "一份单证的经过", "the history of one document");
  program
      .argument(command, "ID-or-KEY", options->id_or_key,
                program.say("id、key 或单号", "the id, the key or the number"))
      ->required();
  command
      .add_option("--version", options->version,
                  program.say("第几版（默认最新）", "which version (default: the newest)"))
      ->type_name("N");
  add_gateway_options(program, command, options->gateway);
  program.add_format(command, options->format);
  program.does(command, [options, language = program.language()] { return status(*options, language); });
}

}  // namespace tools::cebgate
