// cebgate-platform: a public service platform with customs behind it, for trials and tests on this machine.

#include <CLI/CLI.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cmath>
#include <iostream>

#include "config/settings.h"
#include "gateway/http/server.h"
#include "tools/platform/clock_desk.h"
#include "tools/platform/code_list.h"
#include "tools/platform/far_ends.h"
#include "tools/platform/options.h"
#include "tools/platform/service.h"

namespace {

namespace asio = boost::asio;
using namespace tools::platform;

constexpr int environment_fault = 2;
constexpr std::chrono::seconds time_to_finish{2};

std::optional<signing::Trust> trust(const std::vector<std::filesystem::path>& files) {
  if (files.empty()) return {};
  return needed(signing::Trust::from_files(files));
}

asio::awaitable<void> stop_on_signal(asio::io_context& io, asio::signal_set& signals, gateway::http::Server& server) {
  co_await signals.async_wait(asio::use_awaitable);
  co_await server.stop(time_to_finish);
  io.stop();
}

Habits habits(const Options& options) {
  const std::chrono::duration<double> pace(options.pace_seconds);
  return {
      .pace = std::chrono::duration_cast<std::chrono::milliseconds>(pace),
      .seed = options.seed,
      .unknown_inventories = options.known_inventories ? UnknownInventories::refused : UnknownInventories::accepted};
}

void set_limits(Rulebook& rules, const Options& options) {
  const auto in_yuan = [](double given) { return static_cast<Amount>(std::llround(given * double(yuan))); };
  if (options.single_limit) rules.set_single_limit(in_yuan(*options.single_limit));
  if (options.annual_limit) rules.set_annual_limit(in_yuan(*options.annual_limit));
}

void serve(const Options& options) {
  config::Schemas where;
  if (!options.schemas.empty()) where.directory = options.schemas;
  const std::filesystem::path directory = config::schemas_directory(where);
  const auto catalog = needed(schemas::Catalog::load(directory, where.edition));
  const auto judge = needed(schemas::Judge::load(directory, catalog));
  Rulebook rules = needed(Rulebook::load(directory, catalog));
  if (options.codes) return void(std::cout << code_list(rules));
  set_limits(rules, options);
  const Inspection inspection(catalog, judge, rules, trust(options.trust), enterprises(options));
  Scenario scenario = options.scenario.empty() ? Scenario() : needed(Scenario::read(options.scenario));
  Customs customs(catalog, judge, rules, std::move(scenario), habits(options));
  SettableClock clock(std::chrono::seconds(options.clock_ahead_seconds));
  Inbox inbox(inspection, customs, clock);
  if (!options.state.empty()) needed(inbox.keep_in(options.state));
  Service service(inbox, customs, clock);
  asio::io_context io(1);
  FarEnds far_ends(io, options, inspection, inbox, customs, clock);
  far_ends.start();
  const gateway::http::ServerOptions listening = listener("--listen", options.listen);
  gateway::http::Router router = service.router();
  if (is_loopback(listening.host)) add_clock_route(router, clock);
  gateway::http::Server server(io.get_executor(), listening, std::move(router), nullptr);
  server.start();
  asio::signal_set signals(io, SIGTERM, SIGINT);
  asio::co_spawn(io, stop_on_signal(io, signals, server), asio::detached);
  std::cout << "listening on " << server.url() << std::endl;
  if (const auto port = far_ends.front_port()) std::cout << "before the broker on port " << *port << std::endl;
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
