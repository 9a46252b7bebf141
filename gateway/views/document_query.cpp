#include "gateway/views/document_query.h"

#include <algorithm>
#include <string>
#include <vector>

namespace gateway::views {
namespace {

constexpr std::size_t longest_sought_bytes = 100;  // no number and no code is longer

std::string states() {
  std::string words;
  for (std::size_t i = 0; i < lifecycle::state_count; ++i) {
    words.append(words.empty() ? "" : ", ").append(lifecycle::word(static_cast<lifecycle::State>(i)));
  }
  return words;
}

// Several have a comma between two.
std::vector<lifecycle::State> read_states(Parameters& parameters) {
  std::vector<lifecycle::State> read;
  std::string rest = parameters.text("state").value_or("");
  while (!rest.empty()) {
    const auto end = std::min(rest.find(','), rest.size());
    const auto state = lifecycle::read_state(rest.substr(0, end));
    rest.erase(0, end + 1);
    if (!state) {
      parameters.refuse("state", "没有这种状态；可用：" + states() + "，多个用逗号分隔。",
                        "There is no such state; allowed: " + states() + ", several with a comma between two.");
      return {};
    }
    if (std::ranges::find(read, *state) == read.end()) read.push_back(*state);
  }
  return read;
}

std::optional<std::string> read_short(Parameters& parameters, const std::string& name) {
  auto text = parameters.text(name);
  if (!text || text->size() <= longest_sought_bytes) return text;
  parameters.refuse(name, "最长 " + std::to_string(longest_sought_bytes) + " 字节。",
                    "This has at most " + std::to_string(longest_sought_bytes) + " bytes.");
  return std::nullopt;
}

}  // namespace

std::vector<std::string_view> document_filters(std::initializer_list<std::string_view> others) {
  std::vector<std::string_view> names{"type",  "key",  "number",  "state", "enterprise", "since",
                                      "until", "port", "outcome", "code",  "q",          "assigned_to"};
  names.insert(names.end(), others);
  return names;
}

ledger::Query read_document_query(Parameters& parameters, const schemas::Catalog& catalog) {
  ledger::Query query;
  query.type = parameters.text("type");
  if (query.type && catalog.find(*query.type) == nullptr) {
    parameters.refuse("type", "没有这种报文类型，见 /v1/catalog。", "There is no such message type; see /v1/catalog.");
  }
  query.key = parameters.text("key");
  query.number = parameters.text("number");
  query.enterprise = parameters.text("enterprise");
  query.states = read_states(parameters);
  query.since = parameters.time("since");
  query.until = parameters.time("until");
  query.port = parameters.text("port");
  query.outcome = parameters.text("outcome");
  query.code = read_short(parameters, "code");
  query.business = read_short(parameters, "q");
  query.assigned_to = read_short(parameters, "assigned_to");
  return query;
}

}  // namespace gateway::views
