#include "tests/gateway/intake/running_intake.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_future.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>
#include <stdexcept>

#include "base/digest.h"
#include "gateway/http/client.h"
#include "gateway/http/tokens.h"
#include "gateway/ledger/kinds/open_ledger.h"

namespace tests {
namespace {

using gateway::ledger::Picture;
using gateway::ledger::State;

config::Enterprise enterprise(const std::string& code, const std::string& dxp_id,
                              const std::vector<std::string>& roles) {
  config::Enterprise made;
  made.code = code;
  made.name = "示例企业";
  made.dxp_id = dxp_id;
  made.port = "hainan";
  made.roles = roles;
  return made;
}

config::Client client(const std::string& name, config::Role role, const std::vector<std::string>& enterprises) {
  return {name, role, enterprises, base::sha256_hex("token-" + name)};
}

base::Time start() { return *base::read_rfc3339("2026-01-31T09:30:00+08:00"); }

}  // namespace

config::Settings intake_settings() {
  config::Settings settings;
  config::Port port;
  port.name = "hainan";
  port.profile = "hainan-http";
  settings.ports = {port};
  settings.enterprises = {enterprise("4601960001", "DXPENT0000000001", {"ecommerce"}),
                          enterprise("4601960002", "DXPENT0000000002", {"ecommerce"}),
                          enterprise("4601960003", "DXPENT0000000003", {"logistics"})};
  using config::Role;
  settings.clients = {client("erp", Role::submitter, {"4601960001", "4601960003"}),
                      client("second", Role::submitter, {"4601960002"}), client("watcher", Role::viewer, {"*"}),
                      client("nobody", Role::viewer, {}), client("operator", Role::operator_, {"4601960001"})};
  return settings;
}

boost::json::value Told::json() const { return boost::json::parse(body); }

std::string Told::faults() const {
  std::string text;
  const boost::json::value problem = json();
  for (const auto& fault : problem.at("faults").as_array()) {
    text += std::string(fault.at("code").as_string()) + " " + std::string(fault.at("path").as_string()) + "\n";
  }
  return text;
}

RunningIntake::RunningIntake(config::Settings settings, gateway::intake::EventPace pace, const std::string& ledger)
    : settings_(std::move(settings)),
      clock_(start()),
      ledger_(gateway::ledger::kinds::open_ledger(ledger.empty() ? "sqlite:" + (scratch_.path() / "ledger.db").string()
                                                                 : ledger)) {
  const auto wake = [this] {
    ++wakes_;
    intake_->wake();
  };
  gateway::intake::Parts parts{settings_, catalog(), judge(), knowledge(), *ledger_, work_, store_, clock_, wake, pace};
  parts.bring_back = [this](const gateway::ledger::ArchivedDocument& document,
                            const std::string& client) -> base::Done {
    const auto kept = archived_.find(document.summary.id);
    if (kept == archived_.end()) return base::Fault{"archive.missing", "", "没有", "missing", {}};
    ledger_->restore({kept->first, kept->second, {}, client, "posted", clock_.now()});
    return base::Nothing{};
  };
  intake_.emplace(parts);
  gateway::http::Router router;
  intake_->add_routes(router);
  gateway::http::ServerOptions options;
  options.body_limit_bytes = settings_.server.body_limit_bytes;
  options.on_error = [](const std::string& error) { ADD_FAILURE() << error; };
  server_ = std::make_unique<gateway::http::Server>(io_.get_executor(), options, router,
                                                    std::make_shared<gateway::http::Tokens>(settings_.clients));
  server_->start();
  ledger_->on_news([this] { boost::asio::post(io_, [this] { intake_->wake(); }); });
  thread_ = std::thread([this] { io_.run(); });
}

RunningIntake::~RunningIntake() {
  boost::asio::co_spawn(io_, server_->stop(std::chrono::seconds(5)), boost::asio::use_future).get();
  guard_.reset();
  io_.stop();
  thread_.join();
}

Told RunningIntake::ask(const Asked& asked) {
  gateway::http::Call call;
  call.method = asked.method;
  call.url = server_->url() + asked.path;
  call.body = asked.body;
  if (!asked.token.empty()) call.headers.set("Authorization", "Bearer token-" + asked.token);
  if (!asked.body.empty()) call.headers.set("Content-Type", asked.content_type);
  if (!asked.idempotency_key.empty()) call.headers.set("Idempotency-Key", asked.idempotency_key);
  auto exchange = boost::asio::co_spawn(io_, gateway::http::send(std::move(call)), boost::asio::use_future).get();
  if (exchange.reach != gateway::http::Reach::answered) throw std::runtime_error(exchange.detail);
  return {exchange.response.status, exchange.response.headers, exchange.response.body};
}

Told RunningIntake::get(const std::string& path, const std::string& token) {
  Asked asked;
  asked.path = path;
  asked.token = token;
  return ask(asked);
}

Told RunningIntake::post(const std::string& body, const std::string& query) {
  Asked asked;
  asked.method = "POST";
  asked.path = "/v1/documents" + query;
  asked.body = body;
  return ask(asked);
}

std::string RunningIntake::accepted_order(const std::string& number) {
  const Told told = post(boost::json::serialize(order(number)));
  if (told.status != 202) throw std::runtime_error("not accepted: " + told.body);
  return std::string(told.json().at(0).at("id").as_string());
}

void RunningIntake::put(const std::string& id, Picture picture) {
  const auto standing = ledger_->newest_by_id(id);
  gateway::ledger::Move move;
  move.ref = {id, standing->summary.version};
  move.revision = standing->revision;
  move.from = standing->summary.picture.state;
  move.to = std::move(picture);
  move.by = "test";
  if (!ledger_->move(move, clock_.now())) throw std::runtime_error("the document moved on");
}

void RunningIntake::receive(const std::string& id, const std::string& status, Picture picture,
                            const std::vector<gateway::ledger::Number>& learnt) {
  const auto standing = ledger_->newest_by_id(id);
  const base::Time now = clock_.now();
  const std::string digest = base::sha256_hex(id + status + std::to_string(standing->revision));
  const gateway::ledger::InboundRecord record{digest, "hainan", "/ceb312msg", standing->dxp_id, "{}", now};
  ledger_->store_inbound(std::span(&record, 1), {"hainan", "/ceb312msg", standing->dxp_id}, now);
  gateway::ledger::Ledger::Applied applied;
  applied.inbound_digest = digest;
  applied.receipt = {status, base::china_digits17(now), "", now, now, "recorded"};
  applied.learnt = learnt;
  applied.move.ref = {id, standing->summary.version};
  applied.move.revision = standing->revision;
  applied.move.from = standing->summary.picture.state;
  applied.move.to = std::move(picture);
  applied.move.by = "receipts";
  if (!ledger_->apply_receipt(applied)) throw std::runtime_error("the document moved on");
}

void RunningIntake::archive(const std::string& id, ItsFile its_file) {
  accepted_order("newest of the feed");
  const base::Time later = clock_.now() + std::chrono::hours(1);
  const gateway::ledger::Retention all{later, {}, later};
  for (const auto& document : ledger_->finished_documents(all, {}, 100).documents) {
    if (document.id != id) continue;
    const gateway::ledger::WrittenDocument written{id, document.mark, {}};
    if (ledger_->take_out({"FILE", "", {}, {}, 0, false}, {&written, 1}, all) != 1) break;
    if (its_file == ItsFile::is_good) archived_[id] = document.line;
    return;
  }
  throw std::runtime_error("it may not leave");
}

void RunningIntake::seal(const std::string& id) {
  const auto standing = ledger_->newest_by_id(id);
  gateway::ledger::SealedMessage message;
  message.guid = base::sha256_hex(id).substr(0, 36);
  message.type = standing->summary.type;
  message.enterprise = standing->summary.enterprise;
  message.port = standing->summary.port;
  message.dialect = "sm2-sm3";
  message.signed_xml = "<signed/>";
  message.envelope = "{\"Message\":{}}";
  gateway::ledger::Move move;
  move.ref = {id, standing->summary.version};
  move.revision = standing->revision;
  move.to.state = State::sealed;
  move.by = "dispatch";
  message.documents = {move.ref};
  if (!ledger_->seal(message, std::span(&move, 1), clock_.now())) throw std::runtime_error("the document moved on");
}

const schemas::Catalog& RunningIntake::catalog() {
  static const auto loaded = schemas::Catalog::load(schemas_directory(), "202205");
  if (!loaded) throw std::runtime_error(loaded.faults().front().en);
  return *loaded;
}

const schemas::Judge& RunningIntake::judge() {
  static const auto loaded = schemas::Judge::load(schemas_directory(), catalog());
  if (!loaded) throw std::runtime_error(loaded.faults().front().en);
  return *loaded;
}

const schemas::Knowledge& RunningIntake::knowledge() {
  static const auto loaded = schemas::Knowledge::load(catalog(), {schemas_directory(), {}});
  if (!loaded) throw std::runtime_error(loaded.faults().front().en);
  return *loaded;
}

boost::json::object order(const std::string& number, const std::string& enterprise_code) {
  auto document = boost::json::parse(R"({"OrderHead":{"orderType":"I","ebpCode":"4601960001","ebpName":"示例平台",
    "ebcCode":"4601960001","ebcName":"示例电商","goodsValue":"20.00","freight":0,"discount":"0","taxTotal":"0",
    "acturalPaid":"20.00","currency":"142","buyerRegNo":"user-1","buyerName":"测试甲","buyerTelephone":"10000000000",
    "buyerIdType":"1","buyerIdNumber":"990000199001010017","consignee":"测试甲","consigneeTelephone":"10000000000",
    "consigneeAddress":"示例路1号"},"OrderList":[{"gnum":1,"itemName":"示例面霜","gmodel":"示例牌","unit":"011",
    "qty":"2","price":"10.00","totalPrice":"20.00","currency":"142","country":"110"}]})");
  document.at("OrderHead").as_object()["orderNo"] = number;
  return {{"type", "CEB311Message"}, {"enterprise", enterprise_code}, {"document", document}};
}

