// cebgate replays: the orders for many documents; shows one, stops one.
#include <iostream>
#include <memory>

#include "tools/cebgate/commands.h"
#include "tools/cebgate/fault_text.h"
#include "tools/cebgate/gateway_client.h"
#include "tools/cebgate/json_text.h"
#include "tools/cebgate/many.h"
#include "tools/cebgate/state_word.h"
#include "tools/cebgate/table.h"

namespace tools::cebgate {

namespace {

struct ReplaysOptions {
  std::string what, id;
  GatewayChoice gateway;
  Format format = Format::text;
};

void print_replays(const boost::json::value& page, Language language) {
  Table table({"id", say(language, "状态", "state"), say(language, "操作", "action"), say(language, "选中", "found"),
               say(language, "已执行", "moved"), say(language, "已跳过", "passed over"),
               say(language, "未执行", "not yet"), say(language, "时间", "made"), say(language, "操作人", "by"),
               say(language, "原因", "reason")});
  for (const boost::json::value& order : array_of(page, "replays")) {
    table.add({text_of(order, "id"), text_of(order, "state"), text_of(order, "action") + " " + text_of(order, "mode"),
               text_of(order, "matched"), text_of(order, "moved"), text_of(order, "passed_over"),
               text_of(order, "pending"), short_time(text_of(order, "created_at")), text_of(order, "by"),
               text_of(order, "reason")});
  }
  table.print(std::cout);
}

Exit replays(const ReplaysOptions& options, Language language) {
  if (!options.what.empty() && options.id.empty()) {
    std::cerr << say(language, "请给出 id，见 cebgate replays", "name the id, see cebgate replays") << "\n";
    return Exit::unusable;
  }
  const auto client = GatewayClient::open(options.gateway, language);
  if (!client) return Exit::unusable;
  const std::string one = "/v1/replays/" + percent_encoded(options.id);
  const auto exchange = options.what == "stop"   ? client->post(one + "/stop", "application/json", "")
                        : options.what == "show" ? client->get(one)
                                                 : client->get("/v1/replays");
  if (!succeeded(exchange)) return tell_failure(exchange, options.id, options.format, language);
  if (options.format == Format::json) {
    std::cout << exchange.response.body << "\n";
  } else if (options.what.empty()) {
    print_replays(read_answer(exchange.response.body), language);
  } else {
    print_order(read_answer(exchange.response.body), language);
  }
  return Exit::good;
}

}  // namespace

void add_replays(Program& program) {
  auto options = std::make_shared<ReplaysOptions>();
  CLI::App& command = program.command("replays", "列出批量操作，查看或停止其中之一",
                                      "list the orders for many documents, show one or stop it");
  program
      .argument(command, "what", options->what, program.say("show 或 stop；省略为列出", "show or stop; absent: list"))
      ->check(CLI::IsMember({"show", "stop"}));
  program.argument(command, "ID", options->id, program.say("批量操作的 id", "the order's id"));
  add_gateway_options(program, command, options->gateway);
  program.add_format(command, options->format);
  program.does(command, [options, language = program.language()] { return replays(*options, language); });
}

}  // namespace tools::cebgate
