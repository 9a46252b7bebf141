#include "gateway/operations/unexplained.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <string>
#include <vector>

#include "gateway/views/answers.h"

namespace gateway::operations {

namespace json = boost::json;

boost::asio::awaitable<http::Response> Unexplained::codes(http::Request) const {
  const auto read = [this] { return parts_.ledger.unexplained_codes(); };
  const std::vector<ledger::UnexplainedCode> counted = co_await parts_.store.run(read);
  json::array codes;
  for (const ledger::UnexplainedCode& code : counted) {
    if (!is_still_unknown(code)) continue;
    codes.push_back({{"type", code.type},
                     {"code", code.code},
                     {"times", code.times},
                     {"first_seen", base::rfc3339(code.first_seen)},
                     {"last_seen", base::rfc3339(code.last_seen)},
                     {"example", code.example}});
  }
  const json::object answer{{"codes", std::move(codes)}};
  co_return views::json_answer(200, answer);
}

bool Unexplained::is_still_unknown(const ledger::UnexplainedCode& code) const {
  return !parts_.knowledge.meanings(code.code, code.type).front().explanation.known;
}

}  // namespace gateway::operations
