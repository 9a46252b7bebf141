#include "gateway/views/document_query.h"

namespace gateway::views {
namespace {

std::string states() {
  std::string words;
  for (std::size_t i = 0; i < lifecycle::state_count; ++i) {
    words.append(words.empty() ? "" : ", ").append(lifecycle::word(static_cast<lifecycle::State>(i)));
  }
  return words;
}

}  // namespace

ledger::Query read_document_query(Parameters& parameters, const schemas::Catalog& catalog) {
  ledger::Query query;
  query.type = parameters.text("type");
  if (query.type && catalog.find(*query.type) == nullptr) {
    parameters.refuse("type", "没有这种报文类型，见 /v1/catalog。", "There is no such message type; see /v1/catalog.");
  }
  query.key = parameters.text("key");
  query.number = parameters.text("number");
  query.enterprise = parameters.text("enterprise");
  if (const auto word = parameters.text("state")) {
    query.state = lifecycle::read_state(*word);
    if (!query.state) {
      parameters.refuse("state", "没有这种状态；可用：" + states() + "。",
                        "There is no such state; allowed: " + states() + ".");
    }
  }
  query.since = parameters.time("since");
  query.until = parameters.time("until");
  return query;
}

}  // namespace gateway::views
