// cebgate replay, hold, release, withdraw: what an operator does with one document.
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <iostream>
#include <memory>

#include "tools/cebgate/commands.h"
#include "tools/cebgate/document_lookup.h"
#include "tools/cebgate/fault_text.h"
#include "tools/cebgate/gateway_client.h"
#include "tools/cebgate/json_text.h"
#include "tools/cebgate/state_word.h"

namespace tools::cebgate {

namespace {

struct Options {
  std::string action, id_or_key, mode, reason;
  GatewayChoice gateway;
  Format format = Format::text;
};

Exit act(const Options& options, Language language) {
  const auto client = GatewayClient::open(options.gateway, language);
  if (!client) return Exit::unusable;
  const auto found = find_document(*client, options.id_or_key, options.format, language);
  if (const Exit* not_found = std::get_if<Exit>(&found)) return *not_found;
  boost::json::object body;
  body["action"] = options.action;
  if (!options.mode.empty()) body["mode"] = options.mode;
  body["reason"] = options.reason;
  const auto exchange = client->post("/v1/documents/" + percent_encoded(std::get<FoundDocument>(found).id) + "/actions",
                                     "application/json", boost::json::serialize(body));
  if (!succeeded(exchange)) return tell_failure(exchange, options.id_or_key, options.format, language);
  if (options.format == Format::json) {
    std::cout << exchange.response.body << "\n";
  } else {
    const boost::json::value document = read_answer(exchange.response.body);
    std::cout << state_word(text_of(document, "state"), language) << "  " << printable(text_of(document, "key"))
              << "\n";
  }
  return Exit::good;
}

void add_action(Program& program, const std::string& action, std::string_view zh, std::string_view en) {
  auto options = std::make_shared<Options>();
  options->action = action;
  CLI::App& command = program.command(action, zh, en);
  program
      .argument(command, "ID-or-KEY", options->id_or_key,
                program.say("id、key 或单号", "the id, the key or the number"))
      ->required();
  command.add_option("--reason", options->reason, program.say("原因，会记入经过", "why; kept in the history"))
      ->required()
      ->type_name("TEXT");
  add_gateway_options(program, command, options->gateway);
  program.add_format(command, options->format);
  program.does(command, [options, language = program.language()] { return act(*options, language); });
  if (action == "replay") {
    command
        .add_option("--mode", options->mode, program.say("same-bytes：原样重发", "same-bytes: the same bytes again"))
        ->required()
        ->type_name("MODE");
  }
}

}  // namespace

void add_actions(Program& program) {
  add_action(program, "replay", "重发一份单证", "send a document again");
  add_action(program, "hold", "挂起一份单证", "hold a document back");
  add_action(program, "release", "放行一份挂起的单证", "let a held document go on");
  add_action(program, "withdraw", "撤回一份单证（不等于向海关撤单）",
             "end our part of a document (no cancellation at customs)");
}

}  // namespace tools::cebgate
