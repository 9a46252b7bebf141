#include "gateway/operations/troubles.h"

#include <algorithm>
#include <chrono>
#include <string>
#include <utility>

namespace gateway::operations {
namespace {

using ledger::Alert;
using ledger::AlertKind;

Alert trouble(AlertKind kind, std::string subject, base::Time now) {
  Alert alert;
  alert.kind = kind;
  alert.subject = std::move(subject);
  alert.began_at = now;
  return alert;
}

void add_unreachable(const Signs& signs, std::vector<Alert>& found) {
  for (const PortHealth& port : signs.ports) {
    if (port.reachable && port.breaker == "closed") continue;
    Alert& alert = found.emplace_back(trouble(AlertKind::port_unreachable, port.name, signs.now));
    alert.zh = "口岸 " + port.name + " 无法连通，单证在等待：" + port.detail;
    alert.en = "port " + port.name + " does not answer, its documents wait: " + port.detail;
  }
}

void add_paused(const Signs& signs, std::vector<Alert>& found) {
  for (const ledger::PortOrders& orders : signs.orders) {
    if (!orders.pause) continue;
    Alert& alert = found.emplace_back(trouble(AlertKind::port_paused, orders.port, signs.now));
    alert.zh = "口岸 " + orders.port + " 已由 " + orders.pause->by + " 暂停：" + orders.pause->reason;
    alert.en = "port " + orders.port + " was paused by " + orders.pause->by + ": " + orders.pause->reason;
  }
}

// Nothing was heard of the port meanwhile either.
bool is_silent(const ledger::PortSilence& silence, const config::Settings& settings, base::Time now) {
  const config::Port* port = settings.port(silence.port);
  if (port == nullptr || !silence.first_due) return false;
  const auto longest = longest_silence(*port);
  return now >= *silence.first_due - longest && (!silence.last_heard || now - *silence.last_heard >= longest);
}

void add_silent(const Signs& signs, const config::Settings& settings, std::vector<Alert>& found) {
  for (const ledger::PortSilence& silence : signs.silences) {
    if (!is_silent(silence, settings, signs.now)) continue;
    Alert& alert = found.emplace_back(trouble(AlertKind::receipts_silent, silence.port, signs.now));
    alert.zh = "口岸 " + silence.port + " 已接收单证，但长时间没有任何回执，请向口岸查询";
    alert.en = "port " + silence.port + " has taken documents, and no receipt has come for long: ask the port";
  }
}

void add_keys(const Signs& signs, std::vector<Alert>& found) {
  using keys::Nearness;
  using keys::Standing;
  for (const keys::KeyReport& key : signs.keys) {
    const std::string subject = key.enterprise + " " + key.key;
    if (key.standing == Standing::out_of_use || key.standing == Standing::resting) {
      Alert& alert = found.emplace_back(trouble(AlertKind::key_out, subject, signs.now));
      alert.enterprise = key.enterprise;
      alert.zh = "企业 " + key.enterprise + " 的密钥 " + key.key + " 不能签名：" + key.why_zh;
      alert.en = "key " + key.key + " of enterprise " + key.enterprise + " does not sign: " + key.why_en;
    }
    if (!key.certificate || key.standing == Standing::relieved) continue;
    const auto near = keys::nearness(key.certificate->not_after, signs.now);
    if (near != Nearness::within_30_days && near != Nearness::within_7_days) continue;
    Alert& alert = found.emplace_back(trouble(AlertKind::certificate_ends, subject, signs.now));
    alert.enterprise = key.enterprise;
    const std::string end = base::rfc3339(key.certificate->not_after);
    alert.zh = "企业 " + key.enterprise + " 的证书将于 " + end + " 到期，请及时更换（密钥 " + key.key + "）";
    alert.en = "the certificate of enterprise " + key.enterprise + " ends at " + end + ": have it renewed (key " +
               key.key + ")";
  }
}

void add_held(const Signs& signs, std::vector<Alert>& found) {
  const bool goes_on = signs.is_held_growing_yet && signs.held > 0;
  if (signs.held < many_held && !goes_on) return;
  const std::string count = std::to_string(signs.held), minutes = std::to_string(held_lately.count());
  Alert& alert = found.emplace_back(trouble(AlertKind::held_growing, {}, signs.now));
  alert.zh = "最近 " + minutes + " 分钟有 " + count + " 份单证被挂起，请查看原因";
  alert.en = count + " documents came to be held within " + minutes + " minutes: see why";
}

// A client of one enterprise is that enterprise's affair.
std::string only_enterprise(const config::Settings& settings, const std::string& client) {
  const auto found = std::ranges::find(settings.clients, client, &config::Client::name);
  const bool has_one = found != settings.clients.end() && found->enterprises.size() == 1;
  return has_one && found->enterprises.front() != "*" ? found->enterprises.front() : std::string();
}

void add_unheard(const Signs& signs, const config::Settings& settings, std::vector<Alert>& found) {
  for (const ledger::NoticeBacklog& backlog : signs.notices) {
    if (backlog.unheard == 0) continue;
    Alert& alert = found.emplace_back(trouble(AlertKind::notices_unheard, backlog.client, signs.now));
    alert.enterprise = only_enterprise(settings, backlog.client);
    const std::string count = std::to_string(backlog.unheard);
    alert.zh = "客户端 " + backlog.client + " 有 " + count + " 条通知五天未送达，请检查其地址后重发";
    alert.en = "client " + backlog.client + " has not heard " + count +
               " notices for five days: look at its address, then have them told again";
  }
}

}  // namespace

std::chrono::milliseconds longest_silence(const config::Port& port) { return port.receipt_within / 2; }

std::vector<Alert> troubles(const Signs& signs, const config::Settings& settings) {
  std::vector<Alert> found;
  add_unreachable(signs, found);
  add_paused(signs, found);
  add_silent(signs, settings, found);
  add_keys(signs, found);
  add_held(signs, found);
  add_unheard(signs, settings, found);
  return found;
}

}  // namespace gateway::operations
