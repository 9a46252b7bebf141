#include "gateway/channels/queues/queue_book.h"

#include <algorithm>

namespace gateway::channels::queues {

namespace {

constexpr std::size_t most_queues = 2000;  // a broker gives 2047 channels
constexpr std::size_t least_ahead = 16;

base::Fault too_many(const std::string& queue) {
  const std::string most = std::to_string(most_queues);
  return {.code = "amqp.queues",
          .path = queue,
          .zh = "一个口岸最多读取 " + most + " 个队列；请将企业分到几个口岸。",
          .en = "One port reads at most " + most + " queues; spread the enterprises over several ports.",
          .source = {}};
}

}  // namespace

std::optional<Bodies> QueueBook::take(const std::string& name, const std::shared_ptr<Arrival>& arrival) {
  const std::lock_guard lock(mutex_);
  Queue* queue = named(name);
  if (queue == nullptr) return too_many(name);
  queue->asked_at = std::chrono::steady_clock::now();
  if (queue->trouble || !queue->shelf.is_empty()) return next_of(*queue);
  if (queue->stage == Stage::closed) queue->stage = Stage::wanted;
  queue->waiting = arrival;
  return std::nullopt;
}

Bodies QueueBook::take_at_last(const std::string& name, const base::Fault& closed) {
  const std::lock_guard lock(mutex_);
  Queue& queue = *named(name);
  queue.waiting.reset();
  if (queue.trouble || queue.stage == Stage::open) return next_of(queue);
  return closed;
}

void QueueBook::acknowledge(const std::string& name) {
  const std::lock_guard lock(mutex_);
  const auto found = queues_.find(name);
  if (found == queues_.end() || found->second.stage != Stage::open) return;
  found->second.unsaid.push_back(found->second.shelf.acknowledge());
}

std::size_t QueueBook::most_ahead() const { return std::max(limits_.most_messages, least_ahead); }

std::vector<std::pair<Number, std::string>> QueueBook::wanted() const {
  const std::lock_guard lock(mutex_);
  std::vector<std::pair<Number, std::string>> found;
  for (const auto& [name, queue] : queues_) {
    if (queue.stage == Stage::wanted) found.emplace_back(queue.number, name);
  }
  return found;
}

void QueueBook::opened(Number number) {
  const std::lock_guard lock(mutex_);
  for (auto& one : queues_) {
    if (one.second.number == number && one.second.stage == Stage::wanted) one.second.stage = Stage::open;
  }
}

void QueueBook::close(Number number, std::optional<base::Fault> trouble) {
  const std::lock_guard lock(mutex_);
  for (auto& one : queues_) {
    if (one.second.number == number) close(one.second, std::move(trouble));
  }
}

void QueueBook::close_open(const base::Fault& trouble) {
  const std::lock_guard lock(mutex_);
  for (auto& one : queues_) {
    if (one.second.stage == Stage::open) close(one.second, trouble);
  }
}

std::vector<Number> QueueBook::leave_unasked() {
  const auto earliest = std::chrono::steady_clock::now() - limits_.left_after;
  const std::lock_guard lock(mutex_);
  std::vector<Number> left;
  for (auto& one : queues_) {
    if (one.second.stage != Stage::open || one.second.asked_at >= earliest) continue;
    close(one.second, std::nullopt);
    left.push_back(one.second.number);
  }
  return left;
}

std::vector<std::pair<Number, Acknowledgement>> QueueBook::unsaid() {
  const std::lock_guard lock(mutex_);
  std::vector<std::pair<Number, Acknowledgement>> all;
  for (auto& one : queues_) {
    for (Acknowledgement& some : one.second.unsaid) all.emplace_back(one.second.number, std::move(some));
    one.second.unsaid.clear();
  }
  return all;
}

std::string QueueBook::name_of(Number number) const {
  const std::lock_guard lock(mutex_);
  const auto found = std::ranges::find_if(queues_, [&](const auto& one) { return one.second.number == number; });
  return found == queues_.end() ? std::string() : found->first;
}

Room QueueBook::room_for(Number number, std::uint64_t bytes) const {
  const std::lock_guard lock(mutex_);
  const Queue* queue = open_in(queues_, number);
  return queue == nullptr ? Room::never : queue->shelf.room_for(bytes);
}

void QueueBook::keep(Number number, Tag tag, std::string body) {
  const std::lock_guard lock(mutex_);
  if (Queue* queue = open_in(queues_, number)) queue->shelf.keep(tag, std::move(body));
}

void QueueBook::put_off(Number number, Tag tag) {
  const std::lock_guard lock(mutex_);
  if (Queue* queue = open_in(queues_, number)) queue->shelf.put_off(tag);
}

void QueueBook::leave_out(Number number, Tag tag, base::Fault why) {
  const std::lock_guard lock(mutex_);
  Queue* queue = open_in(queues_, number);
  if (queue == nullptr) return;
  queue->shelf.leave_out(tag);
  queue->trouble = std::move(why);
}

void QueueBook::tell_waiting() {
  const std::lock_guard lock(mutex_);
  for (auto& one : queues_) {
    Queue& queue = one.second;
    const bool is_something = queue.trouble || !queue.shelf.is_empty();
    if (queue.waiting && is_something) std::exchange(queue.waiting, nullptr)->give({});
  }
}

QueueBook::Queue* QueueBook::named(const std::string& name) {
  const auto found = queues_.find(name);
  if (found != queues_.end()) return &found->second;
  if (queues_.size() >= most_queues) return nullptr;
  const auto number = static_cast<Number>(queues_.size() + 1);
  return &queues_.try_emplace(name, number, limits_.most_bytes).first->second;
}

Bodies QueueBook::next_of(Queue& queue) const {
  if (queue.trouble) return *std::exchange(queue.trouble, std::nullopt);
  return queue.shelf.give(limits_.most_messages);
}

void QueueBook::close(Queue& queue, std::optional<base::Fault> trouble) {
  queue.stage = Stage::closed;
  queue.shelf.lose();
  queue.unsaid.clear();
  queue.trouble = std::move(trouble);
}

}  // namespace gateway::channels::queues