boost::json::object inventory(const std::string& cop_no, const std::string& enterprise_code) {
  auto document = boost::json::parse(R"({"InventoryHead":{"appStatus":"2","orderNo":"D1","ebpCode":"4601960001",
    "ebpName":"示例平台","ebcCode":"4601960001","ebcName":"示例电商","logisticsNo":"Y1","logisticsCode":"4601960003",
    "logisticsName":"示例快递","assureCode":"4601960001","emsNo":"T6409W000001","ieFlag":"I",
    "declTime":"20260131","customsCode":"6409","portCode":"6409","buyerIdType":"1","buyerIdNumber":"990000199001010017",
    "buyerName":"测试甲","buyerTelephone":"10000000000","consigneeAddress":"示例路1号","agentCode":"4601960001",
    "agentName":"示例代理","areaCode":"4601960001","areaName":"示例区","tradeMode":"1210","trafMode":"4","country":"142",
    "freight":"0","insuredFee":"0","currency":"142","packNo":"1","grossWeight":"1.2","netWeight":"1.0"},
    "InventoryList":[{"gnum":"1","itemRecordNo":"1","itemName":"示例面霜","gcode":"3304990039","gname":"示例面霜",
    "gmodel":"示例牌","country":"110","currency":"142","qty":"2","unit":"011","qty1":"0.1","unit1":"035",
    "price":"10.00","totalPrice":"20.00"}]})");
  if (!cop_no.empty()) document.at("InventoryHead").as_object()["copNo"] = cop_no;
  return {{"type", "CEB621Message"}, {"enterprise", enterprise_code}, {"document", document}};
}

boost::json::object& head(boost::json::object& posted) {
  return posted.at("document").as_object().begin()->value().as_object();
}

}  // namespace tests
