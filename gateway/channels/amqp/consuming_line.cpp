#include "gateway/channels/amqp/consuming_line.h"

#include <algorithm>
#include <utility>

namespace gateway::channels::amqp {

namespace {

constexpr std::chrono::milliseconds longest_rest{1000};  // heartbeats are seen to that often
constexpr std::size_t most_queues = 2000;                // a broker gives 2047 channels
constexpr std::size_t least_ahead = 16;                  // messages that the broker sends ahead on one queue

LineState connected() { return {Standing::up, "已连接 | connected"}; }

base::Fault too_many(const std::string& queue) {
  const std::string most = std::to_string(most_queues);
  return {.code = "amqp.queues",
          .path = queue,
          .zh = "一个口岸最多读取 " + most + " 个队列；请将企业分到几个口岸。",
          .en = "One port reads at most " + most + " queues; spread the enterprises over several ports.",
          .source = {}};
}

}  // namespace

ConsumingLine::ConsumingLine(const config::Port& port, const ConsumerLimits& limits) : port_(port), limits_(limits) {
  trouble_ = unreachable(port.url, "connecting");
  thread_.start([this] { turn(); }, [this] { say_acknowledgements(); });
}

ConsumingLine::Queue* ConsumingLine::named(const std::string& name) {
  const auto found = queues_.find(name);
  if (found != queues_.end()) return &found->second;
  if (queues_.size() >= most_queues) return nullptr;
  const auto channel = static_cast<amqp_channel_t>(queues_.size() + 1);
  return &queues_.try_emplace(name, channel, limits_.most_bytes).first->second;
}

Bodies ConsumingLine::next_of(Queue& queue) const {
  if (queue.trouble) return *std::exchange(queue.trouble, std::nullopt);
  return queue.shelf.give(limits_.most_messages);
}

std::optional<Bodies> ConsumingLine::take(const std::string& name, const std::shared_ptr<Arrival>& arrival) {
  const std::lock_guard lock(mutex_);
  Queue* queue = named(name);
  if (queue == nullptr) return too_many(name);
  queue->asked_at = std::chrono::steady_clock::now();
  if (queue->trouble || !queue->shelf.is_empty()) return next_of(*queue);
  if (queue->stage == Stage::closed) queue->stage = Stage::wanted;
  queue->waiting = arrival;
  thread_.waker().wake();
  return std::nullopt;
}

Bodies ConsumingLine::take_at_last(const std::string& name) {
  const std::lock_guard lock(mutex_);
  Queue& queue = *named(name);
  queue.waiting.reset();
  if (queue.trouble || queue.stage == Stage::open) return next_of(queue);
  return unreachable(port_.url, state_.words);
}

void ConsumingLine::acknowledge(const std::string& name) {
  const std::lock_guard lock(mutex_);
  const auto found = queues_.find(name);
  if (found == queues_.end() || found->second.stage != Stage::open) return;
  found->second.unsaid.push_back(found->second.shelf.acknowledge());
  thread_.waker().wake();
}

LineState ConsumingLine::state() const {
  const std::lock_guard lock(mutex_);
  return state_;
}

void ConsumingLine::turn() {
  thread_.waker().wait(connection_ ? connection_->socket() : -1, rest());
  say_acknowledgements();
  hear_all();
  leave_unasked();
  hear_all();  // what was under way on channels that were left: their numbers may be used again
  open_wanted();
  hear_all();
  tell_waiting();
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
    const std::lock_guard lock(mutex_);
    state_ = {Standing::down, line(trouble_)};
    return false;
  }
  connection_ = std::move(opened).value();
  pause_.succeeded();
  const std::lock_guard lock(mutex_);
  state_ = connected();
  return true;
}

void ConsumingLine::open_wanted() {
  if (!connection_ && !pause_.is_over(std::chrono::steady_clock::now())) return;
  std::vector<std::pair<const std::string, Queue>*> wanted;
  {
    const std::lock_guard lock(mutex_);
    for (auto& one : queues_) {
      if (one.second.stage == Stage::wanted) wanted.push_back(&one);
    }
  }
  for (auto* one : wanted) {
    if (is_connected()) {
      open(one->first, one->second);
    } else {
      const std::lock_guard lock(mutex_);
      close(one->second, trouble_);
    }
  }
}

void ConsumingLine::open(const std::string& name, Queue& queue) {
  const auto words = consume(name, queue.channel);
  const std::lock_guard lock(mutex_);
  if (!words) {
    queue.stage = Stage::open;
    state_ = connected();
    return;
  }
  const bool is_the_queue = !connection_->is_over();
  const auto trouble = is_the_queue ? no_queue(connection_->peer(), name, *words) : connection_->trouble();
  state_ = {Standing::down, line(trouble)};
  close(queue, trouble);
}

