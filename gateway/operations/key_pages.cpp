#include "gateway/operations/key_pages.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <chrono>

#include "gateway/views/answers.h"

namespace gateway::operations {
namespace {

namespace json = boost::json;

std::string_view state_of(keys::Standing standing) {
  switch (standing) {
    case keys::Standing::in_use:
      return "signs";
    case keys::Standing::waiting:
    case keys::Standing::resting:
    case keys::Standing::relieved:
      return "rests";
    case keys::Standing::out_of_use:
      return "out";
  }
  return "out";
}

// The file, the token or the address, without what leads there.
std::string name_of(const std::string& uri) {
  const auto path = uri.substr(0, uri.find('?'));
  const auto cut = path.find_last_of("/:");
  return cut == std::string::npos || cut + 1 == path.size() ? path : path.substr(cut + 1);
}

json::value shown_certificate(const std::optional<keys::CertificateFacts>& certificate, base::Time now) {
  if (!certificate) return nullptr;
  return {{"subject", certificate->subject},
          {"issuer", certificate->issuer},
          {"serial", certificate->serial},
          {"from", base::rfc3339(certificate->not_before)},
          {"until", base::rfc3339(certificate->not_after)},
          {"days_left", std::chrono::duration_cast<std::chrono::days>(certificate->not_after - now).count()}};
}

json::object shown_key(const keys::KeyReport& key, base::Time now) {
  return {{"enterprise", key.enterprise},
          {"name", name_of(key.key)},
          {"uri", key.key},
          {"state", state_of(key.standing)},
          {"standing", keys::word(key.standing)},
          {"detail", {{"zh", key.why_zh}, {"en", key.why_en}}},
          {"from", key.from ? json::value(base::rfc3339(*key.from)) : json::value(nullptr)},
          {"signatures", key.signatures},
          {"failures", key.failures},
          {"latency_ms", std::chrono::duration<double, std::milli>(key.mean).count()},
          {"certificate", shown_certificate(key.certificate, now)}};
}

}  // namespace

boost::asio::awaitable<http::Response> KeyPages::list(http::Request request) const {
  const base::Time now = parts_.clock.now();
  json::array rows;
  for (const keys::KeyReport& key : parts_.keys()) {
    if (request.caller->may(key.enterprise)) rows.push_back(shown_key(key, now));
  }
  co_return views::json_answer(200, json::object{{"keys", std::move(rows)}});
}

}  // namespace gateway::operations
