#include "gateway/channels/amqp/words.h"

namespace gateway::channels::amqp {

namespace {

base::Fault fault(std::string code, const std::string& address, std::string zh, std::string en) {
  return {.code = std::move(code), .path = address, .zh = std::move(zh), .en = std::move(en), .source = {}};
}

std::string said(int code, amqp_bytes_t words) { return std::to_string(code) + " " + text(words); }

}  // namespace

std::string text(amqp_bytes_t bytes) { return {static_cast<const char*>(bytes.bytes), bytes.len}; }

// The library writes into none of them.
amqp_bytes_t bytes(const std::string& text) { return {text.size(), const_cast<char*>(text.data())}; }

base::Fault unreachable(const std::string& address, const std::string& detail) {
  return fault("amqp.unreachable", address, "无法连接消息服务器 " + address + "：" + detail + "；稍后会再试。",
               "The broker at " + address + " cannot be reached: " + detail + "; this is tried again.");
}

base::Fault closed(const Peer& peer, const amqp_connection_close_t& close) {
  const std::string words = said(close.reply_code, close.reply_text);
  if (close.reply_code == AMQP_ACCESS_REFUSED) {
    return fault("amqp.login", peer.address,
                 "消息服务器 " + peer.address + " 拒绝用户 " + peer.user + " 登录（" + words +
                     "）；请检查该口岸的 user 和 password。",
                 "The broker at " + peer.address + " refused the login of user " + peer.user + " (" + words +
                     "); check user and password of this port.");
  }
  if (close.reply_code == AMQP_NOT_ALLOWED) {
    return fault("amqp.vhost", peer.address,
                 "消息服务器 " + peer.host + " 上没有虚拟主机 " + peer.vhost + "，或用户 " + peer.user +
                     " 无权使用它（" + words + "）；请检查 url 中的虚拟主机。",
                 "The broker at " + peer.host + " has no vhost " + peer.vhost + ", or none for user " + peer.user +
                     " (" + words + "); check the vhost in the url.");
  }
  return unreachable(peer.address, words);
}

base::Fault not_opened(const Peer& peer, const amqp_rpc_reply_t& reply) {
  if (reply.reply_type == AMQP_RESPONSE_SERVER_EXCEPTION && reply.reply.id == AMQP_CONNECTION_CLOSE_METHOD) {
    return closed(peer, *static_cast<const amqp_connection_close_t*>(reply.reply.decoded));
  }
  return unreachable(peer.address, detail(reply));
}

base::Fault no_exchange(const Peer& peer, const std::string& exchange, const std::string& words) {
  return fault("amqp.exchange", peer.address,
               "消息服务器 " + peer.address + " 上不能使用交换机 " + exchange + "（" + words +
                   "）；请先声明它，或更正该口岸的 exchange。",
               "Exchange " + exchange + " at " + peer.address + " cannot be used (" + words +
                   "); declare it, or correct the port's exchange.");
}

base::Fault no_queue(const Peer& peer, const std::string& queue, const std::string& words) {
  return fault("amqp.queue", peer.address,
               "消息服务器 " + peer.address + " 上不能读取队列 " + queue + "（" + words +
                   "）；请先声明它，或更正该口岸的 queue。",
               "Queue " + queue + " at " + peer.address + " cannot be read (" + words +
                   "); declare it, or correct the port's queue.");
}

base::Fault too_large(const Peer& peer, const std::string& queue, std::uint64_t size, std::size_t most_bytes) {
  const std::string is = std::to_string(size), most = std::to_string(most_bytes);
  return fault("amqp.too_large", peer.address,
               "队列 " + queue + " 中有一条 " + is + " 字节的消息，超过上限 " + most +
                   " 字节；它未被取走，仍在队列中，请人工处理。",
               "A message of " + is + " bytes on queue " + queue + " is over the limit of " + most +
                   "; it was not taken and stays on the queue, take it off by hand.");
}

std::string detail(int status) {
  switch (status) {
    case AMQP_STATUS_SSL_HOSTNAME_VERIFY_FAILED:
      return "its certificate is not for this host name";
    case AMQP_STATUS_SSL_PEER_VERIFY_FAILED:
      return "its certificate is not trusted; see ca";
    case AMQP_STATUS_HEARTBEAT_TIMEOUT:
      return "it has fallen silent (no heartbeat)";
    case AMQP_STATUS_CONNECTION_CLOSED:
      return "the connection was closed";
    default:
      return amqp_error_string2(status);
  }
}

std::string detail(const amqp_rpc_reply_t& reply) {
  if (reply.reply_type == AMQP_RESPONSE_LIBRARY_EXCEPTION) return detail(reply.library_error);
  if (reply.reply_type != AMQP_RESPONSE_SERVER_EXCEPTION) return "no answer";
  if (reply.reply.id == AMQP_CHANNEL_CLOSE_METHOD) {
    const auto* close = static_cast<const amqp_channel_close_t*>(reply.reply.decoded);
    return said(close->reply_code, close->reply_text);
  }
  const auto* close = static_cast<const amqp_connection_close_t*>(reply.reply.decoded);
  return said(close->reply_code, close->reply_text);
}

std::string line(const base::Fault& fault) { return fault.zh + " | " + fault.en; }

}  // namespace gateway::channels::amqp
