// cebgate replay, hold, release, withdraw: what an operator does with some documents, or with all that a filter finds.
#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <iostream>
#include <memory>
#include <vector>

#include "tools/cebgate/commands.h"
#include "tools/cebgate/document_lookup.h"
#include "tools/cebgate/fault_text.h"
#include "tools/cebgate/gateway_client.h"
#include "tools/cebgate/json_text.h"
#include "tools/cebgate/many.h"
#include "tools/cebgate/state_word.h"

namespace tools::cebgate {

namespace {

struct ActionsOptions {
  std::vector<std::string> ids_or_keys;
  ManyOrder order;
  bool dry_run = false, yes = false;
  GatewayChoice gateway;
  Format format = Format::text;
};

Exit act(const GatewayClient& client, const std::string& id_or_key, const ActionsOptions& options, Language language) {
  const auto found = find_document(client, id_or_key, options.format, language);
  if (const Exit* not_found = std::get_if<Exit>(&found)) return *not_found;
  boost::json::object body;
  body["action"] = options.order.action;
  if (!options.order.mode.empty()) body["mode"] = options.order.mode;
  body["reason"] = options.order.reason;
  const auto exchange = client.post("/v1/documents/" + percent_encoded(std::get<FoundDocument>(found).id) + "/actions",
                                    "application/json", boost::json::serialize(body));
  if (!succeeded(exchange)) return tell_failure(exchange, id_or_key, options.format, language);
  if (options.format == Format::json) {
    std::cout << exchange.response.body << "\n";
  } else {
    const boost::json::value document = read_answer(exchange.response.body);
    std::cout << state_word(text_of(document, "state"), language) << "  " << printable(text_of(document, "key"))
              << "\n";
  }
  return Exit::good;
}

Exit act(const ActionsOptions& options, Language language) {
  const bool many = options.order.has_filter();
  if (many == !options.ids_or_keys.empty()) {
    std::cerr << say(language, "请给出 ID 或 KEY，或者条件（--type、--state 等），二者取一",
                     "name either ids or keys, or a filter (--type, --state …)")
              << "\n";
    return Exit::unusable;
  }
  const auto client = GatewayClient::open(options.gateway, language);
  if (!client) return Exit::unusable;
  if (many) {
    ManyOrder order = options.order;
    order.consent = options.dry_run ? Consent::preview_only : options.yes ? Consent::given : Consent::ask;
    return carry_out(*client, order, options.format, language);
  }
  Exit worst = Exit::good;
  for (const std::string& id_or_key : options.ids_or_keys) {
    worst = std::max(worst, act(*client, id_or_key, options, language));
  }
  return worst;
}

void add_many_options(const Program& program, CLI::App& command, ActionsOptions& options) {
  for (ManyFilter& filter : options.order.filters) {
    command.add_option("--" + std::string(filter.name), filter.value, program.say(filter.zh, filter.en))
        ->type_name("TEXT");
  }
  command
      .add_option("--limit", options.order.limit,
                  program.say("选中超过这么多就拒绝（默认 1000）", "refuse a filter that finds more (default 1000)"))
      ->check(CLI::Range(1, 100'000))
      ->type_name("N");
  command
      .add_option("--pace", options.order.pace, program.say("每秒几份（默认 50）", "documents a second (default 50)"))
      ->check(CLI::Range(1, 10'000))
      ->type_name("N");
  auto* dry_run = command.add_flag("--dry-run", options.dry_run, program.say("只预览", "preview only"));
  command.add_flag("--yes", options.yes, program.say("预览后不再询问", "do not ask after the preview"))
      ->excludes(dry_run);
}

void add_action(Program& program, const std::string& action, std::string_view zh, std::string_view en) {
  auto options = std::make_shared<ActionsOptions>();
  options->order.action = action;
  CLI::App& command = program.command(action, zh, en);
  program.argument(command, "ID-or-KEY", options->ids_or_keys,
                   program.say("id、key 或单号；或改用条件", "ids, keys or numbers; or a filter instead"));
  command.add_option("--reason", options->order.reason, program.say("原因，会记入经过", "why; kept in the history"))
      ->required()
      ->type_name("TEXT");
  add_many_options(program, command, *options);
  add_gateway_options(program, command, options->gateway);
  program.add_format(command, options->format);
  program.does(command, [options, language = program.language()] { return act(*options, language); });
  if (action == "replay") {
    command
        .add_option("--mode", options->order.mode,
                    program.say("same-bytes：原样重发；sealed-again：重新封装签名（仅当原报文不可能到达海关）",
                                "same-bytes: the same bytes again; sealed-again: signed anew, only where the earlier "
                                "message cannot be at customs"))
        ->required()
        ->type_name("MODE");
  }
}

}  // namespace

void add_actions(Program& program) {
  add_action(program, "replay", "重发单证", "send documents again");
  add_action(program, "hold", "挂起单证", "hold documents back");
  add_action(program, "release", "放行挂起的单证", "let held documents go on");
  add_action(program, "withdraw", "撤回单证（不等于向海关撤单）",
             "end our part of documents (no cancellation at customs)");
}

}  // namespace tools::cebgate
