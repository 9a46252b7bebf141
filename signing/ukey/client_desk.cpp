#include "signing/ukey/client_desk.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <deque>
#include <future>
#include <mutex>

#include "signing/ukey/client_line.h"
#include "signing/ukey/refusal.h"

namespace signing::ukey {

namespace asio = boost::asio;
using std::chrono::steady_clock;

namespace {

constexpr std::size_t queue_limit = 100;  // some 25 seconds of signing

base::Fault fault(const char* code, std::string zh, std::string en) {
  return {.code = code, .path = {}, .zh = std::move(zh), .en = std::move(en), .source = {}};
}

base::Fault absent(const std::string& host, const std::string& why) {
  return fault("key.absent",
               "连接不上 " + host + " 的 UKey 客户端，或连接中断（" + why + "）；请确认客户端控件已启动、UKey 已插好",
               "the UKey client at " + host + " cannot be reached or broke off (" + why +
                   "); see that the client program runs and the UKey is plugged in");
}

base::Fault silent(const std::string& host, std::chrono::milliseconds timeout) {
  const std::string time = std::to_string(timeout.count()) + " ms";
  return fault(
      "key.silent", host + " 的 UKey 客户端在 " + time + " 内没有应答；如持续如此请重启客户端控件",
      "the UKey client at " + host + " did not answer within " + time + "; if that lasts, restart the client program");
}

base::Fault too_many() {
  const std::string limit = std::to_string(queue_limit);
  return fault("key.silent", "已有 " + limit + " 个请求在等待此 UKey；请稍后再试，或增加 UKey",
               limit + " requests wait for this UKey already; try later, or use more UKeys");
}

}  // namespace

struct ClientDesk::Request {
  enum class Pin { goes_along, stays };
  std::string method;
  std::string text;
  Pin pin = Pin::stays;
};

// The side that works on the I/O thread. Only take_in() and close() are called from others.
class ClientDesk::Counter {
 public:
  Counter(ClientAddress address, base::Secret pin, std::chrono::milliseconds timeout)
      : address_(std::move(address)), pin_(std::move(pin)), timeout_(timeout) {}

  void run() {
    asio::co_spawn(io_, serve(), asio::detached);
    io_.run();
  }

  std::future<Reply> take_in(Request request) {
    auto waiting = Waiting{std::move(request), {}};
    auto reply = waiting.reply.get_future();
    const std::scoped_lock lock(mutex_);
    if (queue_.size() >= queue_limit) {
      waiting.reply.set_value(too_many());
      return reply;
    }
    queue_.push_back(std::move(waiting));
    asio::post(io_, [this] { wake_.cancel(); });  // under the lock: once it is free the desk may go
    return reply;
  }

  void close() {
    asio::post(io_, [this] {
      closing_ = true;
      if (line_) line_->shut();
      wake_.cancel();
    });
  }

 private:
  struct Waiting {
    Request request;
    std::promise<Reply> reply;
  };

  std::optional<Waiting> next() {
    const std::scoped_lock lock(mutex_);
    if (queue_.empty()) return std::nullopt;
    auto first = std::move(queue_.front());
    queue_.pop_front();
    return first;
  }

  asio::awaitable<void> serve() {
    for (;;) {
      auto waiting = next();
      if (waiting) {
        auto reply = co_await reply_to(waiting->request);
        waiting->reply.set_value(std::move(reply));
        continue;
      }
      if (closing_) break;
      wake_.expires_at(steady_clock::time_point::max());
      boost::system::error_code woken;
      co_await wake_.async_wait(asio::redirect_error(asio::use_awaitable, woken));
    }
    if (line_) line_->shut();
  }

  asio::awaitable<Reply> reply_to(const Request& request) {
    if (pin_fault_) co_return *pin_fault_;
    if (closing_) co_return absent(address_.host, "closed");
    const auto deadline = steady_clock::now() + timeout_;
    const bool fresh = !line_ || line_->ended() != ClientLine::End::not_yet;
    if (fresh) line_ = std::make_shared<ClientLine>(io_);
    line_->set_deadline(deadline);
    if (fresh) co_await line_->open(address_);
    auto answer = co_await ask(request);
    if (answer && meaning_where_refused(*answer) == Refusal::reader) {
      co_await reset_reader();
      answer = co_await ask(request);
    }
    line_->drop_deadline();
    co_return answer ? judged(*answer) : Reply(line_fault());
  }

  // The client's reset: the card's environment is cleared and set up again. How that goes shows in the second try.
  asio::awaitable<void> reset_reader() {
    const Request clear{.method = "cus-sec_SpcClearEnv", .text = {}};
    co_await ask(clear);
    const Request set_up{.method = "cus-sec_SpcInitEnvEx", .text = {}};
    co_await ask(set_up);
  }

  asio::awaitable<std::optional<Answer>> ask(const Request& request) {
    if (line_->ended() != ClientLine::End::not_yet) co_return std::nullopt;
    const auto id = next_id_++;
    std::vector<Argument> arguments;
    if (request.pin == Request::Pin::goes_along) arguments = {{"inData", request.text}, {"passwd", pin_.reveal()}};
    co_return co_await line_->ask(id, request.method, request_text(id, request.method, arguments));
  }

  static std::optional<Refusal> meaning_where_refused(const Answer& answer) {
    if (answer.verdict == Answer::Verdict::done) return std::nullopt;
    return meaning_of(answer);
  }

  Reply judged(Answer& answer) {
    const auto refusal = meaning_where_refused(answer);
    if (!refusal && !answer.data.empty()) return std::move(answer.data);
    const auto found = fault_of(refusal.value_or(Refusal::other), words_of(answer, pin_.reveal()));
    if (refusal == Refusal::pin_wrong || refusal == Refusal::pin_locked) pin_fault_ = found;
    return found;
  }

  base::Fault line_fault() const {
    if (line_->ended() == ClientLine::End::silent) return silent(address_.host, timeout_);
    return absent(address_.host, line_->why());
  }

  const ClientAddress address_;
  const base::Secret pin_;
  const std::chrono::milliseconds timeout_;
  asio::io_context io_{1};
  asio::steady_timer wake_{io_};
  std::shared_ptr<ClientLine> line_;
  std::int64_t next_id_ = 1;  // 0 is the client's greeting. Never used twice: a late answer finds no other request
  std::optional<base::Fault> pin_fault_;
  bool closing_ = false;
  std::mutex mutex_;
  std::deque<Waiting> queue_;
};

ClientDesk::ClientDesk(ClientAddress address, base::Secret pin, std::chrono::milliseconds timeout)
    : counter_(std::make_unique<Counter>(std::move(address), std::move(pin), timeout)),
      thread_([counter = counter_.get()] { counter->run(); }) {}

ClientDesk::~ClientDesk() {
  counter_->close();
  thread_.join();
}

// Touches nothing of the desk once it waits: the desk may go meanwhile.
ClientDesk::Reply ClientDesk::ask(Request request) { return counter_->take_in(std::move(request)).get(); }

ClientDesk::Reply ClientDesk::certificate() { return ask({.method = "cus-sec_SpcGetSignCertAsPEM", .text = {}}); }

ClientDesk::Reply ClientDesk::sign(std::string_view text) {
  return ask({.method = "cus-sec_SpcSignDataAsPEM", .text = std::string(text), .pin = Request::Pin::goes_along});
}

}  // namespace signing::ukey
