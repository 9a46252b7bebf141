#include "tests/support/bare_amqp.h"

#include <amqp_tcp_socket.h>
#include <set>
#include <stdexcept>
#include <vector>

#include "gateway/channels/amqp/table.h"
#include "gateway/channels/amqp/words.h"

namespace tests {

using gateway::channels::amqp::bytes;
using gateway::channels::amqp::detail;
using gateway::channels::amqp::number_entry;
using gateway::channels::amqp::text;
using gateway::channels::amqp::text_entry;

namespace {

constexpr amqp_channel_t channel = 1;

void require(const amqp_rpc_reply_t& reply, const std::string& doing) {
  if (reply.reply_type != AMQP_RESPONSE_NORMAL) throw std::runtime_error(doing + ": " + detail(reply));
}

amqp_table_entry_t entry(const std::string& name, const std::string& value) {
  const bool is_number = value.find_first_not_of("0123456789") == std::string::npos;
  if (is_number) return number_entry(name.c_str(), std::stoll(value));
  return text_entry(name.c_str(), value);
}

amqp_basic_properties_t persistent() {
  amqp_basic_properties_t properties{};
  properties._flags = AMQP_BASIC_DELIVERY_MODE_FLAG;
  properties.delivery_mode = 2;
  return properties;
}

std::string header(const amqp_basic_properties_t& properties, const std::string& name) {
  if ((properties._flags & AMQP_BASIC_HEADERS_FLAG) == 0) return {};
  for (int i = 0; i < properties.headers.num_entries; ++i) {
    const auto& one = properties.headers.entries[i];
    if (text(one.key) == name) return text(one.value.value.bytes);
  }
  return {};
}

}  // namespace

BareAmqp::BareAmqp(const AmqpLogin& login) : state_(amqp_new_connection()) {
  amqp_socket_t* socket = amqp_tcp_socket_new(state_);
  const timeval longest{5, 0};
  amqp_set_handshake_timeout(state_, &longest);
  if (amqp_socket_open_noblock(socket, "127.0.0.1", login.port, &longest) != AMQP_STATUS_OK) {
    amqp_destroy_connection(state_);
    throw std::runtime_error("no connection to the broker");
  }
  const auto reply = amqp_login(state_, login.vhost.c_str(), 0, 131072, 0, AMQP_SASL_METHOD_PLAIN, login.user.c_str(),
                                login.password.c_str());
  if (reply.reply_type != AMQP_RESPONSE_NORMAL) {
    const std::string words = detail(reply);
    amqp_destroy_connection(state_);
    throw std::runtime_error("login: " + words);
  }
  amqp_channel_open(state_, channel);
  check("opening a channel");
  amqp_confirm_select(state_, channel);
  check("asking for confirms");
}

BareAmqp::~BareAmqp() { amqp_destroy_connection(state_); }

void BareAmqp::check(const std::string& doing) const { require(amqp_get_rpc_reply(state_), doing); }

void BareAmqp::declare_exchange(const std::string& name) {
  amqp_exchange_declare(state_, channel, bytes(name), amqp_cstring_bytes("direct"), 0, 1, 0, 0, amqp_empty_table);
  check("declaring exchange " + name);
}

void BareAmqp::declare_queue(const std::string& name, const std::map<std::string, std::string>& arguments) {
  std::vector<amqp_table_entry_t> entries;
  for (const auto& [key, value] : arguments) entries.push_back(entry(key, value));
  const amqp_table_t table{static_cast<int>(entries.size()), entries.data()};
  amqp_queue_declare(state_, channel, bytes(name), 0, 1, 0, 0, table);
  check("declaring queue " + name);
}

void BareAmqp::bind(const std::string& queue, const std::string& exchange, const std::string& routing_key) {
  amqp_queue_bind(state_, channel, bytes(queue), bytes(exchange), bytes(routing_key), amqp_empty_table);
  check("binding queue " + queue);
}

void BareAmqp::remove_queue(const std::string& name) {
  amqp_queue_delete(state_, channel, bytes(name), 0, 0);
  check("removing queue " + name);
}

void BareAmqp::publish(const std::string& exchange, const std::string& routing_key, const std::string& body) {
  publish_many(exchange, routing_key, body, 1, 1);
}

amqp_queue_declare_ok_t BareAmqp::look_at(const std::string& queue) {
  const auto* found = amqp_queue_declare(state_, channel, bytes(queue), 1, 0, 0, 0, amqp_empty_table);
  check("looking at queue " + queue);
  const auto seen = *found;
  amqp_maybe_release_buffers(state_);
  return seen;
}

std::size_t BareAmqp::count(const std::string& queue) { return look_at(queue).message_count; }

std::size_t BareAmqp::consumers(const std::string& queue) { return look_at(queue).consumer_count; }

std::optional<AmqpMessage> BareAmqp::take(const std::string& queue) {
  const auto reply = amqp_basic_get(state_, channel, bytes(queue), 1);
  require(reply, "taking from queue " + queue);
  if (reply.reply.id == AMQP_BASIC_GET_EMPTY_METHOD) return std::nullopt;
  amqp_message_t message;
  require(amqp_read_message(state_, channel, &message, 0), "reading from queue " + queue);
  const auto& properties = message.properties;
  AmqpMessage taken{.body = text(message.body),
                    .message_id = text(properties.message_id),
                    .type = text(properties.type),
                    .content_type = text(properties.content_type),
                    .app_id = text(properties.app_id),
                    .sender = header(properties, "sender"),
                    .delivery_mode = properties.delivery_mode};
  amqp_destroy_message(&message);
  amqp_maybe_release_buffers(state_);
  return taken;
}

void BareAmqp::publish_many(const std::string& exchange, const std::string& routing_key, const std::string& body,
                            std::size_t count, std::size_t most_open) {
  const auto properties = persistent();
  std::set<std::uint64_t> open;
  const std::uint64_t last = published_ + count;
  while (published_ < last || !open.empty()) {
    for (; published_ < last && open.size() < most_open; open.insert(++published_)) {
      const int status =
          amqp_basic_publish(state_, channel, bytes(exchange), bytes(routing_key), 0, 0, &properties, bytes(body));
      if (status != AMQP_STATUS_OK) throw std::runtime_error(detail(status));
    }
    amqp_frame_t frame;
    if (amqp_simple_wait_frame(state_, &frame) != AMQP_STATUS_OK) throw std::runtime_error("no confirm");
    if (frame.payload.method.id != AMQP_BASIC_ACK_METHOD) throw std::runtime_error("not confirmed");
    const auto* ack = static_cast<amqp_basic_ack_t*>(frame.payload.method.decoded);
    const auto first = ack->multiple != 0 ? open.begin() : open.lower_bound(ack->delivery_tag);
    open.erase(first, open.upper_bound(ack->delivery_tag));
    amqp_maybe_release_buffers(state_);
  }
}

}  // namespace tests
