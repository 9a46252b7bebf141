#include "gateway/channels/amqp/consuming_line.h"

#include <algorithm>
#include <utility>

#include "gateway/channels/queues/words.h"

namespace gateway::channels::amqp {

using queues::Acknowledgement;
using queues::line;
using queues::Number;
using queues::Room;
using queues::Standing;

namespace {

constexpr std::chrono::milliseconds longest_rest{1000};  // heartbeats are seen to that often

}  // namespace

ConsumingLine::ConsumingLine(const config::Port& port, const queues::ConsumerLimits& limits)
    : port_{port}, book_{limits} {
  trouble_ = queues::unreachable(port.url, "connecting");
  thread_.start([this] { turn(); }, [this] { say_acknowledgements(); });
}

std::optional<queues::Bodies> ConsumingLine::take(const std::string& queue,
                                                  const std::shared_ptr<queues::Arrival>& arrival) {
  auto there = book_.take(queue, arrival);
  if (!there) thread_.waker().wake();
  return there;
}

queues::Bodies ConsumingLine::take_at_last(const std::string& queue) {
  return book_.take_at_last(queue, queues::unreachable(port_.url, state_.now().words));
}

void ConsumingLine::acknowledge(const std::string& queue) {
  book_.acknowledge(queue);
  thread_.waker().wake();
}

void ConsumingLine::turn() {
  thread_.waker().wait(connection_ ? connection_->socket() : -1, rest());
  say_acknowledgements();
  hear_all();
  leave_unasked();
  hear_all();  // what was under way on channels that were left: their numbers may be used again
  open_wanted();
  hear_all();
  book_.tell_waiting();
}

// What is asked for while the broker is left alone is tried as soon as that is over.
std::chrono::milliseconds ConsumingLine::rest() const {
  const auto left = pause_.left(std::chrono::steady_clock::now());
  const bool is_left_alone = !connection_ && left > std::chrono::milliseconds::zero();
  return is_left_alone ? std::min(longest_rest, left) : longest_rest;
}

bool ConsumingLine::is_connected() {
  if (connection_) return true;
  if (!pause_.is_over(std::chrono::steady_clock::now())) return false;
  auto opened = Connection::open(port_, thread_.cutter());
  if (!opened) {
    trouble_ = opened.faults().front();
    pause_.failed(std::chrono::steady_clock::now());
    state_.say({Standing::down, line(trouble_)});
    return false;
  }
  connection_ = std::move(opened).value();
  pause_.succeeded();
  state_.say(queues::connected());
  return true;
}

void ConsumingLine::open_wanted() {
  if (!connection_ && !pause_.is_over(std::chrono::steady_clock::now())) return;
  for (const auto& [queue, name] : book_.wanted()) {
    if (is_connected()) {
      open(queue, name);
    } else {
      book_.close(queue, trouble_);
    }
  }
}

void ConsumingLine::open(Number queue, const std::string& name) {
  const auto words = consume(queue, name);
  if (!words) {
    book_.opened(queue);
    return state_.say(queues::connected());
  }
  const bool is_the_queue = !connection_->is_over();
  const auto trouble = is_the_queue ? queues::no_queue(port_.url, name, *words) : connection_->trouble();
  state_.say({Standing::down, line(trouble)});
  book_.close(queue, trouble);
}

std::optional<std::string> ConsumingLine::consume(amqp_channel_t channel, const std::string& name) {
  if (connection_->is_over()) return "the connection broke";
  if (auto words = connection_->open_channel(channel)) return words;
  const auto ahead = static_cast<std::uint16_t>(book_.most_ahead());
  constexpr amqp_boolean_t global = 0, no_local = 0, no_ack = 0, exclusive = 0;
  amqp_basic_qos(connection_->state(), channel, 0, ahead, global);
  if (auto words = connection_->last_call(channel)) return words;
  amqp_basic_consume(connection_->state(), channel, bytes(name), amqp_empty_bytes, no_local, no_ack, exclusive,
                     amqp_empty_table);
  return connection_->last_call(channel);
}

void ConsumingLine::leave_unasked() {
  for (const Number queue : book_.leave_unasked()) {
    if (connection_ && !connection_->is_over()) connection_->close_channel(queue);
  }
}

void ConsumingLine::say_acknowledgements() {
  for (const auto& [queue, some] : book_.unsaid()) acknowledge(queue, some);
}

void ConsumingLine::acknowledge(amqp_channel_t channel, const Acknowledgement& all) {
  if (!connection_ || connection_->is_over()) return;
  constexpr amqp_boolean_t this_one = 0, all_up_to_it = 1, back_to_the_queue = 1;
  int status = AMQP_STATUS_OK;
  const auto keep_failure = [&status](int said) { status = status == AMQP_STATUS_OK ? said : status; };
  const auto state = connection_->state();
  if (all.all_up_to != 0) keep_failure(amqp_basic_ack(state, channel, all.all_up_to, all_up_to_it));
  for (const queues::Tag tag : all.alone) keep_failure(amqp_basic_ack(state, channel, tag, this_one));
  for (const queues::Tag tag : all.back)
    keep_failure(amqp_basic_nack(state, channel, tag, this_one, back_to_the_queue));
  if (status != AMQP_STATUS_OK) connection_->fail(status);
}

void ConsumingLine::hear_all() {
  if (!connection_) return;
  amqp_frame_t frame;
  while (connection_->hear(frame) == Heard::frame) hear(frame);
  if (connection_->is_over()) end_connection();
}

void ConsumingLine::hear(const amqp_frame_t& frame) {
  switch (frame.frame_type) {
    case AMQP_FRAME_METHOD:
      return hear_method(frame.channel, frame.payload.method);
    case AMQP_FRAME_HEADER:
      return hear_header(frame.channel, frame.payload.properties.body_size);
    case AMQP_FRAME_BODY:
      arriving_[frame.channel].assembly.add(text(frame.payload.body_fragment));
      return put(frame.channel);
    default:
      return;
  }
}

void ConsumingLine::hear_method(amqp_channel_t channel, const amqp_method_t& method) {
  switch (method.id) {
    case AMQP_BASIC_DELIVER_METHOD:
      return arriving_[channel].assembly.begin(static_cast<const amqp_basic_deliver_t*>(method.decoded)->delivery_tag);
    case AMQP_BASIC_CANCEL_METHOD:
      queue_closed(channel, "it was removed");
      return connection_->close_channel(channel);
    case AMQP_CHANNEL_CLOSE_METHOD: {
      const auto* closed = static_cast<const amqp_channel_close_t*>(method.decoded);
      queue_closed(channel, std::to_string(closed->reply_code) + " " + text(closed->reply_text));
      return connection_->accept_close(channel);
    }
    default:
      return;
  }
}

void ConsumingLine::hear_header(amqp_channel_t channel, std::uint64_t size) {
  Arriving& arriving = arriving_[channel];
  arriving.room = book_.room_for(channel, size);
  arriving.assembly.announce(size, arriving.room == Room::now ? Keeping::body : Keeping::nothing);
  put(channel);
}

void ConsumingLine::put(amqp_channel_t channel) {
  auto& [assembly, room] = arriving_[channel];
  if (!assembly.is_whole()) return;
  switch (room) {
    case Room::now:
      return book_.keep(channel, assembly.tag(), assembly.take());
    case Room::later:
      return book_.put_off(channel, assembly.tag());
    case Room::never:
      return book_.leave_out(
          channel, assembly.tag(),
          queues::too_large(port_.url, book_.name_of(channel), assembly.size(), limits().most_bytes));
  }
}

void ConsumingLine::queue_closed(amqp_channel_t channel, const std::string& words) {
  const auto trouble = queues::no_queue(port_.url, book_.name_of(channel), words);
  state_.say({Standing::down, line(trouble)});
  book_.close(channel, trouble);
}

void ConsumingLine::end_connection() {
  trouble_ = connection_->trouble();
  connection_.reset();
  arriving_.clear();
  pause_.failed(std::chrono::steady_clock::now());
  state_.say({Standing::down, line(trouble_)});
  book_.close_open(trouble_);
}

}  // namespace gateway::channels::amqp
