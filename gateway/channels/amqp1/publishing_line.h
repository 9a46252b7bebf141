// The connection of a publisher and the thread it lives on: takes calls from any thread, sends each by the link of its
// address, follows what the peer says of it, answers the call.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <proton/messaging_handler.hpp>
#include <proton/sender.hpp>
#include <proton/session.hpp>
#include <proton/tracker.hpp>
#include <string>

#include "gateway/channels/amqp1/line_thread.h"
#include "gateway/channels/amqp1/publisher.h"
#include "gateway/channels/queues/publish_call.h"

struct pn_delivery_t;

namespace gateway::channels::amqp1 {

using PublishCall = queues::PublishCall<Publication>;

class PublishingLine final : proton::messaging_handler {
 public:
  explicit PublishingLine(const config::Port& port);

  void take(const std::shared_ptr<PublishCall>& call);
  std::chrono::milliseconds longest() const { return port_.timeout; }
  queues::LineState state() const { return state_.now(); }

 private:
  using Calls = std::deque<std::shared_ptr<PublishCall>>;

  struct Target {
    proton::session session;
    proton::sender sender;
    Calls waiting;
  };
  struct UnderWay {
    std::string address;
    std::shared_ptr<PublishCall> call;
  };

  bool has_calls() const;
  Calls taken();
  void turn();
  void publish(const std::shared_ptr<PublishCall>& call);
  Target* target_for(const std::string& address);
  void flush(Target& target);
  void send(Target& target, const std::shared_ptr<PublishCall>& call);
  void pass_over_withdrawn(const std::string& address, Target& target);
  std::string address_of(const proton::sender& sender) const;
  void decide(proton::tracker& tracker);
  void end_target(const std::string& address, const proton::error_condition& why);
  void ended(const base::Fault& why);

  void on_sendable(proton::sender& sender) override;
  void on_tracker_accept(proton::tracker& tracker) override { decide(tracker); }
  void on_tracker_reject(proton::tracker& tracker) override { decide(tracker); }
  void on_tracker_release(proton::tracker& tracker) override { decide(tracker); }
  void on_tracker_settle(proton::tracker& tracker) override { decide(tracker); }
  void on_sender_detach(proton::sender& sender) override { on_sender_close(sender); }
  void on_sender_close(proton::sender& sender) override;
  void on_session_close(proton::session& session) override;
  void on_error(const proton::error_condition&) override {}  // on…close says it

  const config::Port port_;
  const Peer peer_;
  mutable std::mutex mutex_;  // for what other threads see
  Calls inbox_;
  queues::SaidState state_;

  proton::connection connection_;
  std::map<std::string, Target> targets_;  // by address
  std::map<pn_delivery_t*, UnderWay> under_way_;
  LineThread thread_;
};

}  // namespace gateway::channels::amqp1
