// cebgate inbound: what came from ports, by what became of it; has what was left over matched anew.
#include <array>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
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

struct InboundOptions {
  std::array<Filter, 7> filters{{{"state", "unmatched、unreadable、foreign、fresh、applied",
                                  "unmatched, unreadable, foreign, fresh or applied", ""},
                                 {"port", "口岸", "the port", ""},
                                 {"source", "来源，如 /ceb312msg", "the source, e.g. /ceb312msg", ""},
                                 {"since", "此时间起收到（RFC 3339）", "received at or after (RFC 3339)", ""},
                                 {"until", "此时间前收到（RFC 3339）", "received before (RFC 3339)", ""},
                                 {"limit", "最多几行", "at most so many", ""},
                                 {"cursor", "接着上一页", "go on after the page before", ""}}};
  std::string what, digest, reason;
  bool all = false;
  GatewayChoice gateway;
  Format format = Format::text;
};

const std::string& value_of(const InboundOptions& options, std::string_view name) {
  for (const Filter& filter : options.filters) {
    if (filter.name == name) return filter.value;
  }
  return options.digest;
}

gateway::http::Exchange match(const GatewayClient& client, const InboundOptions& options) {
  boost::json::object body{{"reason", options.reason}};
  if (!options.all) {
    return client.post("/v1/inbound/" + percent_encoded(options.digest) + "/match", "application/json",
                       boost::json::serialize(body));
  }
  if (const std::string& state = value_of(options, "state"); !state.empty()) body["state"] = state;
  if (const std::string& limit = value_of(options, "limit"); !limit.empty()) body["limit"] = std::atoll(limit.c_str());
  return client.post("/v1/inbound/match", "application/json", boost::json::serialize(body));
}

void print_list(const boost::json::value& page, Language language) {
  Table table({say(language, "状态", "state"), say(language, "口岸", "port"), say(language, "来源", "source"),
               say(language, "收到", "received"), say(language, "原因", "reason"), "digest",
               say(language, "内容（已遮盖）", "text, masked")});
  for (const boost::json::value& record : array_of(page, "records")) {
    table.add({text_of(record, "state"), text_of(record, "port"), text_of(record, "source"),
               short_time(text_of(record, "received_at")), text_of(record, "reason"), text_of(record, "digest"),
               text_of(record, "text")});
  }
  table.print(std::cout);
  tell_next_page(page, language);
}

Exit inbound(const InboundOptions& options, Language language) {
  const bool matches = !options.what.empty();
  if (matches && (options.all != options.digest.empty() || options.reason.empty())) {
    std::cerr << say(language, "用法：cebgate inbound match DIGEST 或 --all，并用 --reason 说明原因",
                     "usage: cebgate inbound match DIGEST, or --all; and --reason")
              << "\n";
    return Exit::unusable;
  }
  const auto client = GatewayClient::open(options.gateway, language);
  if (!client) return Exit::unusable;
  const auto exchange = matches ? match(*client, options) : client->get(filtered("/v1/inbound", options.filters));
  if (!succeeded(exchange)) return tell_failure(exchange, options.digest, options.format, language);
  if (options.format == Format::json) {
    std::cout << exchange.response.body << "\n";
  } else if (!matches) {
    print_list(read_answer(exchange.response.body), language);
  } else {
    const boost::json::value answer = read_answer(exchange.response.body);
    const std::string count = options.all ? text_of(answer, "to_be_matched") : std::string("1");
    std::cout << say(language, "重新匹配：", "to be matched anew: ") << count << "\n";
  }
  return Exit::good;
}

}  // namespace

void add_inbound(Program& program) {
  auto options = std::make_shared<InboundOptions>();
  CLI::App& command = program.command("inbound", "列出从口岸收到的记录，或重新匹配（match）",
                                      "list what came from ports, or have it matched anew (match)");
  program.argument(command, "what", options->what, program.say("match；省略为列出", "match; absent: list"))
      ->check(CLI::IsMember({"match"}));
  program.argument(command, "DIGEST", options->digest, program.say("记录的摘要", "the record's digest"));
  add_filters(program, command, options->filters);
  command.add_flag("--all", options->all,
                   program.say("重新匹配全部（--state，默认 unmatched）", "match all of --state (default unmatched)"));
  command.add_option("--reason", options->reason, program.say("重新匹配的原因", "why it is matched anew"))
      ->type_name("TEXT");
  add_gateway_options(program, command, options->gateway);
  program.add_format(command, options->format);
  program.does(command, [options, language = program.language()] { return inbound(*options, language); });
}

}  // namespace tools::cebgate
