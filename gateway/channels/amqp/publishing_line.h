// The connection of a publisher and the thread it lives on: takes calls from any thread, publishes, follows what the
// broker says, answers the calls.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <set>

#include "gateway/channels/amqp/assembly.h"
#include "gateway/channels/amqp/confirm_window.h"
#include "gateway/channels/amqp/connection.h"
#include "gateway/channels/amqp/line_thread.h"
#include "gateway/channels/amqp/publisher.h"
#include "gateway/channels/queues/publish_call.h"
#include "gateway/channels/queues/reconnect_pause.h"

namespace gateway::channels::amqp {

using PublishCall = queues::PublishCall<Publication>;

class PublishingLine {
 public:
  explicit PublishingLine(const config::Port& port);

  void take(const std::shared_ptr<PublishCall>& call);
  std::chrono::milliseconds longest() const { return port_.timeout; }
  queues::LineState state() const { return state_.now(); }

 private:
  using Calls = std::deque<std::shared_ptr<PublishCall>>;

  void turn();
  std::chrono::milliseconds rest() const;
  void publish_waiting();
  void publish(const std::shared_ptr<PublishCall>& call);
  bool is_ready();
  std::optional<base::Fault> open();
  std::optional<base::Fault> look_for(const std::string& exchange);
  void hear_all();
  void hear(const amqp_frame_t& frame);
  void hear_method(amqp_channel_t channel, const amqp_method_t& method);
  void hear_header(const amqp_frame_t& frame);
  void channel_closed(const amqp_channel_close_t& close);
  void settle(std::uint64_t number, Reach reach, Word word);
  void lose_all(const queues::Verdict& verdict);
  void end_connection();
  void say_that_it_takes();

  const config::Port port_;
  mutable std::mutex mutex_;  // for what other threads see
  Calls inbox_;
  queues::SaidState state_;

  std::unique_ptr<Connection> connection_;
  queues::ReconnectPause pause_;
  ConfirmWindow window_;
  std::map<std::uint64_t, std::shared_ptr<PublishCall>> under_way_;
  std::set<std::string> exchanges_;  // that are there
  Assembly returned_;
  std::string returned_words_;
  std::string blocked_;  // the broker takes nothing now: why
  LineThread thread_;
};

}  // namespace gateway::channels::amqp