std::optional<std::string> ConsumingLine::consume(const std::string& name, amqp_channel_t channel) {
  if (connection_->is_over()) return "the connection broke";
  if (auto words = connection_->open_channel(channel)) return words;
  const auto ahead = static_cast<std::uint16_t>(std::max(limits_.most_messages, least_ahead));
  constexpr amqp_boolean_t global = 0, no_local = 0, no_ack = 0, exclusive = 0;
  amqp_basic_qos(connection_->state(), channel, 0, ahead, global);
  if (auto words = connection_->last_call(channel)) return words;
  amqp_basic_consume(connection_->state(), channel, bytes(name), amqp_empty_bytes, no_local, no_ack, exclusive,
                     amqp_empty_table);
  return connection_->last_call(channel);
}

void ConsumingLine::close(Queue& queue, std::optional<base::Fault> trouble) {
  queue.stage = Stage::closed;
  queue.shelf.lose();
  queue.unsaid.clear();
  queue.trouble = std::move(trouble);
}

void ConsumingLine::leave_unasked() {
  const auto earliest = std::chrono::steady_clock::now() - limits_.left_after;
  std::vector<amqp_channel_t> left;
  {
    const std::lock_guard lock(mutex_);
    for (auto& one : queues_) {
      if (one.second.stage != Stage::open || one.second.asked_at >= earliest) continue;
      close(one.second, std::nullopt);
      left.push_back(one.second.channel);
    }
  }
  for (const amqp_channel_t channel : left) {
    if (connection_ && !connection_->is_over()) connection_->close_channel(channel);
  }
}

void ConsumingLine::say_acknowledgements() {
  std::vector<std::pair<amqp_channel_t, std::vector<Acknowledgement>>> all;
  {
    const std::lock_guard lock(mutex_);
    for (auto& one : queues_) {
      if (!one.second.unsaid.empty()) all.emplace_back(one.second.channel, std::exchange(one.second.unsaid, {}));
    }
  }
  for (const auto& [channel, some] : all) {
    for (const Acknowledgement& one : some) acknowledge(channel, one);
  }
}

void ConsumingLine::acknowledge(amqp_channel_t channel, const Acknowledgement& all) {
  if (!connection_ || connection_->is_over()) return;
  constexpr amqp_boolean_t this_one = 0, all_up_to_it = 1, back_to_the_queue = 1;
  int status = AMQP_STATUS_OK;
  const auto keep_failure = [&status](int said) { status = status == AMQP_STATUS_OK ? said : status; };
  const auto state = connection_->state();
  if (all.all_up_to != 0) keep_failure(amqp_basic_ack(state, channel, all.all_up_to, all_up_to_it));
  for (const Tag tag : all.alone) keep_failure(amqp_basic_ack(state, channel, tag, this_one));
  for (const Tag tag : all.back) keep_failure(amqp_basic_nack(state, channel, tag, this_one, back_to_the_queue));
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
  {
    const std::lock_guard lock(mutex_);
    const auto* queue = open_on(channel);
    arriving.room = queue == nullptr ? Room::never : queue->second.shelf.room_for(size);
  }
  arriving.assembly.announce(size, arriving.room == Room::now ? Keeping::body : Keeping::nothing);
  put(channel);
}

void ConsumingLine::put(amqp_channel_t channel) {
  auto& [assembly, room] = arriving_[channel];
  if (!assembly.is_whole()) return;
  const std::lock_guard lock(mutex_);
  auto* queue = open_on(channel);
  if (queue == nullptr) return;
  switch (room) {
    case Room::now:
      return queue->second.shelf.keep(assembly.tag(), assembly.take());
    case Room::later:
      return queue->second.shelf.put_off(assembly.tag());
    case Room::never:
      queue->second.shelf.leave_out(assembly.tag());
      queue->second.trouble = too_large(connection_->peer(), queue->first, assembly.size(), limits_.most_bytes);
  }
}

void ConsumingLine::queue_closed(amqp_channel_t channel, const std::string& words) {
  const std::lock_guard lock(mutex_);
  auto* queue = open_on(channel);
  if (queue == nullptr) return;
  const auto trouble = no_queue(connection_->peer(), queue->first, words);
  state_ = {Standing::down, line(trouble)};
  close(queue->second, trouble);
}

// Under the lock.
std::pair<const std::string, ConsumingLine::Queue>* ConsumingLine::open_on(amqp_channel_t channel) {
  const auto found = std::ranges::find_if(
      queues_, [channel](const auto& one) { return one.second.channel == channel && one.second.stage == Stage::open; });
  return found == queues_.end() ? nullptr : &*found;
}

void ConsumingLine::tell_waiting() {
  const std::lock_guard lock(mutex_);
  for (auto& one : queues_) {
    Queue& queue = one.second;
    const bool is_something = queue.trouble || !queue.shelf.is_empty();
    if (queue.waiting && is_something) std::exchange(queue.waiting, nullptr)->give({});
  }
}

void ConsumingLine::end_connection() {
  trouble_ = connection_->trouble();
  connection_.reset();
  arriving_.clear();
  pause_.failed(std::chrono::steady_clock::now());
  const std::lock_guard lock(mutex_);
  state_ = {Standing::down, line(trouble_)};
  for (auto& one : queues_) {
    if (one.second.stage == Stage::open) close(one.second, trouble_);
  }
}

}  // namespace gateway::channels::amqp
