#include "tests/gateway/signatures/running_desk.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/use_future.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>
#include <stdexcept>

#include "base/digest.h"
#include "gateway/http/client.h"
#include "gateway/http/tokens.h"
#include "gateway/ledger/kinds/open_ledger.h"
#include "gateway/signatures/signatures.h"

namespace tests {
namespace {

template <class T>
T must(base::Result<T> result) {
  if (!result) throw std::runtime_error(result.faults().front().en);
  return std::move(result).value();
}

config::Client client(const std::string& name, config::Role role, const std::vector<std::string>& enterprises,
                      config::Signing signing = config::Signing::by_role) {
  return {name, role, enterprises, base::sha256_hex("token-" + name), signing};
}

boost::asio::awaitable<Told> answer_to(gateway::http::Call call) {
  const auto exchange = co_await gateway::http::send(std::move(call));
  if (exchange.reach != gateway::http::Reach::answered) throw std::runtime_error(exchange.detail);
  co_return Told{exchange.response.status, exchange.response.headers, exchange.response.body};
}

boost::asio::awaitable<void> occupied(gateway::offload::Pool& pool, std::shared_future<void> until,
                                      std::promise<void>& begun) {
  const auto wait = [&] {
    begun.set_value();
    until.wait();
  };
  co_await pool.run(wait);
}

}  // namespace

boost::json::object Told::json() const { return boost::json::parse(body).as_object(); }

std::string Told::text(std::string_view member) const { return std::string(json().at(member).as_string()); }

std::string Told::faults() const {
  std::string text;
  const auto problem = json();
  for (const auto& fault : problem.at("faults").as_array()) {
    text += std::string(fault.at("code").as_string()) + " " + std::string(fault.at("path").as_string()) + "\n";
  }
  return text;
}

RunningDesk::RunningDesk(Roots roots) : clock_(*base::read_rfc3339("2026-01-31T09:30:00+08:00")) {
  TestValidity ended;
  ended.not_after = std::chrono::sys_days{std::chrono::year{2026} / 1 / 1};
  settings_.file = scratch_.path() / "cebgate.toml";
  settings_.ledger.url = "sqlite:" + ledger_file().string();
  settings_.ports.emplace_back().name = "hainan";
  add_enterprise(with_sm2, authority_.issue_sm2("测试电商企业"));
  add_enterprise(with_rsa, authority_.issue_rsa("测试支付企业"));
  add_enterprise(with_ended_key, authority_.issue_sm2("测试物流企业", ended));
  using config::Role;
  settings_.enterprises.back().dialect = "hainan-sm2";
  settings_.clients = {client("shop", Role::viewer, {"*"}, config::Signing::allowed),
                       client("small", Role::viewer, {with_sm2}, config::Signing::allowed),
                       client("admin", Role::admin, {"*"}),
                       client("looks", Role::viewer, {"*"}),
                       client("operator", Role::operator_, {with_sm2}),
                       client("nobody", Role::operator_, {}, config::Signing::allowed)};
  if (roots == Roots::trusted) settings_.signatures.trust = {authority_.sm2_root(), authority_.rsa_root()};
  keys_ = must(gateway::keys::Keys::open(settings_, clock_));
  ledger_ = gateway::ledger::kinds::open_ledger(settings_.ledger.url);
  gateway::http::Router router;
  gateway::signatures::Signatures(
      {settings_, catalog(), *keys_, must(gateway::signatures::load_trust(settings_.signatures)), *ledger_, work_,
       [this](const std::string&) -> gateway::offload::Pool& { return keys_pool_; }, store_, clock_})
      .add_routes(router);
  gateway::http::ServerOptions options;
  options.on_error = [](const std::string& error) { ADD_FAILURE() << error; };
  server_ = std::make_unique<gateway::http::Server>(io_.get_executor(), options, router,
                                                    std::make_shared<gateway::http::Tokens>(settings_.clients));
  server_->start();
  thread_ = std::thread([this] { io_.run(); });
}

RunningDesk::~RunningDesk() {
  let_keys_go();
  boost::asio::co_spawn(io_, server_->stop(std::chrono::seconds(5)), boost::asio::use_future).get();
  guard_.reset();
  io_.stop();
  thread_.join();
}

void RunningDesk::add_enterprise(const std::string& code, const TestIdentity& identity) {
  identities_.emplace(code, identity);
  config::Enterprise& enterprise = settings_.enterprises.emplace_back();
  enterprise.code = code;
  enterprise.name = code == with_sm2 ? "测试电商企业" : "另一家企业";
  enterprise.port = "hainan";
  config::SigningKey& key = enterprise.keys.emplace_back();
  key.uri = "file:" + identity.key.string();
  key.certificate = identity.certificate;
}

std::future<Told> RunningDesk::begin(const Asked& asked) {
  gateway::http::Call call;
  call.method = asked.method;
  call.url = server_->url() + asked.path;
  call.body = asked.body;
  if (!asked.token.empty()) call.headers.set("Authorization", "Bearer token-" + asked.token);
  if (!asked.body.empty()) call.headers.set("Content-Type", asked.content_type);
  return boost::asio::co_spawn(io_, answer_to(std::move(call)), boost::asio::use_future);
}

Told RunningDesk::sign(const boost::json::object& order, const std::string& token) {
  Asked asked;
  asked.body = boost::json::serialize(order);
  asked.token = token;
  return ask(asked);
}

Told RunningDesk::get(const std::string& path, const std::string& token) {
  Asked asked;
  asked.method = "GET";
  asked.path = path;
  asked.token = token;
  return ask(asked);
}

const schemas::Catalog& RunningDesk::catalog() {
  static const auto loaded = must(schemas::Catalog::load(schemas_directory(), "202205"));
  return loaded;
}

void RunningDesk::hold_keys() {
  std::promise<void> begun;
  boost::asio::co_spawn(io_, occupied(keys_pool_, held_.emplace().get_future().share(), begun), boost::asio::detached);
  begun.get_future().wait();
}

std::string ceb_text(const std::string& type, const std::string& content) {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ceb:" + type +
         " xmlns:ceb=\"http://www.chinaport.gov.cn/ceb\" guid=\"4CDE1CFD-EDED-46B1-946C-B8022E42FC94\" "
         "version=\"1.0\">" +
         content + "</ceb:" + type + ">\n";
}

}  // namespace tests
