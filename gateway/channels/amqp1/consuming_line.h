// The connection of a consumer and the thread it lives on. What the queues have handed over stands in the book, between
// that thread and those who ask; everything else is the thread's.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <proton/delivery.hpp>
#include <proton/messaging_handler.hpp>
#include <proton/receiver.hpp>
#include <proton/session.hpp>
#include <string>

#include "gateway/channels/amqp1/consumer.h"
#include "gateway/channels/amqp1/line_thread.h"

namespace gateway::channels::amqp1 {

class ConsumingLine final : proton::messaging_handler {
 public:
  ConsumingLine(const config::Port& port, const queues::ConsumerLimits& limits);

  // As the book has it.
  std::optional<queues::Bodies> take(const std::string& address, const std::shared_ptr<queues::Arrival>& arrival);
  queues::Bodies take_at_last(const std::string& address);
  void acknowledge(const std::string& address);
  queues::LineState state() const { return state_.now(); }
  const queues::ConsumerLimits& limits() const { return book_.limits(); }

 private:
  struct Source {
    proton::session session;
    proton::receiver receiver;
    std::map<queues::Tag, proton::delivery> held;  // neither accepted nor released
    queues::Tag last = 0;
  };
  using Sources = std::map<queues::Number, Source>;

  void turn();
  void open_wanted();
  void leave(queues::Number queue);
  void say_acknowledgements();
  void acknowledge(Source& source, const queues::Acknowledgement& all);
  Sources::iterator source_of(const proton::receiver& receiver);
  void end_source(queues::Number queue, const proton::error_condition& why);
  void ended(const base::Fault& why);

  void on_receiver_open(proton::receiver& receiver) override;
  void on_message(proton::delivery& delivery, proton::message& message) override;
  void on_receiver_detach(proton::receiver& receiver) override { on_receiver_close(receiver); }
  void on_receiver_close(proton::receiver& receiver) override;
  void on_session_close(proton::session& session) override;
  void on_error(const proton::error_condition&) override {}  // on…close says it

  const config::Port port_;
  queues::QueueBook book_;
  queues::SaidState state_;

  proton::connection connection_;
  Sources sources_;
  LineThread thread_;
};

}  // namespace gateway::channels::amqp1
