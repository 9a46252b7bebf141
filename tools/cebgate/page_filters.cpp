#include "tools/cebgate/page_filters.h"

#include <iostream>

#include "tools/cebgate/fault_text.h"
#include "tools/cebgate/gateway_client.h"
#include "tools/cebgate/json_text.h"

namespace tools::cebgate {

void add_filters(const Program& program, CLI::App& command, std::span<Filter> filters) {
  for (Filter& filter : filters) {
    command.add_option("--" + std::string(filter.name), filter.value, program.say(filter.zh, filter.en));
  }
}

std::string filtered(std::string_view path, std::span<const Filter> filters) {
  std::string target(path);
  char separator = '?';
  for (const Filter& filter : filters) {
    if (filter.value.empty()) continue;
    target += separator + std::string(filter.name) + "=" + percent_encoded(filter.value);
    separator = '&';
  }
  return target;
}

void tell_next_page(const boost::json::value& page, Language language) {
  const std::string next = text_of(page, "next");
  if (next.empty()) return;
  std::cerr << say(language, "还有更多：", "there are more: ") << "--cursor " << printable(next) << "\n";
}

}  // namespace tools::cebgate
