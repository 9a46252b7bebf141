// cebgate watch: follows the feed of changes until it is interrupted.
#include <boost/json/serialize.hpp>
#include <chrono>
#include <iostream>
#include <memory>
#include <thread>

#include "tools/cebgate/commands.h"
#include "tools/cebgate/fault_text.h"
#include "tools/cebgate/gateway_client.h"
#include "tools/cebgate/json_text.h"
#include "tools/cebgate/state_word.h"

namespace tools::cebgate {

namespace {

struct WatchOptions {
  std::string after;
  double interval_seconds = 1.0;
  GatewayChoice gateway;
  Format format = Format::text;
};

std::string line_of(const boost::json::value& change, Language language) {
  const std::string from = text_of(change, "from"), to = text_of(change, "to");
  std::string line = short_time(text_of(change, "at")) + "  " + text_of(change, "key") + "  ";
  if (from != to) line += state_word(from, language) + " -> ";
  line += state_word(to, language);
  for (const std::string_view name : {"stage", "outcome", "reason"}) {
    const std::string more = text_of(change, name);
    if (!more.empty()) line += "  " + more;
  }
  return printable(line);
}

void print_changes(const boost::json::array& changes, Format format, Language language) {
  for (const boost::json::value& change : changes) {
    std::cout << (format == Format::json ? boost::json::serialize(change) : line_of(change, language)) << "\n";
  }
  std::cout << std::flush;
}

Exit watch(const WatchOptions& options, Language language) {
  const auto client = GatewayClient::open(options.gateway, language);
  if (!client) return Exit::unusable;
  std::string cursor = options.after;
  while (true) {
    const auto exchange = client->get(cursor.empty() ? "/v1/changes" : "/v1/changes?after=" + percent_encoded(cursor));
    if (!succeeded(exchange)) {
      const Exit exit = tell_failure(exchange, "", options.format, language);
      if (!cursor.empty())
        std::cerr << say(language, "可从此处继续：", "to go on from here: ") << "--after " << printable(cursor) << "\n";
      return exit;
    }
    const boost::json::value page = read_answer(exchange.response.body);
    const boost::json::array& changes = array_of(page, "changes");
    print_changes(changes, options.format, language);
    cursor = text_of(page, "next");
    if (changes.empty()) std::this_thread::sleep_for(std::chrono::duration<double>(options.interval_seconds));
  }
}

}  // namespace

void add_watch(Program& program) {
  auto options = std::make_shared<WatchOptions>();
  CLI::App& command = program.command("watch", "跟踪单证的每个变化，按 Ctrl-C 结束",
                                      "follow every change of the documents; Ctrl-C ends it");
  command
      .add_option("--after", options->after,
                  program.say("从此游标之后开始（默认从头）", "begin after this cursor (default: the beginning)"))
      ->type_name("CURSOR");
  command
      .add_option("--interval", options->interval_seconds,
                  program.say("两次查询的间隔秒数（默认 1）", "seconds between two looks (default 1)"))
      ->check(CLI::Range(0.1, 3600.0))
      ->type_name("SECONDS");
  add_gateway_options(program, command, options->gateway);
  program.add_format(command, options->format);
  program.does(command, [options, language = program.language()] { return watch(*options, language); });
}

}  // namespace tools::cebgate
