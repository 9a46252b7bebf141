// An ERP's end of the notices: takes them on a free port of the loopback, checks every signature by itself and answers
// as it is told to. Its calls may come from any thread.
#pragma once

#include <atomic>
#include <boost/json/object.hpp>
#include <chrono>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

#include "tests/gateway/http/running_server.h"

namespace tests {

inline const std::string notify_secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

struct Heard {
  std::string webhook_id, signature, body;
  std::int64_t timestamp = 0;
  bool is_genuine = false;
  std::string key, to;  // of the change
  boost::json::object whole;
};

struct Reply {
  unsigned status = 204;
  std::chrono::milliseconds after{0};
  std::string location{};
};

class Receiver {
 public:
  using Answer = std::function<Reply(const Heard&)>;

  explicit Receiver(Answer answer = [](const Heard&) { return Reply(); });
  std::string url() const { return server_.url() + "/notices"; }
  std::string base_url() const { return server_.url(); }
  void answer_by(Answer answer);
  std::vector<Heard> heard() const;       // in the order they came
  std::vector<std::string> told() const;  // likewise, "NUMBER STATE"
  std::size_t count() const { return heard().size(); }
  int most_at_once() const { return most_at_once_; }

 private:
  static boost::asio::awaitable<gateway::http::Response> take(Receiver& self, gateway::http::Request request);
  gateway::http::Router router();

  mutable std::mutex mutex_;
  Answer answer_;
  std::vector<Heard> heard_;
  std::atomic<int> at_once_{0}, most_at_once_{0};
  RunningServer server_;
};

}  // namespace tests
