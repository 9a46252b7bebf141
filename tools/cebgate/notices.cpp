// cebgate notices: what clients were told and have not heard; cebgate notices resend has them told again.
#include <array>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <functional>
#include <iostream>
#include <memory>

#include "tools/cebgate/commands.h"
#include "tools/cebgate/fault_text.h"
#include "tools/cebgate/gateway_client.h"
#include "tools/cebgate/json_text.h"
#include "tools/cebgate/page_filters.h"
#include "tools/cebgate/state_word.h"
#include "tools/cebgate/table.h"

namespace tools::cebgate {

namespace {

constexpr std::string_view resend_name = "resend";

struct NoticesOptions {
  std::array<Filter, 7> filters{{{"client", "客户端名称", "name of the client", ""},
                                 {"state", "waiting、heard 或 unheard", "waiting, heard or unheard", ""},
                                 {"document", "单证的 id、key 或单号", "id, key or number of the document", ""},
                                 {"since", "此时间起（RFC 3339）", "made at or after (RFC 3339)", ""},
                                 {"until", "此时间前（RFC 3339）", "made before (RFC 3339)", ""},
                                 {"limit", "最多几行", "at most so many", ""},
                                 {"cursor", "接着上一页", "go on after the page before", ""}}};
  GatewayChoice gateway;
  Format format = Format::text;
};

struct ResendOptions {
  std::string number, client;
  bool is_of_unheard = false;
  GatewayChoice gateway;
  Format format = Format::text;
};

std::string notice_word(const std::string& state, Language language) {
  if (state == "waiting") return say(language, "待送达", "waiting");
  if (state == "heard") return say(language, "已送达", "heard");
  return state == "unheard" ? say(language, "未送达", "unheard") : state;
}

void print_notices(const boost::json::value& page, Language language) {
  Table table({say(language, "编号", "number"), say(language, "通知", "notice"), say(language, "客户端", "client"),
               "key", say(language, "变化", "change"), say(language, "次数", "tries"), say(language, "时间", "made"),
               say(language, "应答", "answer")});
  for (const boost::json::value& notice : array_of(page, "notices")) {
    const boost::json::value& change = notice.at("change");
    table.add({text_of(notice, "number"), notice_word(text_of(notice, "state"), language), text_of(notice, "client"),
               text_of(change, "key"), state_word(text_of(change, "to"), language), text_of(notice, "tries"),
               short_time(text_of(notice, "created_at")), text_of(notice, "answer")});
  }
  table.print(std::cout);
  tell_next_page(page, language);
}

Exit list_notices(const NoticesOptions& options, Language language) {
  const auto client = GatewayClient::open(options.gateway, language);
  if (!client) return Exit::unusable;
  const auto exchange = client->get(filtered("/v1/notices", options.filters));
  if (!succeeded(exchange)) return tell_failure(exchange, "", options.format, language);
  if (options.format == Format::json) {
    std::cout << exchange.response.body << "\n";
  } else {
    print_notices(read_answer(exchange.response.body), language);
  }
  return Exit::good;
}

gateway::http::Exchange ask_again(const GatewayClient& client, const ResendOptions& options) {
  if (!options.number.empty()) {
    return client.post("/v1/notices/" + percent_encoded(options.number) + "/resend", "application/json", "");
  }
  const boost::json::object order{{"client", options.client}, {"state", "unheard"}};
  return client.post("/v1/notices/resend", "application/json", boost::json::serialize(order));
}

Exit resend(const ResendOptions& options, Language language) {
  const bool names_one = !options.number.empty();
  const bool names_client = !options.client.empty() && options.is_of_unheard;
  if (names_one == names_client || (names_one && (options.is_of_unheard || !options.client.empty()))) {
    std::cerr << say(language, "请给出通知编号，或 --client 名称 --unheard",
                     "give a notice's number, or --client NAME --unheard")
              << "\n";
    return Exit::unusable;
  }
  const auto client = GatewayClient::open(options.gateway, language);
  if (!client) return Exit::unusable;
  const auto exchange = ask_again(*client, options);
  if (!succeeded(exchange)) return tell_failure(exchange, options.number, options.format, language);
  if (options.format == Format::json) {
    std::cout << exchange.response.body << "\n";
  } else {
    std::cout << say(language, "将重发：", "told again: ") << text_of(read_answer(exchange.response.body), "resent")
              << "\n";
  }
  return Exit::good;
}

// What it does, where it is the one that was asked for.
std::function<Exit()> add_resend(const Program& program, CLI::App& parent) {
  auto options = std::make_shared<ResendOptions>();
  CLI::App& command = *parent.add_subcommand(std::string(resend_name),
                                             program.say("重发一条通知，或一个客户端所有未送达的通知",
                                                         "tell a notice again, or all that a client has not heard"));
  program.argument(command, "NUMBER", options->number, program.say("通知编号", "the notice's number"));
  command.add_option("--client", options->client, program.say("客户端名称", "name of the client"))->type_name("NAME");
  command.add_flag("--unheard", options->is_of_unheard,
                   program.say("该客户端所有未送达的通知", "all that the client has not heard"));
  add_gateway_options(program, command, options->gateway);
  program.add_format(command, options->format);
  return [options, language = program.language()] { return resend(*options, language); };
}

}  // namespace

void add_notices(Program& program) {
  auto options = std::make_shared<NoticesOptions>();
  CLI::App& command =
      program.command("notices", "列出发给客户端的通知，新的在前", "list the notices to clients, newest first");
  add_filters(program, command, options->filters);
  add_gateway_options(program, command, options->gateway);
  program.add_format(command, options->format);
  program.does(command, [options, &command, resend = add_resend(program, command), language = program.language()] {
    return command.got_subcommand(std::string(resend_name)) ? resend() : list_notices(*options, language);
  });
}

}  // namespace tools::cebgate
