#include "gateway/http/session.h"

#include <atomic>
#include <gmock/gmock.h>
#include <mutex>
#include <vector>

#include "tests/gateway/http/running_server.h"

namespace {

using gateway::http::Call;
using gateway::http::Exchange;
using gateway::http::Reach;
using gateway::http::Session;
using std::chrono::milliseconds;
using testing::HasSubstr;
using testing::Not;
using tests::RawServer;
using tests::RawSocket;

const std::string large_body = "{\"order\":1}";

std::string answer(const std::string& text, const std::string& more = "") {
  return "HTTP/1.1 200 OK\r\n" + more + "Content-Length: " + std::to_string(text.size()) + "\r\n\r\n" + text;
}

// One session whose calls are run to their end, one after the other.
class Caller {
 public:
  Exchange post(const std::string& url, milliseconds timeout = milliseconds{5000}) {
    Call call;
    call.method = "POST";
    call.url = url;
    call.body = large_body;
    call.timeout = timeout;
    context_.restart();
    auto exchange = boost::asio::co_spawn(context_, session_.send(std::move(call)), boost::asio::use_future);
    context_.run();
    return exchange.get();
  }

 private:
  boost::asio::io_context context_;
  Session session_;
};

// Answers one request after the other; counts connections and keeps what was asked.
struct Peer {
  explicit Peer(std::function<bool(RawSocket&, int)> talk)  // false: closes the connection
      : server([this, talk = std::move(talk)](RawSocket& socket) {
          const int connection = ++connections;
          for (;;) {
            const std::string request = socket.read_until(large_body);
            if (!request.ends_with(large_body)) return;
            {
              const std::lock_guard lock(mutex);
              requests.push_back(request);
            }
            if (!talk(socket, connection)) return;
          }
        }) {}

  std::atomic<int> connections = 0;
  std::mutex mutex;
  std::vector<std::string> requests;
  RawServer server;
};

TEST(Session, SendsCallsInTurnOnOneConnectionAndDoesNotAskToCloseIt) {
  Peer peer([](RawSocket& socket, int connection) {
    socket.write(answer(std::to_string(connection)));
    return true;
  });
  {
    Caller caller;
    for (int i = 0; i < 3; ++i) {
      const Exchange exchange = caller.post(peer.server.url());
      ASSERT_EQ(exchange.reach, Reach::answered) << exchange.detail;
      EXPECT_EQ(exchange.response.body, "1");
    }
  }
  EXPECT_EQ(peer.connections, 1);
  for (const std::string& request : peer.requests) EXPECT_THAT(request, Not(HasSubstr("Connection: close")));
}

TEST(Session, OpensAnotherConnectionWhereThePeerSaysThatItWillClose) {
  Peer peer([](RawSocket& socket, int connection) {
    socket.write(answer(std::to_string(connection), "Connection: close\r\n"));
    return true;
  });
  Caller caller;
  EXPECT_EQ(caller.post(peer.server.url()).response.body, "1");
  EXPECT_EQ(caller.post(peer.server.url()).response.body, "2");
}

TEST(Session, OpensAnotherConnectionBeforeTheFirstByteWhereThePeerHasClosedTheIdleOne) {
  std::atomic<int> connections = 0;
  RawServer peer([&](RawSocket& socket) {
    const int connection = ++connections;
    socket.read_until(large_body);
    socket.write(answer(std::to_string(connection)));
    if (connection == 2) socket.read_to_end();
  });
  Caller caller;
  EXPECT_EQ(caller.post(peer.url()).response.body, "1");
  // The peer serves one connection at a time: a second one that is answered shows that the first is closed.
  EXPECT_EQ(Caller().post(peer.url()).response.body, "2");
  const Exchange again = caller.post(peer.url());
  EXPECT_EQ(again.reach, Reach::answered) << again.detail;
  EXPECT_EQ(again.response.body, "3");
}

TEST(Session, GoesToAnotherPlaceOnAnotherConnection) {
  const auto polite = [](RawSocket& socket, int) {
    socket.write(answer("here"));
    return true;
  };
  Peer first(polite), second(polite);
  {
    Caller caller;
    EXPECT_EQ(caller.post(first.server.url()).reach, Reach::answered);
    EXPECT_EQ(caller.post(second.server.url()).reach, Reach::answered);
  }
  EXPECT_EQ(first.connections, 1);
  EXPECT_EQ(second.connections, 1);
}

TEST(SessionReach, IsUnknownWhereThePeerClosesInsteadOfAnsweringASecondCallAndItIsNotSentAgain) {
  Peer peer([](RawSocket& socket, int connection) {
    static std::atomic<int> asked = 0;
    if (++asked == 2) return false;
    socket.write(answer(std::to_string(connection)));
    return true;
  });
  Caller caller;
  EXPECT_EQ(caller.post(peer.server.url()).reach, Reach::answered);
  EXPECT_EQ(caller.post(peer.server.url()).reach, Reach::unknown);
  {
    const std::lock_guard lock(peer.mutex);
    EXPECT_EQ(peer.requests.size(), 2u);
  }
  EXPECT_EQ(caller.post(peer.server.url()).response.body, "2");
}

TEST(SessionReach, IsUnknownPastTheDeadlineOfThatCallAloneAndALateAnswerIsNotTakenForTheNextOnes) {
  std::promise<void> given_up;
  auto late = given_up.get_future();
  Peer peer([&late](RawSocket& socket, int connection) {
    static std::atomic<int> asked = 0;
    if (++asked == 2) {
      late.wait();
      return false;
    }
    socket.write(answer(std::to_string(connection)));
    return true;
  });
  Caller caller;
  EXPECT_EQ(caller.post(peer.server.url()).response.body, "1");
  const Exchange exchange = caller.post(peer.server.url(), milliseconds{100});
  EXPECT_EQ(exchange.reach, Reach::unknown);
  EXPECT_THAT(exchange.detail, HasSubstr("within the time allowed"));
  given_up.set_value();
  EXPECT_EQ(caller.post(peer.server.url()).response.body, "2");
}

TEST(Session, DropsAConnectionOnWhichMoreCameThanWasAsked) {
  Peer peer([](RawSocket& socket, int connection) {
    socket.write(answer(std::to_string(connection)) + answer("never asked"));
    return true;
  });
  Caller caller;
  EXPECT_EQ(caller.post(peer.server.url()).response.body, "1");
  EXPECT_EQ(caller.post(peer.server.url()).response.body, "2");
}

TEST(SessionReach, IsUnreachableWhereNobodyListensAnyMore) {
  std::string url;
  Caller caller;
  {
    Peer peer([](RawSocket& socket, int) {
      socket.write(answer("bye"));
      return false;
    });
    url = peer.server.url();
    EXPECT_EQ(caller.post(url).reach, Reach::answered);
  }
  EXPECT_EQ(caller.post(url).reach, Reach::unreachable);
}

}  // namespace
