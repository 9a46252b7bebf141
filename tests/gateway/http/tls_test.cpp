#include <gmock/gmock.h>

#include "gateway/http/session.h"
#include "tests/gateway/http/running_server.h"
#include "tests/support/paths.h"
#include "tests/support/tls_files.h"

namespace {

using gateway::http::Call;
using gateway::http::Reach;
using gateway::http::Request;
using gateway::http::Response;
using gateway::http::Router;
using gateway::http::ServerOptions;
using tests::RunningServer;
using tests::send_and_wait;

boost::asio::awaitable<Response> count_over_tls(Request request) {
  co_return Response::text(200, std::to_string(request.body.size()));
}

class Https : public testing::Test {
 protected:
  ServerOptions options(const char* names) {
    const tests::TlsFiles files = tests::make_tls_files(scratch_.path(), names);
    ServerOptions options;
    options.certificate = files.certificate;
    options.key = files.key;
    options.body_limit_bytes = std::size_t{1} << 20;
    return options;
  }
  static Router router() {
    Router routes;
    routes.add({"POST", "/count", std::nullopt, count_over_tls});
    return routes;
  }
  Call call_to(const RunningServer& server, std::size_t bytes) {
    Call call;
    call.method = "POST";
    call.url = server.url() + "/count";
    call.body = std::string(bytes, 'x');
    call.trust = scratch_.path() / "tls.cert.pem";
    return call;
  }

  tests::ScratchDirectory scratch_;
};

TEST_F(Https, CarriesARequestToAServerThatIsTrusted) {
  RunningServer server(router(), options("IP:127.0.0.1"));
  EXPECT_THAT(server.url(), testing::StartsWith("https://127.0.0.1:"));
  const auto exchange = send_and_wait(call_to(server, 100000));
  ASSERT_EQ(exchange.reach, Reach::answered) << exchange.detail;
  EXPECT_EQ(exchange.response.body, "100000");
}

TEST_F(Https, CarriesCallsInTurnOnOneSession) {
  RunningServer server(router(), options("IP:127.0.0.1"));
  gateway::http::Session session;
  boost::asio::io_context context;
  for (const std::size_t bytes : {std::size_t{10}, std::size_t{100000}, std::size_t{20}}) {
    context.restart();
    auto exchange = boost::asio::co_spawn(context, session.send(call_to(server, bytes)), boost::asio::use_future);
    context.run();
    EXPECT_EQ(exchange.get().response.body, std::to_string(bytes));
  }
}

TEST_F(Https, TheRefusalOfABodyOverTheLimitIsSeen) {
  RunningServer server(router(), options("IP:127.0.0.1"));
  const auto exchange = send_and_wait(call_to(server, (std::size_t{1} << 20) + 1));
  ASSERT_EQ(exchange.reach, Reach::answered) << exchange.detail;
  EXPECT_EQ(exchange.response.status, 413u);
}

TEST_F(Https, SendsNothingToAServerThatIsNotTrusted) {
  RunningServer server(router(), options("IP:127.0.0.1"));
  Call call = call_to(server, 1);
  call.trust.reset();
  const auto exchange = send_and_wait(call);
  EXPECT_EQ(exchange.reach, Reach::unreachable);
  EXPECT_THAT(exchange.detail, testing::HasSubstr("TLS with 127.0.0.1"));
}

TEST_F(Https, SendsNothingToAServerOfAnotherName) {
  RunningServer server(router(), options("DNS:other.example"));
  EXPECT_EQ(send_and_wait(call_to(server, 1)).reach, Reach::unreachable);
}

TEST_F(Https, SendsNothingWhereTheTrustCannotBeRead) {
  RunningServer server(router(), options("IP:127.0.0.1"));
  Call call = call_to(server, 1);
  call.trust = scratch_.path() / "none.pem";
  const auto exchange = send_and_wait(call);
  EXPECT_EQ(exchange.reach, Reach::unreachable);
  EXPECT_THAT(exchange.detail, testing::HasSubstr("none.pem"));
}

TEST_F(Https, IsUnreachableWhereThePeerDoesNotSpeakTls) {
  RunningServer trusted(router(), options("IP:127.0.0.1"));
  RunningServer plain(router());
  Call call = call_to(trusted, 1);
  call.url = "https" + plain.url().substr(4);
  call.timeout = std::chrono::milliseconds{2000};
  EXPECT_EQ(send_and_wait(call).reach, Reach::unreachable);
}

TEST_F(Https, SurvivesAClientThatDoesNotSpeakTls) {
  RunningServer server(router(), options("IP:127.0.0.1"));
  auto socket = server.connect();
  socket.write("GET / HTTP/1.1\r\n\r\n");
  socket.read_until("nothing of HTTP");
  EXPECT_EQ(send_and_wait(call_to(server, 1)).reach, Reach::answered);
}

TEST_F(Https, NamesTheKeyFileItCannotUse) {
  ServerOptions broken = options("IP:127.0.0.1");
  broken.key = scratch_.path() / "none.pem";
  try {
    RunningServer server(router(), broken);
    FAIL() << "listened without a key";
  } catch (const std::system_error& error) {
    EXPECT_THAT(error.what(), testing::HasSubstr("none.pem"));
  }
}

}  // namespace
