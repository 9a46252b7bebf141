#include "gateway/http/client.h"

#include <gmock/gmock.h>

#include "tests/gateway/http/running_server.h"

namespace {

using gateway::http::Call;
using gateway::http::Exchange;
using gateway::http::Reach;
using std::chrono::milliseconds;
using testing::HasSubstr;
using tests::RawServer;
using tests::RawSocket;
using tests::send_and_wait;

const std::string body = "{\"order\":1}";

Call call_to(const std::string& url) {
  Call call;
  call.method = "POST";
  call.url = url;
  call.body = body;
  return call;
}

// What is asked of a peer that reads one request and then does `then`.
Exchange ask_peer_that(std::function<void(RawSocket&)> then, milliseconds timeout = milliseconds{5000}) {
  RawServer peer([then = std::move(then)](RawSocket& socket) {
    socket.read_until(body);
    then(socket);
  });
  Call call = call_to(peer.url() + "/path?q=1");
  call.timeout = timeout;
  call.answer_limit_bytes = 1000;
  return send_and_wait(std::move(call));
}

std::string answer_of(std::size_t bytes) {
  return "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(bytes) + "\r\n\r\n" + std::string(bytes, 'x');
}

TEST(Client, SendsWhatWasAskedAndGivesTheAnswer) {
  std::promise<std::string> request;
  RawServer peer([&](RawSocket& socket) {
    request.set_value(socket.read_until(body));
    socket.write("HTTP/1.1 202 Accepted\r\nX-Port: hainan\r\nContent-Length: 2\r\n\r\nOK");
  });
  Call call = call_to(peer.url() + "/cebcmsg?a=1");
  call.headers.set("Content-Type", "application/json");
  const Exchange exchange = send_and_wait(call);
  ASSERT_EQ(exchange.reach, Reach::answered) << exchange.detail;
  EXPECT_EQ(exchange.response.status, 202u);
  EXPECT_EQ(exchange.response.body, "OK");
  EXPECT_EQ(exchange.response.headers.get("x-port"), "hainan");
  const std::string sent = request.get_future().get();
  EXPECT_THAT(sent, testing::StartsWith("POST /cebcmsg?a=1 HTTP/1.1\r\nHost: 127.0.0.1:"));
  EXPECT_THAT(sent, HasSubstr("Content-Type: application/json\r\n"));
  EXPECT_THAT(sent, HasSubstr("Content-Length: " + std::to_string(body.size()) + "\r\n"));
}

TEST(Client, ReadsAnAnswerThatEndsWithTheConnectionAndSkipsA100) {
  const auto exchange =
      ask_peer_that([](RawSocket& socket) { socket.write("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.0 200 OK\r\n\r\n[]"); });
  EXPECT_EQ(exchange.reach, Reach::answered);
  EXPECT_EQ(exchange.response.body, "[]");
}

TEST(ClientReach, IsUnreachableWhereNobodyListens) {
  unsigned short free_port = 0;
  {
    RawServer gone([](RawSocket&) {});
    free_port = gone.port();
  }
  const auto exchange = send_and_wait(call_to("http://127.0.0.1:" + std::to_string(free_port)));
  EXPECT_EQ(exchange.reach, Reach::unreachable);
  EXPECT_THAT(exchange.detail, HasSubstr("connect to 127.0.0.1:" + std::to_string(free_port) + ": Connection refused"));
}

TEST(ClientReach, IsUnreachableWhereTheNameIsUnknownOrTheAddressIsNone) {
  EXPECT_EQ(send_and_wait(call_to("http://nowhere.invalid/")).reach, Reach::unreachable);
  EXPECT_EQ(send_and_wait(call_to("ftp://127.0.0.1/")).reach, Reach::unreachable);
  EXPECT_EQ(send_and_wait(call_to("127.0.0.1:80")).reach, Reach::unreachable);
}

TEST(ClientReach, IsUnknownWhereThePeerClosesAfterReading) {
  EXPECT_EQ(ask_peer_that([](RawSocket&) {}).reach, Reach::unknown);
}

TEST(ClientReach, IsUnknownWhereTheAnswerIsCutOffOrNotHttp) {
  EXPECT_EQ(
      ask_peer_that([](RawSocket& socket) { socket.write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhal"); }).reach,
      Reach::unknown);
  EXPECT_EQ(ask_peer_that([](RawSocket& socket) { socket.write("hello\r\n\r\n"); }).reach, Reach::unknown);
}

TEST(ClientReach, IsUnknownWhereTheAnswerIsOverTheLimit) {
  EXPECT_EQ(ask_peer_that([](RawSocket& socket) { socket.write(answer_of(1000)); }).reach, Reach::answered);
  EXPECT_EQ(ask_peer_that([](RawSocket& socket) { socket.write(answer_of(1001)); }).reach, Reach::unknown);
}

TEST(ClientReach, IsUnknownWhereTheTimePassesWhateverDripsIn) {
  const auto begun = std::chrono::steady_clock::now();
  const auto exchange = ask_peer_that(
      [](RawSocket& socket) {
        socket.write("HTTP/1.1 200 OK\r\n");
        socket.read_to_end();  // until the client gives up
      },
      milliseconds{100});
  EXPECT_EQ(exchange.reach, Reach::unknown);
  EXPECT_THAT(exchange.detail, HasSubstr("within the time allowed"));
  EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds{5});
}

}  // namespace
