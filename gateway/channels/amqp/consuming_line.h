// The connection of a consumer and the thread it lives on. What the queues have handed over stands in the book, between
// that thread and those who ask; everything else is the thread's.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>

#include "gateway/channels/amqp/assembly.h"
#include "gateway/channels/amqp/connection.h"
#include "gateway/channels/amqp/consumer.h"
#include "gateway/channels/amqp/line_thread.h"
#include "gateway/channels/queues/reconnect_pause.h"

namespace gateway::channels::amqp {

class ConsumingLine {
 public:
  ConsumingLine(const config::Port& port, const queues::ConsumerLimits& limits);

  // As the book has it.
  std::optional<queues::Bodies> take(const std::string& queue, const std::shared_ptr<queues::Arrival>& arrival);
  queues::Bodies take_at_last(const std::string& queue);
  void acknowledge(const std::string& queue);
  queues::LineState state() const { return state_.now(); }
  const queues::ConsumerLimits& limits() const { return book_.limits(); }

 private:
  struct Arriving {
    Assembly assembly;
    queues::Room room = queues::Room::never;
  };

  void turn();
  std::chrono::milliseconds rest() const;
  bool is_connected();
  void open_wanted();
  void open(queues::Number queue, const std::string& name);
  std::optional<std::string> consume(amqp_channel_t channel, const std::string& name);
  void leave_unasked();
  void say_acknowledgements();
  void acknowledge(amqp_channel_t channel, const queues::Acknowledgement& all);
  void hear_all();
  void hear(const amqp_frame_t& frame);
  void hear_method(amqp_channel_t channel, const amqp_method_t& method);
  void hear_header(amqp_channel_t channel, std::uint64_t bytes);
  void put(amqp_channel_t channel);
  void queue_closed(amqp_channel_t channel, const std::string& words);
  void end_connection();

  const config::Port port_;
  queues::QueueBook book_;  // each queue has the channel of its number
  queues::SaidState state_;

  std::unique_ptr<Connection> connection_;
  queues::ReconnectPause pause_;
  base::Fault trouble_;  // why there is none
  std::map<amqp_channel_t, Arriving> arriving_;
  LineThread thread_;
};

}  // namespace gateway::channels::amqp
