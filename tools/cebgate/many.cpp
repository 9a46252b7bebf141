#include "tools/cebgate/many.h"

#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <chrono>
#include <iostream>
#include <thread>
#include <unistd.h>

#include "tools/cebgate/fault_text.h"
#include "tools/cebgate/json_text.h"
#include "tools/cebgate/progress.h"
#include "tools/cebgate/state_word.h"

namespace tools::cebgate {

namespace {

namespace json = boost::json;

constexpr std::chrono::milliseconds between_looks{300};

// The API's name of what stands on the command line.
std::string_view filter_name(std::string_view option) { return option == "why" ? "reason" : option; }

json::object preview_body(const ManyOrder& order) {
  json::object filter;
  for (const ManyFilter& one : order.filters) {
    if (!one.value.empty()) filter[filter_name(one.name)] = one.value;
  }
  json::object body{
      {"dry_run", true}, {"filter", std::move(filter)}, {"action", order.action}, {"reason", order.reason}};
  if (!order.mode.empty()) body["mode"] = order.mode;
  if (order.limit > 0) body["limit"] = order.limit;
  if (order.pace > 0) body["pace"] = order.pace;
  return body;
}

std::int64_t number_of(const json::value& order, std::string_view name) {
  return std::atoll(text_of(order, name).c_str());
}

void print_counts(const json::value& order, std::string_view name, const std::string& title, Language language) {
  const json::object* whole = order.if_object();
  const json::value* counts = whole == nullptr ? nullptr : whole->if_contains(name);
  const json::object* rows = counts == nullptr ? nullptr : counts->if_object();
  if (rows == nullptr || rows->empty()) return;
  std::string line = title;
  const bool of_states = name == "would" || name == "by_state";
  for (const auto& row : *rows) {
    const std::string word(row.key());
    line += "  " + (of_states ? state_word(word, language) : word) + " " + json::serialize(row.value());
  }
  std::cout << printable(line) << "\n";
}

void print_examples(const json::value& order, std::string_view name, Language language) {
  for (const json::value& example : array_of(order, name)) {
    const std::string would = text_of(example, "would");
    std::string line = "  " + text_of(example, "key") + "  " + state_word(text_of(example, "state"), language);
    if (!would.empty()) line += " -> " + state_word(would, language);
    if (would.empty()) line += ": " + text_of(example, language == Language::zh ? "zh" : "en");
    std::cout << printable(line) << "\n";
  }
}

bool confirmed(Language language) {
  std::cerr << say(language, "执行吗？[y/N] ", "carry it out? [y/N] ") << std::flush;
  std::string answer;
  std::getline(std::cin, answer);
  return answer == "y" || answer == "Y" || answer == "yes";
}

// Until it has ended; nothing: the gateway did not answer, which is told.
std::optional<Exit> watch_to_the_end(const GatewayClient& client, const std::string& id, json::value& order,
                                     Format format, Language language) {
  Progress progress(static_cast<std::size_t>(number_of(order, "pending")));
  std::int64_t seen = 0;
  while (text_of(order, "state") == "running") {
    std::this_thread::sleep_for(between_looks);
    const auto exchange = client.get("/v1/replays/" + percent_encoded(id));
    if (!succeeded(exchange)) {
      progress.clear();
      return tell_failure(exchange, id, format, language);
    }
    order = read_answer(exchange.response.body);
    const std::int64_t done = number_of(order, "moved") + number_of(order, "passed_over");
    progress.advance(static_cast<std::size_t>(done - seen));
    seen = done;
  }
  return std::nullopt;
}

Exit run(const GatewayClient& client, const std::string& id, Format format, Language language) {
  const auto exchange = client.post("/v1/replays", "application/json", json::serialize(json::object{{"preview", id}}));
  if (!succeeded(exchange)) return tell_failure(exchange, id, format, language);
  if (format == Format::text) {
    std::cerr << say(language, "已开始；停止：", "started; to stop it: ") << "cebgate replays stop " << id << "\n";
  }
  json::value order = read_answer(exchange.response.body);
  if (const auto trouble = watch_to_the_end(client, id, order, format, language)) return *trouble;
  if (format == Format::json) {
    std::cout << json::serialize(order) << "\n";
  } else {
    print_order(order, language);
  }
  return text_of(order, "state") == "done" ? Exit::good : Exit::fault;
}

}  // namespace

bool ManyOrder::has_filter() const {
  return std::ranges::any_of(filters, [](const ManyFilter& one) { return !one.value.empty(); });
}

void print_order(const json::value& order, Language language) {
  const auto line = [](const std::string& title, const std::string& text) {
    std::cout << printable(title + "  " + text) << "\n";
  };
  std::string what = text_of(order, "action") + " " + text_of(order, "mode");
  line(text_of(order, "id"),
       what + "  " + text_of(order, "state") + "  " + text_of(order, "by") + "  " + text_of(order, "reason"));
  line(say(language, "选中", "found"), text_of(order, "matched"));
  if (text_of(order, "state") == "preview") {
    line(say(language, "可执行", "to be moved"), text_of(order, "pending"));
    print_counts(order, "would", say(language, "将变为", "they become"), language);
    print_examples(order, "examples", language);
    for (const json::value& why : array_of(order, "not_allowed")) {
      line(say(language, "不允许 ", "not allowed ") + text_of(why, "count"),
           text_of(why, language == Language::zh ? "zh" : "en"));
    }
    print_examples(order, "examples_not_allowed", language);
  } else {
    line(say(language, "已执行", "moved"), text_of(order, "moved"));
    line(say(language, "已跳过（其间已变化）", "passed over, having moved meanwhile"), text_of(order, "passed_over"));
    line(say(language, "未执行", "not yet"), text_of(order, "pending"));
  }
  print_counts(order, "by_state", say(language, "按状态", "by state"), language);
  print_counts(order, "by_type", say(language, "按类型", "by type"), language);
  print_counts(order, "by_enterprise", say(language, "按企业", "by enterprise"), language);
}

Exit carry_out(const GatewayClient& client, const ManyOrder& order, Format format, Language language) {
  const auto exchange = client.post("/v1/replays", "application/json", json::serialize(preview_body(order)));
  if (!succeeded(exchange)) return tell_failure(exchange, "", format, language);
  const json::value preview = read_answer(exchange.response.body);
  const bool only = order.consent == Consent::preview_only;
  if (format == Format::text) print_order(preview, language);
  if (format == Format::json && only) std::cout << exchange.response.body << "\n";
  if (only) return Exit::good;
  if (number_of(preview, "pending") == 0) {
    std::cerr << say(language, "没有可执行的单证", "there is nothing to be moved") << "\n";
    if (format == Format::json) std::cout << exchange.response.body << "\n";
    return Exit::good;
  }
  if (order.consent == Consent::ask) {
    if (isatty(STDIN_FILENO) != 1) {
      std::cerr << say(language, "没有终端可以确认：请加 --yes 执行，或 --dry-run 只预览",
                       "no terminal to ask on: add --yes to carry it out, or --dry-run to look only")
                << "\n";
      return Exit::unusable;
    }
    if (!confirmed(language)) return Exit::good;
  }
  return run(client, text_of(preview, "id"), format, language);
}

}  // namespace tools::cebgate
