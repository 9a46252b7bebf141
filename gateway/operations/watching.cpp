#include "gateway/operations/watching.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "gateway/operations/measures.h"
#include "gateway/views/answers.h"

namespace gateway::operations {
namespace {

namespace json = boost::json;

constexpr std::string_view prometheus_type = "text/plain; version=0.0.4; charset=utf-8";

json::array told(const std::vector<PortHealth>& ports) {
  json::array rows;
  for (const PortHealth& port : ports) {
    rows.push_back({{"name", port.name}, {"reachable", port.reachable}, {"detail", port.detail}});
  }
  return rows;
}

json::array told(const std::vector<KeyHealth>& keys, base::Time now) {
  json::array rows;
  for (const KeyHealth& key : keys) {
    rows.push_back({{"enterprise", key.enterprise},
                    {"serial", key.serial},
                    {"not_after", base::rfc3339(key.not_after)},
                    {"valid", now < key.not_after}});
  }
  return rows;
}

bool can_sign(const std::vector<KeyHealth>& keys, base::Time now) {
  return keys.empty() ||
         std::any_of(keys.begin(), keys.end(), [&](const KeyHealth& key) { return now < key.not_after; });
}

}  // namespace

boost::asio::awaitable<http::Response> Watching::healthz(http::Request) const {
  co_return http::Response::text(200, "ok\n");
}

boost::asio::awaitable<http::Response> Watching::readyz(http::Request) const {
  const auto try_ledger = [&] { return ledger_trouble(); };
  const std::string trouble = co_await parts_.store.run(try_ledger);
  const base::Time now = parts_.clock.now();
  const bool ready = trouble.empty() && can_sign(parts_.keys, now);
  const json::object answer{{"ready", ready},
                            {"ledger", json::object{{"writable", trouble.empty()}, {"detail", trouble}}},
                            {"ports", told(ports())},
                            {"keys", told(parts_.keys, now)}};
  co_return views::json_answer(ready ? 200 : 503, answer);
}

boost::asio::awaitable<http::Response> Watching::metrics(http::Request) const {
  const auto count = [&] { return parts_.ledger.backlog(); };
  Measured measured;
  measured.backlog = co_await parts_.store.run(count);
  const std::vector<PortHealth> health = ports();
  measured.ports = health;
  measured.keys = parts_.keys;
  measured.accepted_total = parts_.accepted_total ? parts_.accepted_total() : 0;
  measured.now = parts_.clock.now();
  co_return http::Response::text(200, prometheus_text(measured), std::string(prometheus_type));
}

std::vector<PortHealth> Watching::ports() const { return parts_.ports ? parts_.ports() : std::vector<PortHealth>{}; }

std::string Watching::ledger_trouble() const {
  try {
    parts_.ledger.check();
    return {};
  } catch (const ledger::LedgerError& error) {
    return error.what();
  }
}

}  // namespace gateway::operations
