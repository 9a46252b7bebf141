// Runs one blocking call on a bounded pool and resumes the caller on its own executor. With the queue full the caller
// is refused: OffloadFull is thrown. stop() waits for what has been taken; afterwards every call is refused. A pool is
// stopped before its callers' I/O goes.
#pragma once

#include <atomic>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cstddef>
#include <exception>
#include <memory>
#include <optional>
#include <stdexcept>
#include <type_traits>
#include <utility>
#include <variant>

namespace gateway::offload {

class OffloadFull : public std::runtime_error {
 public:
  OffloadFull() : std::runtime_error("too much work is waiting") {}
};

class Pool {
 public:
  Pool(std::size_t threads, std::size_t queue_limit) : pool_(threads), threads_(threads), queue_limit_(queue_limit) {}
  ~Pool() { stop(); }
  std::size_t threads() const { return threads_; }
  void stop() {
    stopped_ = true;
    pool_.join();
  }

  // call: no arguments; its result (or exception) is the coroutine's. Name a lambda that captures strings or containers
  // before handing it in: GCC 12 destroys such a temporary twice inside a co_await expression.
  template <class Call>
  boost::asio::awaitable<std::invoke_result_t<Call>> run(Call call) {
    if (waiting_.fetch_add(1) >= queue_limit_ || stopped_) {
      waiting_.fetch_sub(1);
      throw OffloadFull();
    }
    using Value = std::invoke_result_t<Call>;
    auto outcome = std::make_shared<Outcome<Value>>();
    co_await started(call, outcome);
    co_return outcome->give();
  }

 private:
  template <class Value>
  struct Outcome {
    std::optional<std::conditional_t<std::is_void_v<Value>, std::monostate, Value>> value;
    std::exception_ptr error;

    template <class Call>
    void take(Call& call) {
      try {
        if constexpr (std::is_void_v<Value>) {
          call();
        } else {
          value.emplace(call());
        }
      } catch (...) {
        error = std::current_exception();
      }
    }
    Value give() {
      if (error) std::rethrow_exception(error);
      if constexpr (!std::is_void_v<Value>) return std::move(*value);
    }
  };

  // No coroutine, so that its closure is not made inside a co_await expression either.
  template <class Call, class Value>
  boost::asio::awaitable<void> started(Call& call, const std::shared_ptr<Outcome<Value>>& outcome) {
    return boost::asio::async_initiate<decltype(boost::asio::use_awaitable), void()>(
        [this, outcome, call = std::move(call)](auto handler) mutable {
          auto home = boost::asio::get_associated_executor(handler);
          boost::asio::post(pool_,
                            [this, outcome, home, call = std::move(call), handler = std::move(handler)]() mutable {
                              outcome->take(call);
                              waiting_.fetch_sub(1);
                              boost::asio::post(home, std::move(handler));
                            });
        },
        boost::asio::use_awaitable);
  }

  boost::asio::thread_pool pool_;
  std::size_t threads_;
  std::size_t queue_limit_;
  std::atomic<std::size_t> waiting_{0};
  std::atomic<bool> stopped_{false};
};

}  // namespace gateway::offload
