// cebgate-platform: a public service platform with customs behind it, for trials and tests on this machine.

#include <CLI/CLI.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <charconv>
#include <iostream>

#include "base/log.h"
#include "config/settings.h"
#include "gateway/http/server.h"
#include "tools/platform/broker_front.h"
#include "tools/platform/client_folders.h"
#include "tools/platform/line_troubles.h"
#include "tools/platform/queue_desk.h"
#include "tools/platform/service.h"

namespace {

namespace asio = boost::asio;
using namespace tools::platform;

constexpr int environment_fault = 2;
constexpr std::size_t body_limit_bytes = std::size_t{32} << 20;  // 100 inventories of 99 rows in Base64
constexpr std::chrono::seconds time_to_finish{2};

struct Options {
  std::string listen = "127.0.0.1:8090";
  std::vector<std::filesystem::path> trust;
  std::vector<std::string> enterprises;
  std::filesystem::path scenario, state, schemas, directory;
  double pace_seconds = 0.2;
  config::Port broker;           // without a url: none
  std::string amqp1_url, front;  // likewise
  QueueNames queues;
};

constexpr const char* about =
    R"(海关公共服务平台模拟器。The platform simulator: takes signed CEB messages over the Hainan HTTP
interface, and over the data exchange platform by folders or queues, checks them for real and answers like customs.

Triggers stand after a tilde in a document's number (A1~late5+twice) or in a scenario file, whose lines are
KEY-PATTERN<tab>TRIGGERS, with * and ? in the pattern (CEB311Message/4601960001/SLOW-*<tab>late5+twice):
  CODE       this final status, for the first guid of the key     silent     no receipt
  lateN      every receipt N seconds later                        twice      every receipt twice
  backwards  receipts in the opposite order                       foreign    another document's receipt beside
  lost-ack   take the first delivery, drop the connection         garbled    an unreadable record beside
  http500    refuse the first delivery; http500xN the first N    half-written  files in two halves
and by --amqp-front, for the first delivery:
  confirm-lost  the broker has it, its confirm is lost            dropped    the connection, before it is taken)";

void add_options(CLI::App& app, Options& options) {
  app.add_option("--listen", options.listen, "HOST:PORT; port 0 takes a free one")->capture_default_str();
  app.add_option("--trust", options.trust,
                 "CA certificates (PEM) that signatures must lead to; may be repeated; without it any chain");
  app.add_option("--enterprise", options.enterprises,
                 "CODE:DXPID that may transmit; may be repeated; without it anybody");
  app.add_option("--scenario", options.scenario, "triggers by key pattern");
  app.add_option("--state", options.state, "keeps what arrived in this file across a restart");
  auto* directory = app.add_option(
      "--directory", options.directory,
      "serves the folders DXPID/out and DXPID/in below this one as a client of the data exchange platform");
  app.add_option("--amqp", options.broker.url,
                 "amqp(s)://HOST:PORT/VHOST of a broker whose queues the enterprises of --enterprise send by")
      ->excludes(directory);
  app.add_option("--amqp1", options.amqp1_url, "likewise, spoken to over AMQP 1.0; queues are addresses then")
      ->excludes(directory)
      ->excludes("--amqp");
  app.add_option("--amqp-front", options.front,
                 "HOST:PORT to stand at before that broker (without TLS); gateways connect to it");
  app.add_option("--amqp-user", options.broker.user, "its user; over AMQP 0-9-1 guest if not given");
  app.add_option("--amqp-password", options.broker.password, "env:NAME, or file:PATH with an absolute path");
  app.add_option("--amqp-messages", options.queues.messages, "the queue of an enterprise's messages")
      ->capture_default_str();
  app.add_option("--amqp-answers", options.queues.answers, "the queue of an enterprise's answers")
      ->capture_default_str();
  app.add_option("--pace", options.pace_seconds, "seconds between receipts")
      ->check(CLI::Range(0.0, 3600.0))
      ->capture_default_str();
  app.add_option("--schemas", options.schemas, "the folder of customs data, if not the one beside the program");
}

struct Refusal {
  std::string words;
};

template <class T>
T needed(base::Result<T> result) {
  if (result) return std::move(*result);
  std::string words;
  for (const base::Fault& fault : result.faults()) {
    const std::string where = fault.path.empty() ? "" : fault.path + ": ";
    words += where + fault.zh + "\n" + where + fault.en + "\n";
  }
  throw Refusal{words};
}

gateway::http::ServerOptions listener(const std::string& listen) {
  const auto colon = listen.rfind(':');
  gateway::http::ServerOptions options;
  options.host = listen.substr(0, colon);
  const std::string port = colon == std::string::npos ? "" : listen.substr(colon + 1);
  const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), options.port);
  if (options.host.empty() || port.empty() || error != std::errc() || end != port.data() + port.size()) {
    throw Refusal{"--listen 应为 HOST:PORT\n--listen must be HOST:PORT, not \"" + listen + "\"\n"};
  }
  if (options.host.starts_with('[') && options.host.ends_with(']'))
    options.host = options.host.substr(1, options.host.size() - 2);
  options.body_limit_bytes = body_limit_bytes;
  options.on_error = [](const std::string& text) { base::log(base::LogLevel::error, "platform", text); };
  return options;
}

