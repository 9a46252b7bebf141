#include "tests/gateway/accounts/running_accounts.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/use_future.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>
#include <stdexcept>

#include "base/digest.h"
#include "gateway/accounts/password_hash.h"
#include "gateway/http/body_stream.h"
#include "gateway/ledger/kinds/open_ledger.h"

namespace tests {

namespace asio = boost::asio;
namespace json = boost::json;
namespace http = gateway::http;
using config::Role;

namespace {

gateway::ledger::User user(const std::string& name, const std::string& role, const std::string& hash) {
  return {.name = name, .role = role, .enterprises = {"4601960001"}, .password_hash = hash, .created_at = {}};
}

asio::awaitable<http::Response> name_caller(http::Request request) {
  co_return http::Response::text(200, request.caller->name + (request.caller->came_by_session() ? " by session" : ""));
}

// A part now and then for as long as it is listened to.
class Ticking final : public http::BodyStream {
 public:
  explicit Ticking(std::atomic<int>& ticks) : ticks_(ticks) {}
  asio::awaitable<std::optional<std::string>> next() override {
    asio::steady_timer pause(co_await asio::this_coro::executor, std::chrono::milliseconds(20));
    co_await pause.async_wait(asio::use_awaitable);
    if (has_ended_) co_return std::nullopt;
    ++ticks_;
    co_return "tick\n";
  }
  void end() override { has_ended_ = true; }

 private:
  std::atomic<int>& ticks_;
  bool has_ended_ = false;
};

asio::awaitable<http::Response> tick(std::atomic<int>& ticks) {
  http::Response response;
  response.stream = std::make_shared<Ticking>(ticks);
  co_return response;
}

http::Exchange run(http::Call call) {
  asio::io_context context;
  auto exchange = asio::co_spawn(context, http::send(std::move(call)), asio::use_future);
  context.run();
  return exchange.get();
}

}  // namespace

AccountsSite::AccountsSite(People people)
    : clock_(*base::read_rfc3339("2026-01-31T09:30:00+08:00")),
      ledger_(gateway::ledger::kinds::open_ledger("sqlite:" + (scratch_.path() / "ledger.db").string())) {
  settings_.file = "/etc/cebgate.toml";
  settings_.clients = {{"erp", Role::submitter, {"*"}, base::sha256_hex("token-erp")}};
  if (people == People::three) add_people();
}

void AccountsSite::add_people() {
  static const std::string hash = gateway::accounts::hash_password(right_password);
  ledger_->add_user(user("mei", "operator", hash), act());
  ledger_->add_user(user("root", "admin", hash), act());
  ledger_->add_user(user("new", "viewer", {}), act());
}

gateway::ledger::Act AccountsSite::act() const {
  return {.at = clock_.now(), .by = "test", .kind = gateway::ledger::ActKind::user, .subject = "users/x"};
}

std::string AccountsSite::last_act() const {
  const auto acts = ledger_->acts({}).acts;
  if (acts.empty()) return "none";
  const auto& last = acts.front();
  return last.by + " " + std::string(word(last.kind)) + " " + last.subject + " " + last.reason;
}

RunningAccounts::RunningAccounts(AccountsSite& site) {
  const gateway::accounts::Accounts accounts({site.settings(), site.ledger(), store_, hashing_, site.clock()});
  http::Router router;
  accounts.add_routes(router);
  router.add({"GET", "/v1/whoami", Role::viewer, name_caller});
  router.add({"GET", "/v1/ticks", Role::viewer, [&site](http::Request) { return tick(site.ticks); }});
  router.add({"POST", "/v1/whoami", Role::viewer, name_caller});
  http::ServerOptions options;
  options.on_error = [](const std::string& error) { ADD_FAILURE() << error; };
  server_ = std::make_unique<http::Server>(io_.get_executor(), options, router, accounts.callers());
  url_ = server_->url();
  server_->start();
  thread_ = std::thread([this] { io_.run(); });
}

RunningAccounts::~RunningAccounts() {
  asio::co_spawn(io_, server_->stop(std::chrono::seconds(5)), asio::use_future).get();
  guard_.reset();
  io_.stop();
  thread_.join();
}

json::object Page::json() const { return json::parse(body).as_object(); }

std::string Page::text(std::string_view member) const { return std::string(json().at(member).as_string()); }

std::string Page::code() const {
  return std::string(json().at("faults").as_array().at(0).as_object().at("code").as_string());
}

Page Browser::ask(const std::string& method, const std::string& path, const std::string& body, const Headers& more) {
  http::Call call;
  call.method = method;
  call.url = url_ + path;
  call.body = body;
  if (!cookie.empty()) call.headers.set("Cookie", "theme=dark; cebgate_session=" + cookie);
  if (!csrf.empty() && method != "GET") call.headers.set("X-CSRF-Token", csrf);
  for (const auto& [name, value] : more) call.headers.set(name, value);
  auto exchange = run(std::move(call));
  if (exchange.reach != http::Reach::answered) throw std::runtime_error(exchange.detail);
  return {exchange.response.status, exchange.response.headers, exchange.response.body};
}

Page Browser::sign_in(const std::string& name, const std::string& password) {
  return sign_in_by(json::serialize(json::object{{"name", name}, {"password", password}}));
}

Page Browser::sign_in_by_code(const std::string& code) {
  return sign_in_by(json::serialize(json::object{{"code", code}}));
}

Page Browser::sign_in_by(const std::string& body) {
  Page page = ask("POST", "/v1/session", body);
  if (page.status != 201) return page;
  const std::string set(page.headers.get("Set-Cookie"));
  const auto start = set.find('=') + 1;
  cookie = set.substr(start, set.find(';') - start);
  csrf = page.text("csrf");
  return page;
}

}  // namespace tests
