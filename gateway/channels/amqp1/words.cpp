#include "gateway/channels/amqp1/words.h"

#include <algorithm>
#include <array>
#include <proton/condition.h>
#include <proton/delivery.h>
#include <proton/disposition.h>

#include "gateway/channels/amqp1/raw.h"
#include "gateway/channels/queues/words.h"

namespace gateway::channels::amqp1 {

using queues::broker_fault;
using queues::Fate;
using queues::Verdict;

namespace {

constexpr const char* unauthorized = "amqp:unauthorized-access";
constexpr const char* too_large = "amqp:link:message-size-exceeded";

std::string text(const char* words) { return words == nullptr ? std::string() : words; }

// The condition of a rejection, which the receiver may leave out (AMQP 1.0 part 3 §3.4.3).
std::string condition_of(const proton::tracker& tracker) {
  pn_condition_t* condition = pn_disposition_condition(pn_delivery_remote(raw(tracker)));
  const std::string name = text(pn_condition_get_name(condition)),
                    words = text(pn_condition_get_description(condition));
  if (name.empty() && words.empty()) return "rejected";
  return name.empty() || words.empty() ? name + words : name + ": " + words;
}

}  // namespace

std::string detail(const proton::error_condition& said) {
  const std::string words = said.what();
  if (words.find("certificate verify failed") != std::string::npos) {
    return "its certificate is not trusted, see ca; or it is not for this host name";
  }
  if (words.find("local-idle-timeout") != std::string::npos) return "it has fallen silent (no heartbeat)";
  return words.empty() ? "the connection was closed" : words;
}

base::Fault not_opened(const Peer& peer, const proton::error_condition& said) {
  if (said.name() == unauthorized) return queues::login_refused(peer.address, peer.user, said.description());
  return queues::unreachable(peer.address, detail(said));
}

base::Fault closed(const Peer& peer, const proton::error_condition& said) {
  if (said.name() != unauthorized && said.name() != "amqp:not-found") {
    return queues::unreachable(peer.address, detail(said));
  }
  return broker_fault("amqp.vhost", peer.address,
                      "消息服务器 " + peer.address + " 上没有这个虚拟主机，或用户 " + peer.user + " 无权使用它（" +
                          said.what() + "）；请检查 url 中的虚拟主机。",
                      "The broker at " + peer.address + " has no such vhost, or none for user " + peer.user + " (" +
                          said.what() + "); check the vhost in the url.");
}

base::Fault no_address(const Peer& peer, const std::string& address, const std::string& said) {
  return broker_fault("amqp.address", peer.address,
                      "消息服务器 " + peer.address + " 上不能向地址 " + address + " 发送（" + said +
                          "）；请先建立它，或更正该口岸的 address。",
                      "Nothing can be sent to address " + address + " at " + peer.address + " (" + said +
                          "); set it up, or correct the port's address.");
}

bool is_of_the_address(const proton::error_condition& said) {
  // AMQP 1.0 part 2 §2.8.15.
  constexpr std::array<std::string_view, 8> conditions{
      "amqp:not-found",       "amqp:unauthorized-access", "amqp:precondition-failed", "amqp:invalid-field",
      "amqp:not-implemented", "amqp:not-allowed",         "amqp:resource-deleted",    "amqp:resource-locked"};
  return std::ranges::find(conditions, said.name()) != conditions.end();
}

Verdict verdict_of(const proton::tracker& tracker) {
  switch (tracker.state()) {
    case proton::transfer::ACCEPTED:
      return {Fate::confirmed, "accepted"};
    case proton::transfer::REJECTED: {
      const std::string said = condition_of(tracker);
      return {Fate::refused, "消息服务器拒收（rejected）：" + said + " | the broker rejected it: " + said};
    }
    case proton::transfer::RELEASED:
      return {Fate::never_left,
              "消息服务器退回（released），未处理，也不会处理 | the broker released it: it was not and will not be "
              "processed"};
    case proton::transfer::MODIFIED:
      return {Fate::lost,
              "消息服务器退回（modified），是否到达不明 | the broker gave it back as modified; whether it arrived is "
              "not known"};
    default:
      return {Fate::lost, "消息服务器结算而未说明结果 | the broker settled it without an outcome"};
  }
}

Verdict verdict_of_ended(const proton::error_condition& said, Company company) {
  if (said.name() == too_large && company == Company::alone) {
    return {Fate::refused,
            "超过消息服务器的消息上限：" + said.what() + " | it is over the broker's limit: " + said.what()};
  }
  return queues::lost(detail(said));
}

}  // namespace gateway::channels::amqp1
