// The connection of a consumer and the thread it lives on. What the queues have handed over stands between that thread
// and those who ask; everything else is the thread's.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>

#include "gateway/channels/amqp/assembly.h"
#include "gateway/channels/amqp/connection.h"
#include "gateway/channels/amqp/consumer.h"
#include "gateway/channels/amqp/late_answer.h"
#include "gateway/channels/amqp/line_thread.h"
#include "gateway/channels/amqp/reconnect_pause.h"
#include "gateway/channels/amqp/shelf.h"

namespace gateway::channels::amqp {

using Arrival = LateAnswer<base::Nothing>;  // something has come, or something is wrong
using Bodies = base::Result<std::vector<std::string>>;

class ConsumingLine {
 public:
  ConsumingLine(const config::Port& port, const ConsumerLimits& limits);

  // What is there, or nothing and `arrival` is told.
  std::optional<Bodies> take(const std::string& queue, const std::shared_ptr<Arrival>& arrival);
  Bodies take_at_last(const std::string& queue);  // the wait is over
  void acknowledge(const std::string& queue);
  LineState state() const;
  const ConsumerLimits& limits() const { return limits_; }

 private:
  using Time = std::chrono::steady_clock::time_point;
  enum class Stage { closed, wanted, open };

  struct Queue {
    Queue(amqp_channel_t number, std::size_t most_bytes) : channel(number), shelf(most_bytes) {}
    amqp_channel_t channel;
    Stage stage = Stage::closed;
    Shelf shelf;
    Time asked_at;
    std::optional<base::Fault> trouble;  // to be told once
    std::shared_ptr<Arrival> waiting;
    std::vector<Acknowledgement> unsaid;
  };

  struct Arriving {
    Assembly assembly;
    Room room = Room::never;
  };

  void turn();
  std::chrono::milliseconds rest() const;
  bool is_connected();
  void open_wanted();
  void open(const std::string& name, Queue& queue);
  std::optional<std::string> consume(const std::string& name, amqp_channel_t channel);
  void leave_unasked();
  void say_acknowledgements();
  void acknowledge(amqp_channel_t channel, const Acknowledgement& all);
  void hear_all();
  void hear(const amqp_frame_t& frame);
  void hear_method(amqp_channel_t channel, const amqp_method_t& method);
  void hear_header(amqp_channel_t channel, std::uint64_t bytes);
  void put(amqp_channel_t channel);
  void queue_closed(amqp_channel_t channel, const std::string& words);
  void tell_waiting();
  void end_connection();
  void close(Queue& queue, std::optional<base::Fault> trouble);
  std::pair<const std::string, Queue>* open_on(amqp_channel_t channel);
  Queue* named(const std::string& name);
  Bodies next_of(Queue& queue) const;

  const config::Port port_;
  const ConsumerLimits limits_;

  mutable std::mutex mutex_;  // for what other threads see: the two below
  std::map<std::string, Queue> queues_;
  LineState state_;

  std::unique_ptr<Connection> connection_;
  ReconnectPause pause_;
  base::Fault trouble_;  // why there is none
  std::map<amqp_channel_t, Arriving> arriving_;
  LineThread thread_;
};

}  // namespace gateway::channels::amqp
