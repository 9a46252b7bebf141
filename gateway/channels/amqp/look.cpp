#include "gateway/channels/amqp/look.h"

#include <optional>
#include <set>

#include "gateway/channels/amqp/connection.h"
#include "gateway/channels/queues/words.h"

namespace gateway::channels::amqp {

namespace {

constexpr amqp_channel_t asking = 1;
constexpr amqp_boolean_t passive = 1, durable = 0, exclusive = 0, auto_delete = 0, internal = 0;

// A question that fails closes its channel, but not the connection.
std::optional<std::string> answer_to_last(Connection& connection) {
  auto words = connection.last_call(asking);
  if (words && !connection.is_over()) connection.open_channel(asking);
  return words;
}

Sighting named(const std::string& zh, const std::string& en, const std::string& name) {
  return {Sight::there, zh + " " + name, en + " " + name, "存在", "it is there"};
}

Sighting missing(Sighting thing, const base::Fault& why) {
  thing.sight = Sight::missing;
  thing.zh = why.zh;
  thing.en = why.en;
  return thing;
}

Sighting exchange_at(Connection& connection, const std::string& name) {
  const Sighting there = named("交换机", "exchange", name);
  amqp_exchange_declare(connection.state(), asking, bytes(name), amqp_cstring_bytes("direct"), passive, durable,
                        auto_delete, internal, amqp_empty_table);
  const auto words = answer_to_last(connection);
  if (!words) return there;
  return missing(there, connection.is_over() ? connection.trouble() : no_exchange(connection.peer(), name, *words));
}

Sighting queue_at(Connection& connection, const std::string& url, const std::string& name) {
  const Sighting there = named("队列", "queue", name);
  amqp_queue_declare(connection.state(), asking, bytes(name), passive, durable, exclusive, auto_delete,
                     amqp_empty_table);
  const auto words = answer_to_last(connection);
  if (!words) return there;
  return missing(there, connection.is_over() ? connection.trouble() : queues::no_queue(url, name, *words));
}

// The default exchange, which has no name, is always there: messages go to the queue that the routing key names.
std::set<std::string> exchanges_of(const config::Queues& names, const std::vector<std::string>& dxp_ids) {
  std::set<std::string> all;
  for (const std::string& dxp_id : dxp_ids) {
    if (!names.exchange.empty()) all.insert(config::named_for(names.exchange, dxp_id));
  }
  return all;
}

std::set<std::string> queues_of(const config::Queues& names, const std::vector<std::string>& dxp_ids) {
  std::set<std::string> all;
  for (const std::string& dxp_id : dxp_ids) {
    all.insert(config::named_for(names.queue, dxp_id));
    if (names.exchange.empty()) all.insert(config::named_for(names.routing_key, dxp_id));
  }
  return all;
}

}  // namespace

View look_at(const config::Port& port, const std::vector<std::string>& dxp_ids) {
  View view;
  Cutter cutter;
  const Sighting login{Sight::there, "登录 " + port.url, "login at " + port.url,
                       "用户 " + queues::login_name(port) + " 可以登录",
                       "user " + queues::login_name(port) + " is let in"};
  auto opened = Connection::open(port, cutter);
  if (!opened) {
    view.sightings.push_back(missing(login, opened.faults().front()));
    return view;
  }
  view.sightings.push_back(login);
  Connection& connection = **opened;
  if (const auto words = connection.open_channel(asking)) {
    view.sightings.push_back(missing(login, queues::unreachable(port.url, *words)));
    return view;
  }
  for (const std::string& name : exchanges_of(port.queues, dxp_ids)) {
    if (!connection.is_over()) view.sightings.push_back(exchange_at(connection, name));
  }
  for (const std::string& name : queues_of(port.queues, dxp_ids)) {
    if (!connection.is_over()) view.sightings.push_back(queue_at(connection, port.url, name));
  }
  if (port.queues.exchange.empty()) return view;
  view.sightings.push_back({Sight::hidden, "路由键 " + port.queues.routing_key,
                            "routing key " + port.queues.routing_key, "交换机是否为它绑定了队列，不发消息就看不到",
                            "whether the exchange has a queue for it only shows when a message is sent"});
  return view;
}

}  // namespace gateway::channels::amqp
