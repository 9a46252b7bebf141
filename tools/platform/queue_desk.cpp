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
using namespace gateway::channels::amqp;

constexpr std::chrono::milliseconds between_rounds{20}, after_trouble{300};
constexpr std::size_t most_letters = 500;  // of one round
constexpr ConsumerLimits one_by_one{.longest_wait = std::chrono::seconds(1), .most_messages = 1};

asio::awaitable<void> rest(std::chrono::milliseconds length) {
  asio::steady_timer timer(co_await asio::this_coro::executor, length);
  co_await timer.async_wait(asio::use_awaitable);
}

}  // namespace

QueueDesk::QueueDesk(const config::Port& broker, QueueNames names, Inbox& inbox, ReceiptBook& receipts,
                     const base::Clock& clock)
    : names_(std::move(names)),
      inbox_(inbox),
      receipts_(receipts),
      clock_(clock),
      consumer_(broker, one_by_one),
      publisher_(broker) {}

// What is not acknowledged comes again.
asio::awaitable<void> QueueDesk::take_from(std::string dxp_id) {
  const std::string queue = config::named_for(names_.messages, dxp_id);
  for (;;) {
    const auto messages = co_await consumer_.receive(queue);
    if (!messages) complain(queue, messages.faults().front().en);
    const bool is_taken = messages && (messages->empty() || take(messages->front(), dxp_id));
    if (is_taken) consumer_.acknowledge(queue);
    if (!is_taken) co_await rest(after_trouble);
  }
}

bool QueueDesk::take(const std::string& bytes, const std::string& dxp_id) {
  const auto reception = inbox_.take({Way::dxp, bytes, dxp_id});
  if (!reception) complain(dxp_id, reception.faults().front().en);
  return reception && *reception != Reception::refused && *reception != Reception::answer_lost;
}

asio::awaitable<void> QueueDesk::hand_over() {
  for (;;) {
    bool is_well = true;
    const auto letters = receipts_.letters(clock_.now(), most_letters);
    for (const Letter& letter : letters) {
      is_well = co_await hand_over(letter);
      if (!is_well) break;
    }
    co_await rest(is_well ? between_rounds : after_trouble);
  }
}

// An answer that may have been put there is put there again: customs repeats itself.
asio::awaitable<bool> QueueDesk::hand_over(Letter letter) {
  const std::string queue = config::named_for(names_.answers, letter.dxp_id);
  Publication publication{.exchange = {},
                          .routing_key = queue,
                          .message_id = letter.id,
                          .type = letter.type,
                          .sender = {},
                          .body = letter.bytes};
  const Verdict verdict = co_await publisher_.publish(std::move(publication));
  const bool is_there = verdict.fate == Fate::confirmed;
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
