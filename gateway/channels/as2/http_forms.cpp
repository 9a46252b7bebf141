#include "gateway/channels/as2/http_forms.h"

#include <algorithm>
#include <utility>

namespace gateway::channels::as2 {

namespace {

// Scheme, host and port as they are written; empty where it is no such address.
std::string server_in(const std::string& url) {
  constexpr std::string_view mark = "://";
  const auto begin = url.find(mark);
  if (begin == std::string::npos) return {};
  return url.substr(0, url.find_first_of("/?#\\", begin + mark.size()));
}

}  // namespace

codecs::as2::Headers fields_of(const http::Headers& headers) {
  codecs::as2::Headers fields;
  for (const auto& [name, value] : headers.fields) fields.push_back({name, value});
  return fields;
}

http::Headers headers_of(const codecs::as2::Headers& fields) {
  http::Headers headers;
  for (const auto& field : fields) headers.set(field.name, field.value);
  return headers;
}

http::Call post(const config::Port& port, const std::string& url, const codecs::as2::Headers& fields,
                std::string body) {
  http::Call call;
  call.method = "POST";
  call.url = url;
  call.headers = headers_of(fields);
  call.body = std::move(body);
  call.timeout = port.timeout;
  call.answer_limit_bytes = std::size_t{2} << 20;  // more than any MDN that is read
  if (!port.tls.ca.empty()) call.trust = port.tls.ca;
  if (!port.tls.certificate.empty()) call.identity = http::ClientIdentity{port.tls.certificate, port.tls.key};
  return call;
}

bool may_be_sent_to(const config::Port& port, const std::string& url) {
  const auto& agreed = port.agreement.receipts_to;
  if (std::ranges::find(agreed, url) != agreed.end()) return true;
  const std::string server = server_in(url);
  return !server.empty() && server == server_in(port.url);
}

}  // namespace gateway::channels::as2
