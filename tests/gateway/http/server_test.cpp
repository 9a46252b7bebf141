#include "gateway/http/server.h"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <gmock/gmock.h>
#include <mutex>
#include <utility>

#include "base/digest.h"
#include "gateway/http/callers.h"
#include "gateway/http/tokens.h"
#include "gateway/offload/offload.h"
#include "tests/gateway/http/running_server.h"

namespace {

namespace asio = boost::asio;
using asio::awaitable;
using config::Role;
using gateway::http::Request;
using gateway::http::Response;
using gateway::http::Router;
using gateway::http::ServerOptions;
using gateway::http::Tokens;
using std::chrono::milliseconds;
using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;
using tests::RunningServer;

awaitable<Response> echo(Request request) { co_return Response::text(200, request.body); }

awaitable<Response> describe(Request request) {
  co_return Response::text(200, request.places["key"] + "|" + request.query["q"] + "|" + request.path);
}

awaitable<Response> break_down(Request) { throw std::runtime_error("the secret of the cellar"); }

awaitable<Response> find_pool_full(Request) { throw gateway::offload::OffloadFull(); }

awaitable<Response> name_caller(Request request) { co_return Response::text(200, request.caller->name); }

Router routes_served() {
  Router routes;
  routes.add({"POST", "/v1/echo", std::nullopt, echo});
  routes.add({"GET", "/v1/keys/{key}", std::nullopt, describe});
  routes.add({"GET", "/broken", std::nullopt, break_down});
  routes.add({"GET", "/full", std::nullopt, find_pool_full});
  routes.add({"GET", "/whoami", Role::viewer, name_caller});
  routes.add({"POST", "/whoami", Role::operator_, name_caller});
  return routes;
}

std::shared_ptr<const Tokens> tokens() {
  config::Client client{"erp", Role::submitter, {"*"}, base::sha256_hex("open sesame")};
  return std::make_shared<Tokens>(std::vector{client});
}

std::string get(const std::string& target, const std::string& more = "") {
  return "GET " + target + " HTTP/1.1\r\nHost: x\r\n" + more + "\r\n";
}

std::string post(const std::string& target, const std::string& body, const std::string& more = "") {
  return "POST " + target + " HTTP/1.1\r\nHost: x\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" + more +
         "\r\n" + body;
}

TEST(Server, DecodesPlacesAfterSplittingAndTheQuery) {
  RunningServer server(routes_served());
  const auto answer = server.ask(get("/v1/keys/CEB311Message%2FA%2F%E5%8D%95?q=a%26b+c"));
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 200 "));
  EXPECT_THAT(answer, HasSubstr("CEB311Message/A/单|a&b+c|"));
}

TEST(Server, AnswersSeveralRequestsOnOneConnection) {
  RunningServer server(routes_served());
  auto socket = server.connect();
  for (const std::string body : {"first", "second", ""}) {
    socket.write(post("/v1/echo", body));
    EXPECT_THAT(socket.read_answer(), testing::EndsWith("\r\n\r\n" + body));
  }
}

TEST(Server, AnswersTwoRequestsThatCameInOnePiece) {
  RunningServer server(routes_served());
  auto socket = server.connect();
  socket.write(post("/v1/echo", "one") + post("/v1/echo", "two"));
  EXPECT_THAT(socket.read_answer(), testing::EndsWith("one"));
  EXPECT_THAT(socket.read_answer(), testing::EndsWith("two"));
}

TEST(Server, SaysWhatIsAllowedWhereNothingAnswers) {
  RunningServer server(routes_served());
  const auto absent = server.ask(get("/v1/nothing"));
  EXPECT_THAT(absent, AllOf(StartsWith("HTTP/1.1 404 "), HasSubstr("application/problem+json")));
  const auto method = server.ask(get("/v1/echo"));
  EXPECT_THAT(method, AllOf(StartsWith("HTTP/1.1 405 "), HasSubstr("Allow: POST\r\n"), HasSubstr("\"faults\":[{")));
}

TEST(Server, LetsInByTokenAndRole) {
  RunningServer server(routes_served(), {}, tokens());
  const std::string token = "Authorization: Bearer open sesame\r\n";
  EXPECT_THAT(server.ask(get("/whoami", token)), AllOf(StartsWith("HTTP/1.1 200 "), testing::EndsWith("erp")));
  EXPECT_THAT(server.ask(get("/whoami")),
              AllOf(StartsWith("HTTP/1.1 401 "), HasSubstr("WWW-Authenticate: Bearer\r\n")));
  EXPECT_THAT(server.ask(get("/whoami", "Authorization: Bearer open\r\n")), StartsWith("HTTP/1.1 401 "));
  EXPECT_THAT(server.ask(post("/whoami", "", token)), StartsWith("HTTP/1.1 403 "));
}

TEST(Server, WithoutTokensNobodyHasARole) {
  RunningServer server(routes_served());
  EXPECT_THAT(server.ask(get("/whoami", "Authorization: Bearer open sesame\r\n")), StartsWith("HTTP/1.1 401 "));
}

// Takes its time, and answers by what the request says of itself.
class SlowCallers final : public gateway::http::Callers {
 public:
  awaitable<gateway::http::Identity> identify(const Request& request) const override {
    asio::steady_timer pause(co_await asio::this_coro::executor, milliseconds(1));
    co_await pause.async_wait(asio::use_awaitable);
    gateway::http::Identity identity;
    if (request.query.contains("throws")) throw std::runtime_error("the secret of the cellar");
    if (request.query.contains("busy")) throw gateway::offload::OffloadFull();
    if (request.query.contains("refused")) identity.refusal = Response::problem(418, "not you", {});
    if (request.query.contains("known")) identity.caller = {request.address, Role::viewer, {}};
    co_return identity;
  }
  awaitable<bool> still_knows(const gateway::http::Caller&) const override { co_return true; }
};

TEST(Server, WaitsForWhoCallsAndAnswersWhatIsSaidInPlaceOfThat) {
  std::vector<std::string> errors;
  ServerOptions options;
  options.on_error = [&](const std::string& error) { errors.push_back(error); };
  RunningServer server(routes_served(), options, std::make_shared<SlowCallers>());
  EXPECT_THAT(server.ask(get("/whoami?known=1")), AllOf(StartsWith("HTTP/1.1 200 "), testing::EndsWith("127.0.0.1")));
  EXPECT_THAT(server.ask(get("/whoami")), StartsWith("HTTP/1.1 401 "));
  EXPECT_THAT(server.ask(get("/whoami?refused=1")), StartsWith("HTTP/1.1 418 "));
  EXPECT_THAT(server.ask(get("/whoami?busy=1")), StartsWith("HTTP/1.1 503 "));
  EXPECT_THAT(server.ask(get("/whoami?throws=1")), AllOf(StartsWith("HTTP/1.1 500 "), Not(HasSubstr("cellar"))));
  server.stop(milliseconds{0}).wait();
  EXPECT_THAT(errors, testing::ElementsAre("GET /whoami: the secret of the cellar"));
}

TEST(Server, AnswersHeadWithTheLengthAndNoBody) {
  RunningServer server(routes_served());
  auto socket = server.connect();
  socket.write("HEAD /v1/keys/A HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  const auto answer = socket.read_to_end();
  EXPECT_THAT(answer,
              AllOf(StartsWith("HTTP/1.1 200 "), HasSubstr("Content-Length: 13\r\n"), testing::EndsWith("\r\n\r\n")));
}

TEST(Server, TellsBrowsersNeitherToGuessNorToKeep) {
  RunningServer server(routes_served());
  const auto answer = server.ask(get("/v1/keys/A"));
  EXPECT_THAT(answer, AllOf(HasSubstr("X-Content-Type-Options: nosniff\r\n"), HasSubstr("Cache-Control: no-store\r\n"),
                            HasSubstr("Date: ")));
}

TEST(Server, AnswersWhatIsNotHttpWithA400) {
  RunningServer server(routes_served());
  for (const std::string broken :
       {"nonsense\r\n\r\n", "GET  / HTTP/1.1\r\n\r\n", "GET /a%zz HTTP/1.1\r\nHost: x\r\n\r\n",
        "POST /v1/echo HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n"}) {
    EXPECT_THAT(server.ask(broken), AllOf(StartsWith("HTTP/1.1 400 "), HasSubstr("http.malformed"))) << broken;
  }
}

TEST(Server, AnswersHttp10AndCloses) {
  RunningServer server(routes_served());
  auto socket = server.connect();
  socket.write("GET /v1/keys/A HTTP/1.0\r\n\r\n");
  EXPECT_THAT(socket.read_to_end(), StartsWith("HTTP/1.0 200 "));
}

TEST(Server, HidesWhatAHandlerThrewAndTellsTheOperator) {
  std::promise<std::string> told;
  ServerOptions options;
  options.on_error = [&](const std::string& text) { told.set_value(text); };
  RunningServer server(routes_served(), options);
  const auto answer = server.ask(get("/broken?token=1"));
  EXPECT_THAT(answer, AllOf(StartsWith("HTTP/1.1 500 "), Not(HasSubstr("cellar"))));
  EXPECT_EQ(told.get_future().get(), "GET /broken: the secret of the cellar");
  EXPECT_THAT(server.ask(get("/full")), AllOf(StartsWith("HTTP/1.1 503 "), HasSubstr("Retry-After: 1\r\n")));
}

TEST(Server, NamesTheAddressItCannotBind) {
  RunningServer server(routes_served());
  asio::io_context context;
  ServerOptions options;
  options.port = tests::port_of(server.url());
  try {
    gateway::http::Server second(context.get_executor(), options, routes_served(), nullptr);
    FAIL() << "bound twice";
  } catch (const std::system_error& error) {
    EXPECT_THAT(error.what(), HasSubstr("127.0.0.1:" + std::to_string(options.port)));
  }
}

// A handler that says when it has begun and ends when it is let go.
struct Gate {
  std::promise<void> entered;
  std::mutex mutex;
  std::function<void()> release;

  // Once; the timer behind it must not outlive the server's I/O.
  void let_go() { std::exchange(release, nullptr)(); }
};

awaitable<Response> wait_at(std::shared_ptr<Gate> gate) {
  const auto executor = co_await asio::this_coro::executor;
  auto timer = std::make_shared<asio::steady_timer>(executor, std::chrono::hours{1});
  gate->release = [timer, executor] { asio::post(executor, [timer] { timer->cancel(); }); };
  gate->entered.set_value();
  boost::system::error_code woken;
  co_await timer->async_wait(asio::redirect_error(asio::use_awaitable, woken));
  co_return Response::text(200, "finished");
}

Router gated(std::shared_ptr<Gate> gate) {
  Router routes = routes_served();
  routes.add({"GET", "/slow", std::nullopt, [gate](Request) { return wait_at(gate); }});
  return routes;
}

TEST(ServerStop, LetsTheRunningRequestFinishAndClosesIdleConnectionsAtOnce) {
  const auto gate = std::make_shared<Gate>();
  RunningServer server(gated(gate));
  auto idle = server.connect();
  idle.write(post("/v1/echo", "x"));
  idle.read_answer();
  auto busy = server.connect();
  busy.write(get("/slow"));
  gate->entered.get_future().wait();
  auto stopped = server.stop(std::chrono::seconds{10});
  EXPECT_THAT(idle.read_to_end(), IsEmpty());
  EXPECT_THROW(server.connect(), std::system_error);
  gate->let_go();
  EXPECT_THAT(busy.read_to_end(),
              AllOf(StartsWith("HTTP/1.1 200 "), HasSubstr("Connection: close"), HasSubstr("finished")));
  stopped.wait();
}

TEST(ServerStop, CutsWhatIsStillRunningAtTheDeadline) {
  const auto gate = std::make_shared<Gate>();
  RunningServer server(gated(gate));
  auto busy = server.connect();
  busy.write(get("/slow"));
  gate->entered.get_future().wait();
  server.stop(milliseconds{20}).wait();
  EXPECT_THAT(busy.read_to_end(), IsEmpty());
  gate->let_go();
}

}  // namespace
