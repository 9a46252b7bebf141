// A plain, blocking AMQP client for tests: declares what a broker needs to have, puts messages on it and waits until
// they are confirmed, counts and takes what is there. Throws with the broker's words. One thread; lives no longer than
// its connection.
#pragma once

#include <amqp.h>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace tests {

struct AmqpLogin {
  int port = 0;
  std::string user, password, vhost;
};

struct AmqpMessage {
  std::string body, message_id, type, content_type, app_id, sender;
  int delivery_mode = 0;
};

class BareAmqp {
 public:
  explicit BareAmqp(const AmqpLogin& login);
  ~BareAmqp();
  BareAmqp(const BareAmqp&) = delete;
  BareAmqp& operator=(const BareAmqp&) = delete;

  void declare_exchange(const std::string& name);
  // Durable; the arguments are words, or numbers where the text is one.
  void declare_queue(const std::string& name, const std::map<std::string, std::string>& arguments = {});
  void bind(const std::string& queue, const std::string& exchange, const std::string& routing_key);
  void remove_queue(const std::string& name);
  void publish(const std::string& exchange, const std::string& routing_key, const std::string& body);
  // The same body so often, at most `most_open` of them not yet confirmed.
  void publish_many(const std::string& exchange, const std::string& routing_key, const std::string& body,
                    std::size_t count, std::size_t most_open);
  std::size_t count(const std::string& queue);  // of those that wait for a consumer
  std::size_t consumers(const std::string& queue);
  std::optional<AmqpMessage> take(const std::string& queue);  // nothing: the queue is empty

 private:
  void check(const std::string& doing) const;
  amqp_queue_declare_ok_t look_at(const std::string& queue);

  amqp_connection_state_t state_;
  std::uint64_t published_ = 0;
};

}  // namespace tests
