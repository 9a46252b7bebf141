#include "tools/platform/clock_desk.h"

#include <boost/asio/ip/address.hpp>
#include <charconv>
#include <optional>

namespace tools::platform {
namespace {

using gateway::http::Request;
using gateway::http::Response;

std::optional<std::chrono::seconds> span_in(const Request& request) {
  const auto given = request.query.find("advance");
  if (given == request.query.end()) return std::nullopt;
  const std::string& digits = given->second;
  std::chrono::seconds::rep count = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), count);
  if (error != std::errc() || end != digits.data() + digits.size() || count < 0) return std::nullopt;
  return std::chrono::seconds(count);
}

base::Fault span_fault() {
  return {"query.form",
          "",
          "须有参数 advance（秒）；时钟最多提前 366 天",
          "the parameter advance (seconds) is needed; the clock is at most 366 days ahead",
          "",
          0};
}

boost::asio::awaitable<Response> advance(SettableClock& clock, Request request) {
  const auto span = span_in(request);
  if (!span || *span > furthest_ahead - clock.ahead()) {
    co_return Response::problem(400, "the query cannot be read", {span_fault()});
  }
  clock.advance(*span);
  co_return Response::json(200, R"({"ahead":)" + std::to_string(clock.ahead().count()) + "}");
}

}  // namespace

bool is_loopback(const std::string& host) {
  boost::system::error_code error;
  const auto address = boost::asio::ip::make_address(host, error);
  return error ? host == "localhost" : address.is_loopback();
}

void add_clock_route(gateway::http::Router& router, SettableClock& clock) {
  router.add({"POST", "/_clock", {}, [&clock](Request request) { return advance(clock, std::move(request)); }});
}

}  // namespace tools::platform
