// Bodies that are sent in parts: how they look on the wire, and what ends them.
#include <atomic>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <future>
#include <gmock/gmock.h>
#include <limits>
#include <utility>
#include <vector>

#include "gateway/http/body_stream.h"
#include "tests/gateway/http/running_server.h"
#include "tests/support/eventually.h"
#include "tests/support/paths.h"
#include "tests/support/tls_files.h"

namespace {

namespace asio = boost::asio;
using asio::awaitable;
using gateway::http::BodyStream;
using gateway::http::Call;
using gateway::http::Reach;
using gateway::http::Request;
using gateway::http::Response;
using gateway::http::Router;
using gateway::http::ServerOptions;
using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;
using tests::eventually;
using tests::RunningServer;

enum class Afterwards { ends, waits, breaks };

// What a handler plays, and what a test sees of it.
struct Play {
  std::vector<std::string> parts;
  Afterwards afterwards = Afterwards::ends;
  std::size_t times = 1;  // that the parts are given
  std::atomic<std::size_t> given{0};
  std::atomic<bool> is_over{false};  // the stream is gone
};

class PlayedBody final : public BodyStream {
 public:
  PlayedBody(const asio::any_io_executor& executor, std::shared_ptr<Play> play)
      : play_(std::move(play)), bell_(executor, asio::steady_timer::time_point::max()) {}
  ~PlayedBody() override { play_->is_over = true; }

  awaitable<std::optional<std::string>> next() override {
    if (place_ < play_->parts.size() * play_->times && !has_ended_) {
      ++play_->given;
      co_return play_->parts.at(place_++ % play_->parts.size());
    }
    if (play_->afterwards == Afterwards::breaks) throw std::runtime_error("the cellar is flooded");
    if (play_->afterwards == Afterwards::waits && !has_ended_) {
      boost::system::error_code woken;
      co_await bell_.async_wait(asio::redirect_error(asio::use_awaitable, woken));
    }
    co_return std::nullopt;
  }
  void end() override {
    has_ended_ = true;
    bell_.cancel();
  }

