#include "gateway/http/answering.h"

#include <array>
#include <ctime>
#include <exception>

#include "gateway/http/guarded_stream.h"
#include "gateway/http/refusals.h"
#include "gateway/http/target.h"
#include "gateway/offload/offload.h"

namespace gateway::http {

namespace asio = boost::asio;
namespace wire = boost::beast::http;

namespace {

// What is answered where something has thrown.
Response answer_to(const Server::Shared& shared, const std::string& what, const std::exception_ptr& thrown) {
  std::string failure;
  try {
    std::rethrow_exception(thrown);
  } catch (const offload::OffloadFull&) {
    return busy();
  } catch (const std::exception& error) {
    if (shared.options.refusal_of) {
      if (auto refusal = shared.options.refusal_of(error)) return std::move(*refusal);
    }
    failure = error.what();
  } catch (...) {
    failure = "an exception of unknown type";
  }
  if (shared.options.on_error) shared.options.on_error(what + ": " + failure);
  return failed_inside();
}

std::string name_of(const Request& request, const Route& route) { return request.method + " " + route.pattern; }

asio::awaitable<std::optional<Response>> refusal_of_caller(std::shared_ptr<Server::Shared> shared, const Route& route,
                                                           Request& request) {
  if (!route.needs) co_return std::nullopt;
  std::exception_ptr thrown;
  try {
    if (shared->callers) {
      Identity identity = co_await shared->callers->identify(request);
      request.caller = std::move(identity.caller);
      if (identity.refusal) co_return std::move(identity.refusal);
    }
  } catch (...) {
    thrown = std::current_exception();
  }
  if (thrown) co_return answer_to(*shared, name_of(request, route), thrown);
  if (!request.caller) co_return unauthorized();
  if (!config::includes(request.caller->role, *route.needs)) co_return forbidden();
  co_return std::nullopt;
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

asio::awaitable<Admission> admit(std::shared_ptr<Server::Shared> shared, const wire::request_header<>& header,
                                 Arrival arrival) {
  Admission admission;
  Request& request = admission.request;
  auto target = read_target(std::string_view(header.target()));
  if (!target) {
    admission.refusal = malformed("request target");
    co_return admission;
  }
  request.method = std::string(header.method_string());
  request.path = percent_decoded(target->encoded_path);
  request.query = std::move(target->query);
  request.address = std::move(arrival.address);
  for (const auto& field : header) {
    request.headers.fields.emplace_back(std::string(field.name_string()), std::string(field.value()));
  }
  auto found = found_for(shared->router, request.method, target->encoded_path);
  admission.route = found.route;
  request.places = std::move(found.places);
  if (found.route == nullptr) {
    admission.refusal = found.other_methods.empty() ? not_found() : method_not_allowed(found.other_methods);
    co_return admission;
  }
  admission.refusal = co_await refusal_of_caller(shared, *found.route, request);
  const std::size_t limit_bytes = shared->options.body_limit_bytes;
  if (!admission.refusal && arrival.content_length && *arrival.content_length > limit_bytes) {
    admission.refusal = body_too_large(limit_bytes);
  }
  co_return admission;
}

asio::awaitable<Response> answered(std::shared_ptr<Server::Shared> shared, const Route& route, Request request) {
  const std::string what = name_of(request, route);
  std::optional<Caller> person;
  if (request.caller && request.caller->came_by_session()) person = request.caller;
  std::exception_ptr thrown;
  try {
    Response response = co_await route.handler(std::move(request));
    if (person && response.stream) {
      response.stream = std::make_shared<GuardedStream>(std::move(response.stream), shared->callers, *person);
    }
    co_return response;
  } catch (...) {
    thrown = std::current_exception();
  }
  co_return answer_to(*shared, what, thrown);
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
