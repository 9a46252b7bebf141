#include <gmock/gmock.h>

#include "base/digest.h"
#include "tests/gateway/http/running_server.h"

namespace {

using boost::asio::awaitable;
using gateway::http::Request;
using gateway::http::Response;
using gateway::http::Router;
using gateway::http::ServerOptions;
using std::chrono::milliseconds;
using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;
using tests::RunningServer;

constexpr std::size_t limit_bytes = 1000;

awaitable<Response> count_bytes(Request request) { co_return Response::text(200, std::to_string(request.body.size())); }

Router router() {
  Router routes;
  routes.add({"POST", "/count", std::nullopt, count_bytes});
  routes.add({"POST", "/private", config::Role::viewer, count_bytes});
  return routes;
}

ServerOptions limited() {
  ServerOptions options;
  options.body_limit_bytes = limit_bytes;
  return options;
}

std::string header(const std::string& path, const std::string& fields) {
  return "POST " + path + " HTTP/1.1\r\nHost: x\r\n" + fields + "\r\n";
}

std::string with_length(std::size_t bytes) { return "Content-Length: " + std::to_string(bytes) + "\r\n"; }

std::string chunk(std::size_t bytes) {
  std::array<char, 20> size{};
  std::snprintf(size.data(), size.size(), "%zx", bytes);
  return std::string(size.data()) + "\r\n" + std::string(bytes, 'x') + "\r\n";
}

TEST(BodyLimit, TakesTheLimitAndRefusesOneMoreByItsLengthAlone) {
  RunningServer server(router(), limited());
  EXPECT_THAT(server.ask(header("/count", with_length(limit_bytes)) + std::string(limit_bytes, 'x')),
              AllOf(StartsWith("HTTP/1.1 200 "), testing::EndsWith("1000")));
  auto socket = server.connect();
  socket.write(header("/count", with_length(limit_bytes + 1)));
  EXPECT_THAT(socket.read_answer(),
              AllOf(StartsWith("HTTP/1.1 413 "), HasSubstr("Connection: close"), HasSubstr("1000")));
}

TEST(BodyLimit, BindsChunkedBodiesWhenTheyPassIt) {
  RunningServer server(router(), limited());
  const std::string head = header("/count", "Transfer-Encoding: chunked\r\n");
  EXPECT_THAT(server.ask(head + chunk(600) + chunk(400) + "0\r\n\r\n"),
              AllOf(StartsWith("HTTP/1.1 200 "), testing::EndsWith("1000")));
  EXPECT_THAT(server.ask(head + chunk(600) + chunk(401) + "0\r\n\r\n"), StartsWith("HTTP/1.1 413 "));
}

TEST(BodyLimit, ABlockingClientThatSendsEverythingFirstStillReadsTheRefusal) {
  RunningServer server(router(), limited());
  const std::string body(std::size_t{20} << 20, 'x');
  for (const std::string path : {"/count", "/private", "/nowhere"}) {
    auto socket = server.connect();
    socket.write(header(path, with_length(body.size())));
    socket.write(body);
    EXPECT_THAT(socket.read_to_end(), AllOf(StartsWith("HTTP/1.1 4"), HasSubstr("problem+json"))) << path;
  }
  auto chunked = server.connect();
  chunked.write(header("/count", "Transfer-Encoding: chunked\r\n"));
  chunked.write(chunk(body.size()) + "0\r\n\r\n");
  EXPECT_THAT(chunked.read_until("}]}"), StartsWith("HTTP/1.1 413 "));
}

TEST(BodyLimit, NobodyWithoutATokenGetsABodyRead) {
  RunningServer server(router(), limited());
  auto socket = server.connect();
  socket.write(header("/private", with_length(10)));
  EXPECT_THAT(socket.read_answer(), AllOf(StartsWith("HTTP/1.1 401 "), HasSubstr("Connection: close")));
}

TEST(Expect, GetsAContinueOrTheRefusalInstead) {
  RunningServer server(router(), limited());
  auto welcome = server.connect();
  welcome.write(header("/count", with_length(5) + "Expect: 100-continue\r\n"));
  EXPECT_THAT(welcome.read_until("\r\n\r\n"), StartsWith("HTTP/1.1 100 "));
  welcome.write("12345");
  EXPECT_THAT(welcome.read_answer(), StartsWith("HTTP/1.1 200 "));
  auto refused = server.connect();
  refused.write(header("/count", with_length(limit_bytes + 1) + "Expect: 100-continue\r\n"));
  EXPECT_THAT(refused.read_to_end(), StartsWith("HTTP/1.1 413 "));
}

TEST(HeaderLimit, RefusesAHeaderOverItWithA431) {
  RunningServer server(router());
  const std::string long_field = "X-Long: " + std::string(32 << 10, 'x') + "\r\n";
  EXPECT_THAT(server.ask(header("/count", long_field)), StartsWith("HTTP/1.1 431 "));
  const std::string short_field = "X-Long: " + std::string(30 << 10, 'x') + "\r\n";
  EXPECT_THAT(server.ask(header("/count", short_field)), StartsWith("HTTP/1.1 200 "));
}

TEST(ConnectionLimit, TellsTheOneTooManyAndServesTheOthers) {
  ServerOptions options;
  options.most_connections = 2;
  RunningServer server(router(), options);
  auto first = server.connect(), second = server.connect();
  for (auto* socket : {&first, &second}) {
    socket->write(header("/count", with_length(1)) + "x");
    EXPECT_THAT(socket->read_answer(), StartsWith("HTTP/1.1 200 "));
  }
  EXPECT_THAT(server.connect().read_answer(), StartsWith("HTTP/1.1 503 "));
  first.write(header("/count", with_length(1)) + "x");
  EXPECT_THAT(first.read_answer(), StartsWith("HTTP/1.1 200 "));
}

TEST(TimeLimits, CloseOnAClientThatFallsSilent) {
  ServerOptions options;
  options.header_timeout = options.body_timeout = options.idle_timeout = milliseconds{30};
  RunningServer server(router(), options);
  auto silent = server.connect();
  EXPECT_THAT(silent.read_to_end(), IsEmpty());
  auto half_a_header = server.connect();
  half_a_header.write("POST /count HTT");
  EXPECT_THAT(half_a_header.read_to_end(), IsEmpty());
  auto half_a_body = server.connect();
  half_a_body.write(header("/count", with_length(10)) + "12345");
  EXPECT_THAT(half_a_body.read_to_end(), IsEmpty());
  auto idle = server.connect();
  idle.write(header("/count", with_length(1)) + "x");
  EXPECT_THAT(idle.read_answer(), StartsWith("HTTP/1.1 200 "));
  EXPECT_THAT(idle.read_to_end(), IsEmpty());
}

}  // namespace