 private:
  std::shared_ptr<Play> play_;
  asio::steady_timer bell_;
  std::size_t place_ = 0;
  bool has_ended_ = false;
};

awaitable<Response> perform(std::shared_ptr<Play> play) {
  Response response;
  response.headers.set("Content-Type", "text/plain");
  const auto executor = co_await asio::this_coro::executor;
  response.stream = std::make_shared<PlayedBody>(executor, std::move(play));
  co_return response;
}

Router playing(const std::shared_ptr<Play>& play) {
  Router routes;
  routes.add({"GET", "/stream", std::nullopt, [play](Request) { return perform(play); }});
  return routes;
}

std::shared_ptr<Play> play_of(std::vector<std::string> parts, Afterwards afterwards = Afterwards::ends) {
  auto play = std::make_shared<Play>();
  play->parts = std::move(parts);
  play->afterwards = afterwards;
  return play;
}

const std::string wish = "GET /stream HTTP/1.1\r\nHost: x\r\n\r\n";

TEST(Streaming, SendsEachPartAsAChunkAndSaysWhenTheBodyIsWhole) {
  RunningServer server(playing(play_of({"first", "", "and the second"})));
  auto socket = server.connect();
  socket.write(wish);
  EXPECT_THAT(socket.read_to_end(), AllOf(StartsWith("HTTP/1.1 200 "), HasSubstr("Transfer-Encoding: chunked\r\n"),
                                          Not(HasSubstr("Content-Length")),
                                          EndsWith("\r\n\r\n5\r\nfirst\r\ne\r\nand the second\r\n0\r\n\r\n")));
}

TEST(Streaming, SendsAPartBeforeTheNextIsThere) {
  const auto play = play_of({"now"}, Afterwards::waits);
  RunningServer server(playing(play));
  auto socket = server.connect();
  socket.write(wish);
  EXPECT_THAT(socket.read_until("3\r\nnow\r\n"), EndsWith("now\r\n"));
  EXPECT_FALSE(play->is_over);
}

TEST(Streaming, ToHttp10LastsUntilTheClose) {
  RunningServer server(playing(play_of({"first", "second"})));
  auto socket = server.connect();
  socket.write("GET /stream HTTP/1.0\r\n\r\n");
  EXPECT_THAT(socket.read_to_end(),
              AllOf(StartsWith("HTTP/1.0 200 "), Not(HasSubstr("Transfer-Encoding")), EndsWith("\r\n\r\nfirstsecond")));
}

TEST(Streaming, HeadGetsTheHeaderAloneAndTheConnectionGoesOnNoLonger) {
  const auto play = play_of({"first"}, Afterwards::waits);
  RunningServer server(playing(play));
  auto socket = server.connect();
  socket.write("HEAD /stream HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_THAT(socket.read_to_end(), AllOf(StartsWith("HTTP/1.1 200 "), EndsWith("\r\n\r\n"), Not(HasSubstr("first"))));
  EXPECT_EQ(play->given, 0U);
}

TEST(Streaming, IsTheLastAnswerOfItsConnection) {
  RunningServer server(playing(play_of({"once"})));
  auto socket = server.connect();
  socket.write(wish + wish);
  const std::string all = socket.read_to_end();
  EXPECT_THAT(all, AllOf(HasSubstr("Connection: close\r\n"), EndsWith("once\r\n0\r\n\r\n")));
  EXPECT_EQ(all.find("HTTP/1.1", 1), std::string::npos);
}

TEST(Streaming, TheClientsGoingEndsItAtOnce) {
  const auto play = play_of({"first"}, Afterwards::waits);
  RunningServer server(playing(play));
  {
    auto socket = server.connect();
    socket.write(wish);
    socket.read_until("first");
  }
  EXPECT_TRUE(eventually([&] { return play->is_over.load(); }));
}

TEST(Streaming, AClientThatGoesOnTalkingIsEndedAfterSomeTime) {
  const auto play = play_of({"first"}, Afterwards::waits);
  RunningServer server(playing(play));
  auto socket = server.connect();
  socket.write(wish);
  socket.read_until("first");
  socket.write(std::string(64 << 10, 'x'));
  std::this_thread::sleep_for(milliseconds(50));
  EXPECT_FALSE(play->is_over);
  socket.write("x");
  EXPECT_TRUE(eventually([&] { return play->is_over.load(); }));
}

TEST(Streaming, ASlowReaderHoldsThePartsBackAndIsCut) {
  const auto play = play_of({std::string(64 << 10, 'x')});
  play->times = std::numeric_limits<std::size_t>::max();
  ServerOptions options;
  options.body_timeout = milliseconds(300);
  RunningServer server(playing(play), options);
  auto socket = server.connect();
  socket.write(wish);
  EXPECT_TRUE(eventually([&] { return play->is_over.load(); }));
  EXPECT_LT(play->given, 1000U);  // what the two sockets' buffers hold
}

TEST(Streaming, AReaderThatIsSlowButReadsGetsItAll) {
  const auto play = play_of({std::string(256 << 10, 'x')});
  play->times = 100;
  ServerOptions options;
  options.body_timeout = milliseconds(500);
  RunningServer server(playing(play), options);
  auto socket = server.connect();
  socket.write(wish);
  std::size_t seen = 0;
  const std::size_t whole = play->times * (256 << 10);
  while (seen < whole / 2) {
    seen += socket.read_bytes(1 << 20).size();
    std::this_thread::sleep_for(milliseconds(40));
  }
  EXPECT_THAT(socket.read_to_end(), EndsWith("x\r\n0\r\n\r\n"));
}

TEST(Streaming, WhatItsSourceThrowsCutsItAndIsToldToTheOperator) {
  std::promise<std::string> told;
  ServerOptions options;
  options.on_error = [&](const std::string& text) { told.set_value(text); };
  RunningServer server(playing(play_of({"first"}, Afterwards::breaks)), options);
  auto socket = server.connect();
  socket.write(wish);
  EXPECT_THAT(socket.read_to_end(), AllOf(EndsWith("first\r\n"), Not(HasSubstr("cellar"))));
  EXPECT_THAT(told.get_future().get(), HasSubstr("the cellar is flooded"));
}

TEST(Streaming, TheStopOfTheServerEndsItWhole) {
  const auto play = play_of({"first"}, Afterwards::waits);
  RunningServer server(playing(play));
  auto socket = server.connect();
  socket.write(wish);
  socket.read_until("first");
  auto stopped = server.stop(seconds(60));
  EXPECT_THAT(socket.read_to_end(), EndsWith("\r\n0\r\n\r\n"));
  EXPECT_EQ(stopped.wait_for(seconds(10)), std::future_status::ready);
}

TEST(Streaming, TheStopOfTheServerWaitsForASlowReaderNoLongerThanItsDeadline) {
  const auto play = play_of({std::string(64 << 10, 'x')});
  play->times = std::numeric_limits<std::size_t>::max();
  RunningServer server(playing(play));
  auto socket = server.connect();
  socket.write(wish);
  std::size_t before = 0;
  ASSERT_TRUE(eventually([&] {
    std::this_thread::sleep_for(milliseconds(50));
    return std::exchange(before, play->given.load()) == play->given && before > 0;
  }));
  server.stop(milliseconds(50)).wait();
  EXPECT_TRUE(eventually([&] { return play->is_over.load(); }));
}

TEST(Streaming, CountsAsAConnection) {
  ServerOptions options;
  options.most_connections = 1;
  const auto play = play_of({"first"}, Afterwards::waits);
  RunningServer server(playing(play), options);
  auto socket = server.connect();
  socket.write(wish);
  socket.read_until("first");
  EXPECT_THAT(server.connect().read_answer(), StartsWith("HTTP/1.1 503 "));
}

class StreamingOverTls : public testing::Test {
 protected:
  ServerOptions options() {
    const tests::TlsFiles files = tests::make_tls_files(scratch_.path(), "IP:127.0.0.1");
    ServerOptions made;
    made.certificate = files.certificate;
    made.key = files.key;
    return made;
  }
  Call call_to(const RunningServer& server) {
    Call call;
    call.url = server.url() + "/stream";
    call.trust = scratch_.path() / "tls.cert.pem";
    return call;
  }

  tests::ScratchDirectory scratch_;
};

TEST_F(StreamingOverTls, CarriesEveryPart) {
  const auto play = play_of({std::string(100'000, 'a'), "b"});
  RunningServer server(playing(play), options());
  const auto exchange = tests::send_and_wait(call_to(server));
  ASSERT_EQ(exchange.reach, Reach::answered) << exchange.detail;
  EXPECT_EQ(exchange.response.body, std::string(100'000, 'a') + "b");
}

TEST_F(StreamingOverTls, TheStopOfTheServerEndsItWhole) {
  const auto play = play_of({"first"}, Afterwards::waits);
  RunningServer server(playing(play), options());
  auto answer = std::async(std::launch::async, [&] { return tests::send_and_wait(call_to(server)); });
  ASSERT_TRUE(eventually([&] { return play->given == 1; }));
  server.stop(seconds(60)).wait();
  const auto exchange = answer.get();
  ASSERT_EQ(exchange.reach, Reach::answered) << exchange.detail;
  EXPECT_EQ(exchange.response.body, "first");
}

TEST_F(StreamingOverTls, TheClientsGoingEndsItAtOnce) {
  const auto play = play_of({"first"}, Afterwards::waits);
  RunningServer server(playing(play), options());
  Call call = call_to(server);
  call.timeout = milliseconds(500);
  EXPECT_EQ(tests::send_and_wait(std::move(call)).reach, Reach::unknown);
  EXPECT_EQ(play->given, 1U);
  EXPECT_TRUE(eventually([&] { return play->is_over.load(); }));
}

TEST_F(StreamingOverTls, WhatItsSourceThrowsLeavesTheBodyUnfinished) {
  RunningServer server(playing(play_of({"first"}, Afterwards::breaks)), options());
  EXPECT_EQ(tests::send_and_wait(call_to(server)).reach, Reach::unknown);
}

}  // namespace
