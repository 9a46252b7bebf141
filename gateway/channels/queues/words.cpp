#include "gateway/channels/queues/words.h"

#include <utility>

namespace gateway::channels::queues {

base::Fault broker_fault(std::string code, const std::string& address, std::string zh, std::string en) {
  return {.code = std::move(code), .path = address, .zh = std::move(zh), .en = std::move(en), .source = {}};
}

base::Fault unreachable(const std::string& address, const std::string& detail) {
  return broker_fault("amqp.unreachable", address, "无法连接消息服务器 " + address + "：" + detail + "；稍后会再试。",
                      "The broker at " + address + " cannot be reached: " + detail + "; this is tried again.");
}

std::string login_name(const config::Port& port) {
  return port.login == config::Login::certificate ? port.tls.certificate.string() : port.user;
}

base::Fault login_refused(const std::string& address, const std::string& user, const std::string& said) {
  return broker_fault("amqp.login", address,
                      "消息服务器 " + address + " 拒绝用户 " + user + " 登录（" + said +
                          "）；请检查该口岸的 user 和 password，或 certificate。",
                      "The broker at " + address + " refused the login of user " + user + " (" + said +
                          "); check user and password, or the certificate, of this port.");
}

base::Fault no_queue(const std::string& address, const std::string& queue, const std::string& said) {
  return broker_fault(
      "amqp.queue", address,
      "消息服务器 " + address + " 上不能读取队列 " + queue + "（" + said + "）；请先声明它，或更正该口岸的 queue。",
      "Queue " + queue + " at " + address + " cannot be read (" + said + "); declare it, or correct the port's queue.");
}

base::Fault too_large(const std::string& address, const std::string& queue, std::uint64_t bytes,
                      std::size_t most_bytes) {
  const std::string is = std::to_string(bytes), most = std::to_string(most_bytes);
  return broker_fault("amqp.too_large", address,
                      "队列 " + queue + " 中有一条 " + is + " 字节的消息，超过上限 " + most +
                          " 字节；它未被取走，仍在队列中，请人工处理。",
                      "A message of " + is + " bytes on queue " + queue + " is over the limit of " + most +
                          "; it was not taken and stays on the queue, take it off by hand.");
}

std::string line(const base::Fault& fault) { return fault.zh + " | " + fault.en; }

}  // namespace gateway::channels::queues
