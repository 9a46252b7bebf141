// The connection of a publisher and the thread it lives on: takes calls from any thread, publishes, follows what the
// broker says, answers the calls.
#pragma once

#include <atomic>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <set>

#include "gateway/channels/amqp/assembly.h"
#include "gateway/channels/amqp/confirm_window.h"
#include "gateway/channels/amqp/connection.h"
#include "gateway/channels/amqp/late_answer.h"
#include "gateway/channels/amqp/line_thread.h"
#include "gateway/channels/amqp/publisher.h"
#include "gateway/channels/amqp/reconnect_pause.h"

namespace gateway::channels::amqp {

class PublishCall {
 public:
  PublishCall(Publication what, const boost::asio::any_io_executor& home, std::chrono::milliseconds longest)
      : publication(std::move(what)), answer(std::make_shared<LateAnswer<Verdict>>(home, longest)) {}

  // Of both exactly one counts: what leaves can no more be withdrawn.
  bool leave() { return move_to(Stage::left); }
  void withdraw() { move_to(Stage::withdrawn); }
  bool has_left() const { return stage_ == Stage::left; }

  const Publication publication;
  const std::shared_ptr<LateAnswer<Verdict>> answer;

 private:
  enum class Stage { waits, left, withdrawn };

  bool move_to(Stage stage) {
    Stage waits = Stage::waits;
    return stage_.compare_exchange_strong(waits, stage);
  }

  std::atomic<Stage> stage_{Stage::waits};
};

class PublishingLine {
 public:
  explicit PublishingLine(const config::Port& port);

  void take(const std::shared_ptr<PublishCall>& call);
  std::chrono::milliseconds longest() const { return port_.timeout; }
  LineState state() const;

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
  void lose_all(const Verdict& verdict);
  void end_connection();
  void say(LineState state);
  void say_that_it_takes();

  const config::Port port_;
  mutable std::mutex mutex_;  // for what other threads see: the two below
  Calls inbox_;
  LineState state_;

  std::unique_ptr<Connection> connection_;
  ReconnectPause pause_;
  ConfirmWindow window_;
  std::map<std::uint64_t, std::shared_ptr<PublishCall>> under_way_;
  std::set<std::string> exchanges_;  // that are there
  Assembly returned_;
  std::string returned_words_;
  std::string blocked_;  // the broker takes nothing now: why
  LineThread thread_;
};

}  // namespace gateway::channels::amqp
