#include "gateway/channels/amqp/words.h"

#include "gateway/channels/queues/words.h"

namespace gateway::channels::amqp {

namespace {

std::string said(int code, amqp_bytes_t words) { return std::to_string(code) + " " + text(words); }

}  // namespace

std::string text(amqp_bytes_t bytes) { return {static_cast<const char*>(bytes.bytes), bytes.len}; }

// The library writes into none of them.
amqp_bytes_t bytes(const std::string& text) { return {text.size(), const_cast<char*>(text.data())}; }

base::Fault closed(const Peer& peer, const amqp_connection_close_t& close) {
  const std::string words = said(close.reply_code, close.reply_text);
  if (close.reply_code == AMQP_ACCESS_REFUSED) {
    return queues::login_refused(peer.address, peer.user, words);
  }
  if (close.reply_code == AMQP_NOT_ALLOWED) {
    return queues::broker_fault("amqp.vhost", peer.address,
                                "消息服务器 " + peer.host + " 上没有虚拟主机 " + peer.vhost + "，或用户 " + peer.user +
                                    " 无权使用它（" + words + "）；请检查 url 中的虚拟主机。",
                                "The broker at " + peer.host + " has no vhost " + peer.vhost + ", or none for user " +
                                    peer.user + " (" + words + "); check the vhost in the url.");
  }
  return queues::unreachable(peer.address, words);
}

base::Fault not_opened(const Peer& peer, const amqp_rpc_reply_t& reply) {
  if (reply.reply_type == AMQP_RESPONSE_SERVER_EXCEPTION && reply.reply.id == AMQP_CONNECTION_CLOSE_METHOD) {
    return closed(peer, *static_cast<const amqp_connection_close_t*>(reply.reply.decoded));
  }
  return queues::unreachable(peer.address, detail(reply));
}

base::Fault no_exchange(const Peer& peer, const std::string& exchange, const std::string& words) {
  return queues::broker_fault("amqp.exchange", peer.address,
                              "消息服务器 " + peer.address + " 上不能使用交换机 " + exchange + "（" + words +
                                  "）；请先声明它，或更正该口岸的 exchange。",
                              "Exchange " + exchange + " at " + peer.address + " cannot be used (" + words +
                                  "); declare it, or correct the port's exchange.");
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

}  // namespace gateway::channels::amqp
