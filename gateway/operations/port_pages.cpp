#include "gateway/operations/port_pages.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <utility>

#include "gateway/operations/port_order.h"
#include "gateway/operations/visibility.h"
#include "gateway/views/answers.h"

namespace gateway::operations {
namespace {

namespace json = boost::json;
using boost::asio::awaitable;

json::value time_of(const std::optional<base::Time>& time) {
  return time ? json::value(base::rfc3339(*time)) : json::value(nullptr);
}

// A login may stand in an address.
std::string without_login(const std::string& url) {
  const auto scheme = url.find("://");
  if (scheme == std::string::npos) return url;
  const auto host = scheme + 3, path = std::min(url.find('/', host), url.size());
  const auto at = url.rfind('@', path);
  return at == std::string::npos || at < host ? url : url.substr(0, host) + url.substr(at + 1);
}

json::array shown_windows(const std::vector<ledger::PortWindow>& windows, base::Time now) {
  json::array rows;
  for (const ledger::PortWindow& window : windows) {
    rows.push_back({{"source", window.source},
                    {"dxp_id", window.dxp_id},
                    {"from", base::rfc3339(window.read_up_to)},
                    {"to", base::rfc3339(now)}});
  }
  return rows;
}

json::array shown_errors(const std::vector<ledger::PortError>& errors) {
  json::array rows;
  for (const ledger::PortError& error : errors) {
    rows.push_back({{"at", base::rfc3339(error.at)}, {"outcome", word(error.outcome)}, {"answer", error.answer}});
  }
  return rows;
}

json::value shown_pause(const std::optional<ledger::PortPause>& pause) {
  if (!pause) return nullptr;
  return {{"by", pause->by}, {"reason", pause->reason}, {"at", base::rfc3339(pause->at)}};
}

http::Response unknown_port() {
  return http::Response::problem(
      404, "no such port",
      {views::fault("port.unknown", "", "设置中没有这个口岸。", "There is no port of this name in the settings.")});
}

http::Response not_this_callers() {
  return http::Response::problem(
      403, "not allowed",
      {views::fault(
          "port.of_others", "", "还有其他企业经这个口岸申报；须由有权管理这些企业的人操作。",
          "Other enterprises send by this port as well: somebody who may act for all of them has to do it.")});
}

}  // namespace

struct PortPages::Found {
  ledger::PortOrders orders;
  ledger::PortWork work;
};

namespace {

json::object shown_port(const config::Port& port, const PortHealth& health, const ledger::PortOrders& orders,
                        const ledger::PortWork& work, base::Time now) {
  return {{"name", port.name},
          {"profile", port.profile},
          {"url", without_login(port.url)},
          {"reachable", health.reachable},
          {"detail", health.detail},
          {"breaker", health.breaker},
          {"limit", health.limit},
          {"most_at_once", orders.most_at_once.value_or(static_cast<std::int64_t>(port.most_at_once))},
          {"under_way", health.under_way},
          {"failures", health.failures},
          {"waiting", work.waiting},
          {"oldest_waiting", time_of(work.oldest_waiting)},
          {"paused", shown_pause(orders.pause)},
          {"batch_limit", port.batch_limit},
          {"linger_ms", port.linger.count()},
          {"windows", shown_windows(work.windows, now)},
          {"last_errors", shown_errors(work.last_errors)}};
}

PortHealth health_of(const std::vector<PortHealth>& all, const std::string& name) {
  const auto found = std::ranges::find(all, name, &PortHealth::name);
  return found == all.end() ? PortHealth{.name = name, .detail = {}} : *found;
}

}  // namespace

awaitable<http::Response> PortPages::list(http::Request request) const {
  std::vector<std::string> names;
  for (const config::Port& port : parts_.settings.ports) names.push_back(port.name);
  const auto found = co_await find(names, *request.caller);
  const auto health = parts_.ports();
  const base::Time now = parts_.clock.now();
  json::array rows;
  for (std::size_t i = 0; i < names.size(); ++i) {
    rows.push_back(
        shown_port(parts_.settings.ports[i], health_of(health, names[i]), found[i].orders, found[i].work, now));
  }
  co_return views::json_answer(200, json::object{{"ports", std::move(rows)}});
}

awaitable<http::Response> PortPages::act(http::Request request) const {
  const std::string name = request.places["name"];
  const config::Port* port = parts_.settings.port(name);
  if (port == nullptr) co_return unknown_port();
  auto command = read_port_command(request.body);
  if (!command) {
    const bool is_unreadable = command.faults().front().code == "json.syntax";
    co_return http::Response::problem(is_unreadable ? 400 : 422, "the order cannot be carried out", command.faults());
  }
  if (!may_order(*request.caller, name)) co_return not_this_callers();
  command->port = name;
  command->by = request.caller->name;
  command->at = parts_.clock.now();
  const auto order = [&] { return parts_.ledger.order_port(*command); };
  co_await parts_.store.run(order);
  if (parts_.on_port_order) parts_.on_port_order();
  const std::vector<std::string> names{name};
  const auto found = co_await find(names, *request.caller);
  co_return views::json_answer(200, shown_port(*port, health_of(parts_.ports(), name), found.front().orders,
                                               found.front().work, parts_.clock.now()));
}

awaitable<std::vector<PortPages::Found>> PortPages::find(std::vector<std::string> names,
                                                         const http::Caller& caller) const {
  const auto dxp_ids = visible_dxp_ids(parts_.settings, caller);
  const auto read = [&] {
    const auto orders = parts_.ledger.port_orders();
    std::vector<Found> all;
    for (const std::string& name : names) {
      Found& found = all.emplace_back();
      found.orders.port = name;
      const auto ordered = std::ranges::find(orders, name, &ledger::PortOrders::port);
      if (ordered != orders.end()) found.orders = *ordered;
      // Whoever sees no enterprise sees nobody's work.
      if (!caller.sees_nothing()) found.work = parts_.ledger.port_work({name, caller.enterprises, dxp_ids});
    }
    return all;
  };
  co_return co_await parts_.store.run(read);
}

bool PortPages::may_order(const http::Caller& caller, const std::string& port) const {
  return std::ranges::all_of(parts_.settings.enterprises, [&](const config::Enterprise& enterprise) {
    const bool sends_by_it = enterprise.port == port || std::ranges::any_of(enterprise.ports, [&](const auto& of_type) {
                               return of_type.second == port;
                             });
    return !sends_by_it || caller.may(enterprise.code);
  });
}

}  // namespace gateway::operations
