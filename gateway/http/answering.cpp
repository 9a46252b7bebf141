#include "gateway/http/answering.h"

#include <array>
#include <ctime>

#include "gateway/http/refusals.h"
#include "gateway/http/target.h"
#include "gateway/offload/offload.h"

namespace gateway::http {

namespace asio = boost::asio;
namespace wire = boost::beast::http;

namespace {

std::optional<Response> refusal_of_caller(const Server::Shared& shared, const Route& route, Request& request) {
  if (!route.needs) return std::nullopt;
  if (shared.tokens) request.caller = shared.tokens->caller(request.headers.get("Authorization"));
  if (!request.caller) return unauthorized();
  if (!config::includes(request.caller->role, *route.needs)) return forbidden();
  return std::nullopt;
}

// Whatever answers GET answers HEAD.
Router::Found found_for(const Router& router, const std::string& method, const std::string& path) {
  Router::Found found = router.find(method, path);
  if (found.route == nullptr && method == "HEAD") found = router.find("GET", path);
  return found;
}

std::string http_date() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  gmtime_r(&now, &parts);
  std::array<char, 40> text{};
  const std::size_t size = std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
  return {text.data(), size};
}

}  // namespace

Admission admit(const Server::Shared& shared, const wire::request_header<>& header,
                std::optional<std::uint64_t> content_length) {
  Admission admission;
  Request& request = admission.request;
  auto target = read_target(std::string_view(header.target()));
  if (!target) {
    admission.refusal = malformed("request target");
    return admission;
  }
  request.method = std::string(header.method_string());
  request.path = percent_decoded(target->encoded_path);
  request.query = std::move(target->query);
  for (const auto& field : header) {
    request.headers.fields.emplace_back(std::string(field.name_string()), std::string(field.value()));
  }
  auto found = found_for(shared.router, request.method, target->encoded_path);
  admission.route = found.route;
  request.places = std::move(found.places);
  if (found.route == nullptr) {
    admission.refusal = found.other_methods.empty() ? not_found() : method_not_allowed(found.other_methods);
    return admission;
  }
  admission.refusal = refusal_of_caller(shared, *found.route, request);
  const std::size_t limit_bytes = shared.options.body_limit_bytes;
  if (!admission.refusal && content_length && *content_length > limit_bytes) {
    admission.refusal = body_too_large(limit_bytes);
  }
  return admission;
}

asio::awaitable<Response> answered(std::shared_ptr<Server::Shared> shared, const Route& route, Request request) {
  const std::string what = request.method + " " + route.pattern;
  std::string failure;
  try {
    co_return co_await route.handler(std::move(request));
  } catch (const offload::OffloadFull&) {
    co_return busy();
  } catch (const std::exception& error) {
    if (shared->options.refusal_of) {
      if (auto refusal = shared->options.refusal_of(error)) co_return std::move(*refusal);
    }
    failure = error.what();
  } catch (...) {
    failure = "an exception of unknown type";
  }
  if (shared->options.on_error) shared->options.on_error(what + ": " + failure);
  co_return failed_inside();
}

Outgoing made_ready(const wire::request_header<>& request, Response response, KeepAlive keep_alive) {
  Outgoing outgoing;
  auto& message = outgoing.whole;
  message.result(response.status);
  message.version(request.version() == 10 ? 10 : 11);
  for (const auto& [name, value] : response.headers.fields) message.set(name, value);
  message.set(wire::field::date, http_date());
  message.set("X-Content-Type-Options", "nosniff");
  if (request.target().starts_with("/v1")) message.set(wire::field::cache_control, "no-store");
  message.keep_alive(keep_alive == KeepAlive::yes);
  if (response.stream) {
    message.chunked(message.version() == 11);
  } else {
    message.body() = std::move(response.body);
    message.prepare_payload();
  }
  const bool is_for_head = request.method() == wire::verb::head;
  if (is_for_head || response.stream) outgoing.without_body.emplace(message.base());
  if (!is_for_head) outgoing.stream = std::move(response.stream);
  return outgoing;
}

}  // namespace gateway::http
