#include "tests/gateway/support/bench.h"

#include <boost/json/serialize.hpp>
#include <stdexcept>
#include <utility>

#include "base/digest.h"
#include "codecs/ceb/exact_json.h"
#include "codecs/ceb/identity.h"
#include "codecs/ceb/json_codec.h"
#include "gateway/ledger/kinds/open_ledger.h"
#include "tests/support/documents.h"

namespace tests {

using gateway::ledger::DocumentRef;

namespace {

template <class T>
T must(base::Result<T> result) {
  if (!result) throw std::runtime_error(result.faults().front().en);
  return std::move(result).value();
}

config::Settings settings_for(const std::filesystem::path& folder, const TestIdentity& identity,
                              std::size_t batch_limit) {
  config::Settings settings;
  settings.file = folder / "cebgate.toml";
  settings.ledger.url = "sqlite:" + (folder / "ledger.db").string();
  config::Port port;
  port.name = "hainan";
  port.profile = "hainan-http";
  port.url = "http://127.0.0.1:1";
  port.batch_limit = batch_limit;
  port.poll_interval = std::chrono::milliseconds(10);
  settings.ports.push_back(port);
  config::Enterprise enterprise;
  enterprise.code = "4601960001";
  enterprise.name = "测试电商企业";
  enterprise.dxp_id = "DXPENT0000000001";
  enterprise.port = port.name;
  enterprise.roles = {"ecommerce"};
  config::SigningKey key;
  key.uri = "file:" + identity.key.string();
  key.certificate = identity.certificate;
  enterprise.keys.push_back(key);
  settings.enterprises.push_back(enterprise);
  return settings;
}

}  // namespace

boost::asio::awaitable<gateway::channels::Answer> ScriptedChannel::send(gateway::channels::Outgoing message) {
  sent.push_back(std::move(message.envelope));
  gateway::channels::Answer answer{gateway::channels::Outcome::confirmed, "OK"};
  if (!answers.empty()) {
    answer = answers.front();
    answers.pop_front();
  }
  co_return answer;
}

boost::asio::awaitable<base::Result<std::vector<gateway::channels::Received>>> ScriptedChannel::receive(
    gateway::channels::Window window) {
  asked.push_back(window);
  co_return listings[window.source];
}

boost::asio::awaitable<void> ScriptedChannel::acknowledge(gateway::channels::Window) { co_return; }

Bench::Bench(std::size_t batch_limit)
    : settings(settings_for(folder.path(), authority.issue_sm2("测试电商企业"), batch_limit)),
      catalog(must(schemas::Catalog::load(schemas_directory(), "202205"))),
      judge(must(schemas::Judge::load(schemas_directory(), catalog))),
      knowledge(must(schemas::Knowledge::load(catalog, {schemas_directory(), {}}))),
      keys(must(gateway::keys::Keys::open(settings, clock))),
      sealer(gateway::sealing::Sealer::make(*keys, catalog, judge)),
      ledger(gateway::ledger::kinds::open_ledger(settings.ledger.url)) {
  auto scripted = std::make_unique<ScriptedChannel>();
  channel = scripted.get();
  channels.emplace("hainan", std::move(scripted));
}

void Bench::reopen_ledger() {
  ledger.reset();
  ledger = gateway::ledger::kinds::open_ledger(settings.ledger.url);
}

void Bench::open_keys() {
  sealer.reset();
  keys = must(gateway::keys::Keys::open(settings, clock));
  sealer = gateway::sealing::Sealer::make(*keys, catalog, judge);
}

DocumentRef Bench::accept_order(const std::string& number, std::size_t enterprise) {
  return accept("CEB311Message", order_document({.number = number}), 1, enterprise);
}

DocumentRef Bench::accept(const std::string& type, const std::string& posted, int version, std::size_t enterprise) {
  const schemas::MessageType& message_type = *catalog.find(type);
  const auto json = must(codecs::ceb::read_json(posted));
  auto document = must(codecs::ceb::read_document(message_type, json, ""));
  codecs::ceb::fill_in(message_type, document.body, {.app_type = "1", .now = clock.now(), .later_than = {}});
  gateway::ledger::NewVersion fresh;
  fresh.type = type;
  fresh.key = codecs::ceb::key_of(message_type, document.body);
  fresh.number = codecs::ceb::number_of(message_type, document.body);
  fresh.enterprise = settings.enterprises.at(enterprise).code;
  fresh.port = settings.enterprises.at(enterprise).port;
  fresh.dxp_id = settings.enterprises.at(enterprise).dxp_id;
  fresh.version = version;
  fresh.guid = codecs::ceb::head_field(message_type, document.body, "guid");
  fresh.app_type = codecs::ceb::head_field(message_type, document.body, "appType");
  fresh.app_status = codecs::ceb::head_field(message_type, document.body, "appStatus");
  fresh.app_time = codecs::ceb::head_field(message_type, document.body, "appTime");
  fresh.content_digest = base::sha256_hex(codecs::ceb::canonical_content(message_type, document.body));
  fresh.body = boost::json::serialize(codecs::ceb::write_document(message_type, document.body));
  for (auto& number : codecs::ceb::related_numbers(message_type, document.body)) {
    fresh.numbers.push_back({number.kind, number.value});
  }
  fresh.by = "erp";
  const auto accepted = ledger->accept(std::vector{fresh}, std::nullopt, clock.now());
  if (!accepted) throw std::runtime_error("the key has moved on");
  return {accepted->front().id, version};
}

gateway::ledger::Standing Bench::standing(const DocumentRef& ref) {
  auto found = ledger->standing(ref);
  if (!found) throw std::runtime_error("no such document");
  return *found;
}

bool Bench::run_until(const std::function<bool()>& condition) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(5);
  io.restart();
  while (!condition()) {
    if (std::chrono::steady_clock::now() > end) return false;
    io.run_for(std::chrono::milliseconds(10));
    if (io.stopped()) io.restart();
  }
  return true;
}

}  // namespace tests
