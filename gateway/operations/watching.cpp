#include "gateway/operations/watching.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <chrono>
#include <utility>

#include "gateway/operations/measures.h"
#include "gateway/views/answers.h"

namespace gateway::operations {
namespace {

namespace json = boost::json;

constexpr std::string_view prometheus_type = "text/plain; version=0.0.4; charset=utf-8";

json::array told(const std::vector<PortHealth>& ports) {
  json::array rows;
  for (const PortHealth& port : ports) {
    rows.push_back(
        {{"name", port.name}, {"reachable", port.reachable}, {"detail", port.detail}, {"breaker", port.breaker}});
  }
  return rows;
}

json::object told(const keys::KeyReport& key, base::Time now) {
  json::object row{{"enterprise", key.enterprise}, {"key", key.key}, {"standing", keys::word(key.standing)}};
  if (key.certificate) {
    row["serial"] = key.certificate->serial;
    row["not_after"] = base::rfc3339(key.certificate->not_after);
    row["valid"] = now < key.certificate->not_after;
    row["days_left"] = std::chrono::duration_cast<std::chrono::days>(key.certificate->not_after - now).count();
    row["ends"] = keys::word(keys::nearness(key.certificate->not_after, now));
  }
  if (!key.another_company.empty()) row["another_company"] = key.another_company;
  if (!key.why_en.empty()) {
    row["why_zh"] = key.why_zh;
    row["why_en"] = key.why_en;
  }
  return row;
}

json::array told(const std::vector<keys::KeyReport>& all, base::Time now) {
  json::array rows;
  for (const auto& key : all) rows.push_back(told(key, now));
  return rows;
}

// Some enterprise can send: with many of them, one card that is away must not take the gateway out of its balancer.
bool can_sign(const std::vector<keys::KeyReport>& all) {
  return all.empty() ||
         std::ranges::any_of(all, [](const auto& key) { return key.standing == keys::Standing::in_use; });
}

}  // namespace

boost::asio::awaitable<http::Response> Watching::healthz(http::Request) const {
  co_return http::Response::text(200, "ok\n");
}

boost::asio::awaitable<http::Response> Watching::readyz(http::Request) const {
  const auto try_ledger = [&] { return ledger_trouble(); };
  const std::string trouble = co_await parts_.store.run(try_ledger);
  const base::Time now = parts_.clock.now();
  const auto all_keys = keys();
  const bool ready = trouble.empty() && can_sign(all_keys);
  const json::object answer{{"ready", ready},
                            {"ledger", json::object{{"writable", trouble.empty()}, {"detail", trouble}}},
                            {"ports", told(ports())},
                            {"keys", told(all_keys, now)}};
  co_return views::json_answer(ready ? 200 : 503, answer);
}

boost::asio::awaitable<http::Response> Watching::metrics(http::Request) const {
  const auto count = [&] { return std::pair(parts_.ledger.backlog(), parts_.ledger.notice_backlog()); };
  const auto [backlog, notice_backlog] = co_await parts_.store.run(count);
  Measured measured;
  measured.backlog = backlog;
  measured.notice_backlog = notice_backlog;
  const auto attempts = parts_.notice_attempts ? parts_.notice_attempts() : std::vector<NoticeAttempts>{};
  measured.notice_attempts = attempts;
  const std::vector<PortHealth> health = ports();
  measured.ports = health;
  const auto all_keys = keys();
  measured.keys = all_keys;
  measured.accepted_total = parts_.accepted_total ? parts_.accepted_total() : 0;
  if (parts_.archive) measured.archive = parts_.archive();
  measured.now = parts_.clock.now();
  co_return http::Response::text(200, prometheus_text(measured), std::string(prometheus_type));
}

std::vector<PortHealth> Watching::ports() const { return parts_.ports ? parts_.ports() : std::vector<PortHealth>{}; }

std::vector<keys::KeyReport> Watching::keys() const {
  return parts_.keys ? parts_.keys() : std::vector<keys::KeyReport>{};
}

std::string Watching::ledger_trouble() const {
  try {
    parts_.ledger.check();
    return {};
  } catch (const ledger::LedgerError& error) {
    return error.what();
  }
}

}  // namespace gateway::operations