Enterprises enterprises(const std::vector<std::string>& given) {
  Enterprises enterprises;
  for (const std::string& one : given) {
    const auto colon = one.find(':');
    if (colon == 0 || colon == std::string::npos || colon + 1 == one.size()) {
      throw Refusal{"--enterprise 应为 CODE:DXPID\n--enterprise must be CODE:DXPID, not \"" + one + "\"\n"};
    }
    enterprises[one.substr(0, colon)].insert(one.substr(colon + 1));
  }
  return enterprises;
}

std::optional<signing::Trust> trust(const std::vector<std::filesystem::path>& files) {
  if (files.empty()) return {};
  return needed(signing::Trust::from_files(files));
}

void serve_queues(asio::io_context& io, QueueDesk& desk, const std::vector<std::string>& given) {
  for (const auto& [code, dxp_ids] : enterprises(given)) {
    for (const std::string& dxp_id : dxp_ids) asio::co_spawn(io, desk.take_from(dxp_id), asio::detached);
  }
  asio::co_spawn(io, desk.hand_over(), asio::detached);
}

// Of --amqp or --amqp1.
config::Port broker_of(const Options& options) {
  config::Port broker = options.broker;
  broker.profile = options.amqp1_url.empty() ? "dxp-amqp" : "dxp-amqp1";
  if (!options.amqp1_url.empty()) broker.url = options.amqp1_url;
  if (!options.front.empty() && !broker.url.starts_with("amqp://")) {
    throw Refusal{
        "--amqp-front 需要 --amqp 或 --amqp1 的 amqp:// 地址\n"
        "--amqp-front needs an amqp:// address of --amqp or --amqp1\n"};
  }
  return broker;
}

std::unique_ptr<BrokerFront> front_of(asio::io_context& io, const Options& options, const config::Port& broker,
                                      BrokerFront::Judge judge) {
  if (options.front.empty()) return nullptr;
  constexpr std::size_t scheme = std::string_view("amqp://").size();
  const std::string place = broker.url.substr(scheme, broker.url.find('/', scheme) - scheme);
  const auto colon = place.rfind(':');
  const bool has_port = colon != std::string::npos && place.find(']', colon) == std::string::npos;
  const auto at = listener(options.front);
  auto front = std::make_unique<BrokerFront>(
      io.get_executor(), asio::ip::tcp::endpoint(asio::ip::make_address(at.host), at.port),
      has_port ? place.substr(0, colon) : place, has_port ? place.substr(colon + 1) : "5672", std::move(judge));
  asio::co_spawn(io, front->run(), asio::detached);
  return front;
}

asio::awaitable<void> stop_on_signal(asio::io_context& io, asio::signal_set& signals, gateway::http::Server& server) {
  co_await signals.async_wait(asio::use_awaitable);
  co_await server.stop(time_to_finish);
  io.stop();
}

void serve(const Options& options) {
  config::Schemas where;
  if (!options.schemas.empty()) where.directory = options.schemas;
  const std::filesystem::path directory = config::schemas_directory(where);
  const auto catalog = needed(schemas::Catalog::load(directory, where.edition));
  const auto judge = needed(schemas::Judge::load(directory, catalog));
  const Inspection inspection(catalog, judge, trust(options.trust), enterprises(options.enterprises));
  Scenario scenario = options.scenario.empty() ? Scenario() : needed(Scenario::read(options.scenario));
  const std::chrono::duration<double> pace(options.pace_seconds);
  Customs customs(catalog, judge, std::move(scenario), std::chrono::duration_cast<std::chrono::milliseconds>(pace));
  const base::SystemClock clock;
  Inbox inbox(inspection, customs, clock);
  if (!options.state.empty()) needed(inbox.keep_in(options.state));
  Service service(inbox, customs, clock);
  asio::io_context io(1);
  std::optional<ClientFolders> folders;
  if (!options.directory.empty()) {
    folders.emplace(options.directory, inbox, customs.receipts(), clock);
    for (const std::string& one : options.enterprises) folders->make_for(one.substr(one.find(':') + 1));
    asio::co_spawn(io, folders->run(), asio::detached);
  }
  std::optional<QueueDesk> desk;
  const config::Port broker = broker_of(options);
  LineTroubles troubles(inspection, customs, clock);
  const auto front =
      front_of(io, options, broker, [&](const std::string& content) { return troubles.harm_of(content); });
  if (!broker.url.empty()) {
    desk.emplace(broker, options.queues, inbox, customs.receipts(), clock);
    serve_queues(io, *desk, options.enterprises);
  }
  gateway::http::Server server(io.get_executor(), listener(options.listen), service.router(), std::nullopt);
  server.start();
  asio::signal_set signals(io, SIGTERM, SIGINT);
  asio::co_spawn(io, stop_on_signal(io, signals, server), asio::detached);
  std::cout << "listening on " << server.url() << std::endl;
  if (front) std::cout << "before the broker on port " << front->port() << std::endl;
  io.run();
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  CLI::App app(about, "cebgate-platform");
  add_options(app, options);
  try {
    app.parse(argc, argv);
    serve(options);
    return 0;
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : environment_fault;
  } catch (const Refusal& refusal) {
    std::cerr << refusal.words;
  } catch (const std::exception& error) {
    std::cerr << "cebgate-platform: " << error.what() << "\n";
  }
  return environment_fault;
}
