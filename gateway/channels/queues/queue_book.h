// What the queues of one line have handed over, between those who ask for it and the line's own thread: which queues
// are wanted, open, left; what stands on the shelf of each; what is to be acknowledged. Faults amqp.queues, and those
// that the line gives. Safe from every thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "gateway/channels/queues/late_answer.h"
#include "gateway/channels/queues/shelf.h"

namespace gateway::channels::queues {

struct ConsumerLimits {
  std::chrono::milliseconds longest_wait;          // for the first message
  std::size_t most_messages;                       // given at once
  std::size_t most_bytes = std::size_t{32} << 20;  // held of one queue; a message over it is left where it is
  std::chrono::milliseconds left_after{15000};     // without being asked
};

using Arrival = LateAnswer<base::Nothing>;  // something has come, or something is wrong
using Bodies = base::Result<std::vector<std::string>>;
using Number = std::uint16_t;  // of a queue in its book, from 1

class QueueBook {
 public:
  explicit QueueBook(const ConsumerLimits& limits) : limits_(limits) {}
  const ConsumerLimits& limits() const { return limits_; }

  // For those who ask. What is there; or nothing, and `arrival` is told.
  std::optional<Bodies> take(const std::string& queue, const std::shared_ptr<Arrival>& arrival);
  // The wait is over; `closed`: what to say if the queue is not open.
  Bodies take_at_last(const std::string& queue, const base::Fault& closed);
  void acknowledge(const std::string& queue);

  // For the line.
  std::size_t most_ahead() const;  // what a broker may send of one queue before it is acknowledged
  std::vector<std::pair<Number, std::string>> wanted() const;
  void opened(Number queue);
  void close(Number queue, std::optional<base::Fault> trouble);
  void close_open(const base::Fault& trouble);
  std::vector<Number> leave_unasked();
  std::vector<std::pair<Number, Acknowledgement>> unsaid();
  std::string name_of(Number queue) const;

  Room room_for(Number queue, std::uint64_t bytes) const;  // never, too, of a queue that is not open
  void keep(Number queue, Tag tag, std::string body);
  void put_off(Number queue, Tag tag);
  void leave_out(Number queue, Tag tag, base::Fault why);
  void tell_waiting();

 private:
  using Time = std::chrono::steady_clock::time_point;
  enum class Stage { closed, wanted, open };

  struct Queue {
    Queue(Number its, std::size_t most_bytes) : number(its), shelf(most_bytes) {}
    Number number;
    Stage stage = Stage::closed;
    Shelf shelf;
    Time asked_at;
    std::optional<base::Fault> trouble;  // to be told once
    std::shared_ptr<Arrival> waiting;
    std::vector<Acknowledgement> unsaid;
  };

  template <class Queues>
  static auto* open_in(Queues& queues, Number number) {
    for (auto& one : queues) {
      if (one.second.number == number && one.second.stage == Stage::open) return &one.second;
    }
    return static_cast<decltype(&queues.begin()->second)>(nullptr);
  }
  Queue* named(const std::string& name);
  Bodies next_of(Queue& queue) const;
  static void close(Queue& queue, std::optional<base::Fault> trouble);

  const ConsumerLimits limits_;
  mutable std::mutex mutex_;
  std::map<std::string, Queue> queues_;
};

// Through a line that takes and wakes; waits for the first record as long as the limits say.
template <class Line>
boost::asio::awaitable<Bodies> receive_by(Line& line, std::string queue) {
  const auto home = co_await boost::asio::this_coro::executor;
  const auto arrival = std::make_shared<Arrival>(home, line.limits().longest_wait);
  auto there = line.take(queue, arrival);
  if (there) co_return *std::move(there);
  co_await arrival->wait();
  co_return line.take_at_last(queue);
}

}  // namespace gateway::channels::queues
