// One call to publish: handed to a line's thread, waited for on the caller's executor within its time. What has left
// can no more be withdrawn; of the two exactly one counts.
#pragma once

#include <atomic>
#include <boost/asio/this_coro.hpp>
#include <memory>
#include <utility>

#include "gateway/channels/queues/late_answer.h"
#include "gateway/channels/queues/verdict.h"

namespace gateway::channels::queues {

template <class Publication>
class PublishCall {
 public:
  PublishCall(Publication what, const boost::asio::any_io_executor& home, std::chrono::milliseconds longest)
      : publication(std::move(what)), answer(std::make_shared<LateAnswer<Verdict>>(home, longest)) {}

  bool leave() { return move_to(Stage::left); }
  void withdraw() { move_to(Stage::withdrawn); }
  bool has_left() const { return stage_ == Stage::left; }
  bool is_withdrawn() const { return stage_ == Stage::withdrawn; }

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

inline Verdict over(bool has_left, std::chrono::milliseconds longest) {
  const std::string length = std::to_string(longest.count()) + " ms";
  if (has_left) {
    return {Fate::lost, "消息服务器在 " + length + " 内没有确认 | the broker has not confirmed it within " + length};
  }
  return {Fate::never_left, "未能在 " + length + " 内发出 | it could not leave within " + length};
}

// Through a line that takes calls; within the line's longest time.
template <class Line, class Publication>
boost::asio::awaitable<Verdict> publish_by(Line& line, Publication publication) {
  const auto home = co_await boost::asio::this_coro::executor;
  const auto longest = line.longest();
  const auto call = std::make_shared<PublishCall<Publication>>(std::move(publication), home, longest);
  line.take(call);
  const auto verdict = co_await call->answer->wait();
  if (verdict) co_return *verdict;
  call->withdraw();
  co_return over(call->has_left(), longest);
}

}  // namespace gateway::channels::queues
