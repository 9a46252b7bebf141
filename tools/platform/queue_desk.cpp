#include "tools/platform/queue_desk.h"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <utility>

#include "base/log.h"

namespace tools::platform {
namespace {

namespace asio = boost::asio;

constexpr std::chrono::milliseconds between_queue_rounds{20}, rest_after_broker_trouble{300};
constexpr std::size_t most_letters_published = 500;  // of one round

asio::awaitable<void> pause_for(std::chrono::milliseconds length) {
  asio::steady_timer timer(co_await asio::this_coro::executor, length);
  co_await timer.async_wait(asio::use_awaitable);
}

}  // namespace

QueueDesk::QueueDesk(const config::Port& broker, QueueNames names, Inbox& inbox, ReceiptBook& receipts,
                     const base::Clock& clock)
    : names_(std::move(names)), inbox_(inbox), receipts_(receipts), clock_(clock), broker_(make_broker_end(broker)) {}

// What is not acknowledged comes again.
asio::awaitable<void> QueueDesk::take_from(std::string dxp_id) {
  const std::string queue = config::named_for(names_.messages, dxp_id);
  for (;;) {
    const auto messages = co_await broker_->receive(queue);
    if (!messages) complain(queue, messages.faults().front().en);
    const bool is_taken = messages && (messages->empty() || take(messages->front(), dxp_id));
    if (is_taken) broker_->acknowledge(queue);
    if (!is_taken) co_await pause_for(rest_after_broker_trouble);
  }
}

bool QueueDesk::take(const std::string& bytes, const std::string& dxp_id) {
  const auto reception = inbox_.take({Way::amqp, bytes, dxp_id});
  if (!reception) complain(dxp_id, reception.faults().front().en);
  return reception && *reception != Reception::refused && *reception != Reception::answer_lost;
}

asio::awaitable<void> QueueDesk::hand_over() {
  for (;;) {
    bool is_well = true;
    const auto letters = receipts_.letters(Way::amqp, clock_.now(), most_letters_published);
    for (const Letter& letter : letters) {
      is_well = co_await hand_over(letter);
      if (!is_well) break;
    }
    co_await pause_for(is_well ? between_queue_rounds : rest_after_broker_trouble);
  }
}

// An answer that may have been put there is put there again: customs repeats itself.
asio::awaitable<bool> QueueDesk::hand_over(Letter letter) {
  const std::string queue = config::named_for(names_.answers, letter.dxp_id);
  const auto verdict = co_await broker_->put(queue, letter);
  const bool is_there = verdict.fate == gateway::channels::queues::Fate::confirmed;
  if (is_there) receipts_.handed_over(letter);
  if (!is_there) complain(queue, verdict.words);
  co_return is_there;
}

void QueueDesk::complain(const std::string& queue, const std::string& what) {
  std::string complaint = queue + ": " + what;
  if (complaint == complaint_) return;
  base::log(base::LogLevel::warning, "platform", complaint);
  complaint_ = std::move(complaint);
}

}  // namespace tools::platform
