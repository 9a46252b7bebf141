#include <gmock/gmock.h>
#include <mutex>

#include "gateway/channels/kinds/make_channel.h"
#include "tests/gateway/http/running_server.h"

namespace {

using boost::asio::awaitable;
using gateway::channels::Answer;
using gateway::channels::Channel;
using gateway::channels::Outcome;
using gateway::channels::Received;
using gateway::channels::Window;
using gateway::channels::kinds::make_channel;
using gateway::http::Request;
using gateway::http::Response;
using gateway::http::Router;
using testing::ElementsAre;
using testing::HasSubstr;
using tests::RawServer;
using tests::RawSocket;
using tests::RunningServer;

// A port that notes what it is asked and always answers the same.
struct Port {
  Response answer;
  std::mutex mutex;
  std::vector<Request> asked;

  Request last() {
    const std::lock_guard lock(mutex);
    return asked.back();
  }
};

awaitable<Response> note(std::shared_ptr<Port> port, Request request) {
  const std::lock_guard lock(port->mutex);
  port->asked.push_back(std::move(request));
  co_return port->answer;
}

Router router(std::shared_ptr<Port> port) {
  Router routes;
  const auto handler = [port](Request request) { return note(port, std::move(request)); };
  for (const std::string path : {"/cebcmsg", "/own/push"}) routes.add({"POST", path, std::nullopt, handler});
  for (const std::string path : {"/ceb312msg", "/own/312"}) routes.add({"GET", path, std::nullopt, handler});
  return routes;
}

config::Port settings(const std::string& url) {
  config::Port port;
  port.name = "hainan";
  port.profile = "hainan-http";
  port.url = url;
  port.timeout = std::chrono::milliseconds{5000};
  return port;
}

template <class Value>
awaitable<void> keep(awaitable<Value> flow, std::optional<Value>& into) {
  into.emplace(co_await std::move(flow));
}

// One for all calls: a channel keeps connections from one to the next.
boost::asio::io_context& restarted_context() {
  static boost::asio::io_context context;
  context.restart();
  return context;
}

template <class Value>
Value run_to_end(awaitable<Value> flow) {
  auto& context = restarted_context();
  std::optional<Value> value;
  auto done = boost::asio::co_spawn(context, keep(std::move(flow), value), boost::asio::use_future);
  context.run();
  done.get();
  return std::move(*value);
}

Answer send(Channel& channel) {
  return run_to_end(channel.send({"{\"Message\":{}}", "GUID", "CEB311Message", "DXPENT0000000001"}));
}

Answer answer_to(const Response& response) {
  const auto port = std::make_shared<Port>();
  port->answer = response;
  RunningServer server(router(port));
  return send(*make_channel(settings(server.url()), {}));
}

const base::Time since = *base::read_rfc3339("2026-01-31T09:30:00+08:00");

Window window(const std::string& source = "/ceb312msg") { return {source, "DXPENT0000000001", since}; }

base::Result<std::vector<Received>> listing(const Response& response) {
  const auto port = std::make_shared<Port>();
  port->answer = response;
  RunningServer server(router(port));
  return run_to_end(make_channel(settings(server.url()), {})->receive(window()));
}

TEST(HainanPush, PostsTheEnvelopeAsItIs) {
  const auto port = std::make_shared<Port>();
  port->answer = Response::text(200, " OK\r\n");
  RunningServer server(router(port));
  EXPECT_EQ(send(*make_channel(settings(server.url() + "/"), {})).outcome, Outcome::confirmed);
  EXPECT_EQ(port->last().path, "/cebcmsg");
  EXPECT_EQ(port->last().body, "{\"Message\":{}}");
  EXPECT_EQ(port->last().headers.get("Content-Type"), "application/json");
}

TEST(HainanPush, IsRefusedWithThePortsTextByAnotherAnswerOrA4xx) {
  EXPECT_EQ(answer_to(Response::text(200, "OKAY")).outcome, Outcome::refused);
  EXPECT_EQ(answer_to(Response::text(200, "")).outcome, Outcome::refused);
  EXPECT_EQ(answer_to(Response::text(302, "OK")).outcome, Outcome::refused);
  const Answer answer = answer_to(Response::text(400, "报文格式错误"));
  EXPECT_EQ(answer.outcome, Outcome::refused);
  EXPECT_EQ(answer.text, "HTTP 400: 报文格式错误");
}

TEST(HainanPush, KeepsAThousandCharactersOfALongText) {
  std::string text;
  for (int i = 0; i < 2000; ++i) text += "错";
  const std::string kept = answer_to(Response::text(400, text)).text;
  EXPECT_EQ(kept, "HTTP 400: " + text.substr(0, 3 * 990));
}

TEST(HainanPush, IsUnreachableWhereThePortIsBusyOrAway) {
  EXPECT_EQ(answer_to(Response::text(429, "")).outcome, Outcome::unreachable);
  EXPECT_EQ(answer_to(Response::text(503, "")).outcome, Outcome::unreachable);
  std::string url;
  {
    RawServer gone([](RawSocket&) {});
    url = gone.url();
  }
  const auto channel = make_channel(settings(url), {});
  EXPECT_EQ(send(*channel).outcome, Outcome::unreachable);
  EXPECT_FALSE(channel->health().reachable);
  EXPECT_THAT(channel->health().detail, HasSubstr("Connection refused"));
}

TEST(HainanPush, IsUnknownAfterAnInnerErrorALostAnswerOrTheTimeLimit) {
  EXPECT_EQ(answer_to(Response::text(500, "OK")).outcome, Outcome::unknown);
  EXPECT_EQ(answer_to(Response::text(502, "")).outcome, Outcome::unknown);
  RawServer closing([](RawSocket& socket) { socket.read_until("{\"Message\":{}}"); });
  EXPECT_EQ(send(*make_channel(settings(closing.url()), {})).outcome, Outcome::unknown);
  RawServer silent([](RawSocket& socket) { socket.read_to_end(); });
  config::Port hurried = settings(silent.url());
  hurried.timeout = std::chrono::milliseconds{50};
  EXPECT_EQ(send(*make_channel(hurried, {})).outcome, Outcome::unknown);
}

TEST(HainanReceipts, AsksForOneDxpIdSinceATimeInChina) {
  const auto port = std::make_shared<Port>();
  port->answer = Response::text(200, "[]");
  RunningServer server(router(port));
  const auto channel = make_channel(settings(server.url()), {});
  const auto sources = channel->sources();
  ASSERT_EQ(sources.size(), 19U);  // one for each declaration
  EXPECT_EQ(sources.front().name, "/ceb312msg");
  EXPECT_EQ(sources.front().receipt_type, "CEB312Message");
  const auto received = run_to_end(channel->receive(window()));
  ASSERT_TRUE(received);
  EXPECT_TRUE(received->empty());
  EXPECT_EQ(port->last().query,
            (std::map<std::string, std::string>{{"dxpid", "DXPENT0000000001"}, {"qryid", "20260131093000"}}));
  EXPECT_TRUE(channel->health().reachable);
}

TEST(HainanReceipts, GiveEachRecordWithThePortsTimeOfIt) {
  const std::string received_at = "{org_id=1, instm=1691397836000, returnstatus=2, returntime=1691397830000}";
  const std::string returned_at = "{org_id=1, returnstatus=120, returntime=1691397830000}";
  const std::string neither = "{org_id=1, returnstatus=120}";
  const auto received = listing(Response::text(200, "[" + received_at + ", " + returned_at + ", " + neither + "]"));
  ASSERT_TRUE(received) << received.faults().front().en;
  ASSERT_EQ(received->size(), 3u);
  EXPECT_EQ((*received)[0].bytes, received_at);
  EXPECT_EQ((*received)[0].marked_at, base::Time(std::chrono::milliseconds{1691397836000}));
  EXPECT_EQ((*received)[1].marked_at, base::Time(std::chrono::milliseconds{1691397830000}));
  EXPECT_EQ((*received)[2].marked_at, since);
}

TEST(HainanReceipts, AreAFaultWhereTheListingCannotBeHadOrRead) {
  EXPECT_EQ(listing(Response::text(200, "<html>busy</html>")).faults().front().code, "listing.form");
  EXPECT_EQ(listing(Response::text(500, "[]")).faults().front().code, "channel.answer");
  RawServer closing([](RawSocket& socket) { socket.read_until("\r\n\r\n"); });
  const auto lost = run_to_end(make_channel(settings(closing.url()), {})->receive(window()));
  ASSERT_FALSE(lost);
  EXPECT_EQ(lost.faults().front().code, "channel.unreachable");
  EXPECT_THAT(lost.faults().front().path, HasSubstr("/ceb312msg"));
}

TEST(HainanPaths, CanBeOverridden) {
  const auto port = std::make_shared<Port>();
  port->answer = Response::text(200, "OK");
  RunningServer server(router(port));
  config::Port own = settings(server.url());
  own.paths = {{"push", "/own/push"}, {"CEB312Message", "/own/312"}};
  const auto channel = make_channel(own, {});
  EXPECT_EQ(send(*channel).outcome, Outcome::confirmed);
  EXPECT_EQ(port->last().path, "/own/push");
  EXPECT_EQ(channel->sources().front().name, "/own/312");
  port->answer = Response::text(200, "[]");
  EXPECT_TRUE(run_to_end(channel->receive(window("/own/312"))));
  EXPECT_FALSE(run_to_end(channel->receive(window("/ceb312msg"))));
}

TEST(MakeChannel, ThrowsForAProfileItDoesNotKnow) {
  config::Port port = settings("http://127.0.0.1:1");
  port.profile = "dxp-pigeon";
  EXPECT_THROW(make_channel(port, {}), std::invalid_argument);
}

}  // namespace
