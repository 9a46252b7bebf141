// cebgate list: the documents of a gateway, newest first, by the API's filters.
#include <array>
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

struct ListOptions {
  std::array<Filter, 9> filters{{{"type", "报文类型", "message type", ""},
                                 {"key", "key 或单号", "the key or the number", ""},
                                 {"number", "单号", "the number", ""},
                                 {"state", "状态，如 held", "state, e.g. held", ""},
                                 {"enterprise", "企业代码", "code of the enterprise", ""},
                                 {"since", "此时间起（RFC 3339）", "made at or after (RFC 3339)", ""},
                                 {"until", "此时间前（RFC 3339）", "made before (RFC 3339)", ""},
                                 {"limit", "最多几行", "at most so many", ""},
                                 {"cursor", "接着上一页", "go on after the page before", ""}}};
  GatewayChoice gateway;
  Format format = Format::text;
};

void print_page(const boost::json::value& page, Language language) {
  Table table({say(language, "状态", "state"), say(language, "阶段", "stage"), say(language, "结果", "outcome"), "key",
               say(language, "版本", "version"), say(language, "企业", "enterprise"),
               say(language, "受理时间", "created"), say(language, "原因", "reason")});
  for (const boost::json::value& document : array_of(page, "documents")) {
    table.add({state_word(text_of(document, "state"), language), text_of(document, "stage"),
               text_of(document, "outcome"), text_of(document, "key"), text_of(document, "version"),
               text_of(document, "enterprise"), short_time(text_of(document, "created_at")),
               text_of(document, "reason")});
  }
  table.print(std::cout);
  tell_next_page(page, language);
}

Exit list_documents(const ListOptions& options, Language language) {
  const auto client = GatewayClient::open(options.gateway, language);
  if (!client) return Exit::unusable;
  const auto exchange = client->get(filtered("/v1/documents", options.filters));
  if (!succeeded(exchange)) return tell_failure(exchange, "", options.format, language);
  if (options.format == Format::json) {
    std::cout << exchange.response.body << "\n";
  } else {
    print_page(read_answer(exchange.response.body), language);
  }
  return Exit::good;
}

}  // namespace

void add_list(Program& program) {
  auto options = std::make_shared<ListOptions>();
  CLI::App& command = program.command("list", "列出单证，新的在前", "list documents, newest first");
  add_filters(program, command, options->filters);
  add_gateway_options(program, command, options->gateway);
  program.add_format(command, options->format);
  program.does(command, [options, language = program.language()] { return list_documents(*options, language); });
}

}  // namespace tools::cebgate
