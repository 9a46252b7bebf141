#include "gateway/app/app.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <csignal>
#include <cstdlib>
#include <functional>
#include <future>
#include <iostream>
#include <malloc.h>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <utility>

#include "base/clock.h"
#include "base/log.h"
#include "gateway/accounts/accounts.h"
#include "gateway/app/signing_pools.h"
#include "gateway/archive/archive.h"
#include "gateway/casework/casework.h"
#include "gateway/channels/channel.h"
#include "gateway/channels/kinds/make_channel.h"
#include "gateway/console/console.h"
#include "gateway/dispatch/dispatch.h"
#include "gateway/http/server.h"
#include "gateway/intake/intake.h"
#include "gateway/keys/keys.h"
#include "gateway/ledger/kinds/open_ledger.h"
#include "gateway/ledger/ledger.h"
#include "gateway/ledger/trouble_line.h"
#include "gateway/notify/notify.h"
#include "gateway/offload/offload.h"
#include "gateway/operations/alert_watch.h"
#include "gateway/operations/operations.h"
#include "gateway/operations/replay_runs.h"
#include "gateway/receipts/receipts.h"
#include "gateway/sales/waiting.h"
#include "gateway/sealing/sealing.h"
#include "gateway/signatures/signatures.h"
#include "gateway/views/ledger_trouble.h"
#include "schemas/catalog.h"
#include "schemas/judge.h"
#include "schemas/knowledge.h"

namespace gateway::app {

using boost::asio::awaitable;

namespace {

constexpr std::size_t most_calls_waiting = 10000;       // on each pool
constexpr std::chrono::seconds requests_may_finish{5};  // after SIGTERM
constexpr std::chrono::seconds deliveries_may_finish{10};
constexpr std::chrono::seconds archive_may_finish{5};  // what is cut off is taken up by the next start
constexpr std::chrono::seconds notices_may_finish{2};  // one that is cut off is told again by the next start
constexpr std::chrono::seconds devices_may_finish{3};
constexpr std::chrono::seconds between_looks_at_keys{1};
constexpr int renewals_in_time = 4;                 // of the place in a ledger that others share, before it ends
constexpr std::size_t most_passwords_waiting = 32;  // a quarter of a second each
constexpr unsigned most_ledger_calls = 16;          // at the same time; those that write are written together

using Channels = std::map<std::string, std::unique_ptr<channels::Channel>>;

// What customs knows; everything else refers to it, so it stays where it is.
struct Knowledge {
  std::unique_ptr<const schemas::Catalog> catalog;
  schemas::Judge judge;
  schemas::Knowledge explanations;
};

base::Result<std::unique_ptr<const Knowledge>> load_knowledge(const config::Settings& settings) {
  const schemas::DataFolders folders(config::schemas_directory(settings.schemas), settings.schemas.site);
  auto catalog = schemas::Catalog::load(folders, settings.schemas.edition);
  if (!catalog) return catalog.faults();
  auto kept = std::make_unique<const schemas::Catalog>(std::move(catalog).value());
  auto judge = schemas::Judge::load(folders, *kept);
  if (!judge) return judge.faults();
  auto explanations = schemas::Knowledge::load(*kept, folders);
  if (!explanations) return explanations.faults();
  return std::make_unique<const Knowledge>(
      Knowledge{std::move(kept), std::move(judge).value(), std::move(explanations).value()});
}

Channels make_channels(const config::Settings& settings) {
  Channels made;
  for (const auto& port : settings.ports) {
    made.emplace(port.name, channels::kinds::make_channel(port, settings.dxp_ids_of(port.name)));
  }
  return made;
}

std::vector<operations::PortHealth> port_health(const Channels& channels, const dispatch::Dispatch& dispatch) {
  std::vector<operations::PortHealth> all;
  for (const auto& sending : dispatch.report()) {
    const auto health = channels.at(sending.port)->health();
    all.push_back({sending.port, health.reachable, health.detail, std::string(dispatch::word(sending.breaker)),
                   sending.limit, sending.under_way, sending.failures});
  }
  return all;
}

std::vector<operations::NoticeAttempts> notice_attempts(const notify::Notify& notify) {
  std::vector<operations::NoticeAttempts> all;
  for (const auto& one : notify.attempts()) all.push_back({one.client, one.heard, one.failed, one.given_up});
  return all;
}

http::ServerOptions server_options(const config::Server& server) {
  http::ServerOptions options;
  options.host = server.host;
  options.port = server.port;
  options.certificate = server.certificate;
  options.key = server.key;
  options.body_limit_bytes = server.body_limit_bytes;
  options.on_error = [](const std::string& text) { base::log(base::LogLevel::error, "http", text); };
  options.refusal_of = views::ledger_trouble;
  return options;
}

void tell_of_ledger(const std::optional<std::string>& trouble) {
  if (trouble) {
    base::log(base::LogLevel::error, "ledger", *trouble + "; calls are answered with 503 until it is over");
  } else {
    base::log(base::LogLevel::info, "ledger", "it can be used again");
  }
}

class Gateway {
 public:
  Gateway(const config::Settings& settings, std::unique_ptr<const Knowledge> knowledge,
          std::unique_ptr<keys::Keys> keys, signatures::OptionalTrust trust, notify::Secrets notify_secrets,
          std::unique_ptr<ledger::Ledger> ledger)
      : settings_(settings),
        knowledge_(std::move(knowledge)),
        keys_(std::move(keys)),
        trust_(std::move(trust)),
        notify_secrets_(std::move(notify_secrets)),
        signing_(settings, *keys_, work_),
        sealer_(sealing::Sealer::make(*keys_, *knowledge_->catalog, knowledge_->judge)),
        ledger_(std::move(ledger)),
        channels_(make_channels(settings)),
        dispatch_(io_.get_executor(), {settings_, *sealer_, *ledger_, keys_pool(), store_, clock_, channels_}),
        receipts_(io_.get_executor(), {settings_, *knowledge_->catalog, knowledge_->explanations, *sealer_, *ledger_,
                                       store_, clock_, channels_}),
        replay_runs_(std::make_shared<operations::ReplayRuns>(
            io_.get_executor(), operations::RunParts{settings_, knowledge_->explanations, *ledger_, store_, clock_,
                                                     [this] { dispatch_.wake(); }})),
        alert_watch_(std::make_shared<operations::AlertWatch>(
            io_.get_executor(), operations::AlertParts{settings_, *ledger_, store_, clock_,
                                                       [this] { return port_health(channels_, dispatch_); },
                                                       [this] { return keys_->report(); }})),
        waiting_(std::make_shared<sales::Waiting>(
            io_.get_executor(),
            sales::Parts{*knowledge_->catalog, *ledger_, store_, clock_, [this] { wake_loops(); }})),
        notify_(io_.get_executor(), {settings_, notify_secrets_, *ledger_, store_, clock_}),
        archive_(make_archive()),
        intake_({settings_,
                 *knowledge_->catalog,
                 knowledge_->judge,
                 knowledge_->explanations,
                 *ledger_,
                 work_,
                 store_,
                 clock_,
                 [this] { wake_loops(); },
                 {},
                 from_archive()}),
        accounts_({settings_, *ledger_, store_, passwords_, clock_}),
        server_(io_.get_executor(), server_options(settings.server), routes(), accounts_.callers()) {}

  void run() {
    ledger_->on_health(tell_of_ledger);
    tell_of_accounts();
    notify_.start();
    dispatch_.start();
    receipts_.start();
    replay_runs_->start();
    alert_watch_->start();
    waiting_->start();
    if (archive_) archive_->start();
    server_.start();
    std::cout << "listening on " << server_.url() << std::endl;
    boost::asio::co_spawn(
        io_, [](Gateway& self) -> awaitable<void> { co_await self.stop_on_signal(); }(*this), boost::asio::detached);
    boost::asio::co_spawn(
        io_, [](Gateway& self) -> awaitable<void> { co_await self.care_for_keys(); }(*this), boost::asio::detached);
    boost::asio::co_spawn(
        io_, [](Gateway& self) -> awaitable<void> { co_await self.keep_place(); }(*this), boost::asio::detached);
    ledger_->on_news([this] { boost::asio::post(io_, [this] { hear_news(); }); });
    io_.run();
    work_.stop();
    passwords_.stop();
    store_.stop();
    leave_devices();
  }

 private:
  // What a device that hangs was to sign is accepted still: the next start seals it.
  void leave_devices() {
    std::packaged_task<void()> leave([this] {
      care_.stop();
      keys_->settle();
      signing_.stop();
    });
    const auto left = leave.get_future();
    std::thread(std::move(leave)).detach();
    if (left.wait_for(devices_may_finish) == std::future_status::ready) return;
    base::log(base::LogLevel::warning, "gateway", "the device of a key does not answer; it is not waited for");
    std::_Exit(EXIT_SUCCESS);
  }

  void tell_of_accounts() {
    if (ledger_->count_users() > 0) return;
    base::log(base::LogLevel::info, "accounts",
              "nobody can sign in to the console yet; make an account: cebgate user add NAME --role admin --enterprise "
              "\"*\" --one-time --config " +
                  settings_.file.string());
  }

  std::unique_ptr<archive::Archive> make_archive() {
    if (!settings_.archive) return nullptr;
    return std::make_unique<archive::Archive>(io_.get_executor(), archive::Parts{settings_, *ledger_, store_, clock_});
  }

  std::function<base::Done(const ledger::ArchivedDocument&, const std::string&)> from_archive() {
    if (!archive_) return nullptr;
    return [this](const ledger::ArchivedDocument& document, const std::string& client) {
      return archive_->bring_back(document, client, "its key was posted");
    };
  }

  std::optional<operations::ArchiveHealth> archive_health() const {
    if (!archive_) return std::nullopt;
    const archive::Report report = archive_->report();
    return operations::ArchiveHealth{report.documents, report.files, report.last_run, report.is_failing};
  }

  void wake_loops() {
    dispatch_.wake();
    waiting_->wake();
    notify_.wake();
    intake_.wake();
  }

  void obey_port_orders() {
    dispatch_.heed_orders();
    alert_watch_->wake();
  }

  // Another gateway has written.
  void hear_news() {
    dispatch_.heed_orders();
    wake_loops();
  }

  http::Router routes() {
    http::Router router;
    intake_.add_routes(router);
    accounts_.add_routes(router);
    const operations::Operations operations(
        {settings_, *knowledge_->catalog, knowledge_->explanations, *ledger_, store_, clock_,
         [this] { return port_health(channels_, dispatch_); }, [this] { return keys_->report(); },
         [this] { return intake_.accepted_total(); }, [this] { wake_loops(); }, [this] { replay_runs_->wake(); },
         [this](http::Request request, std::string reason) {
           return intake_.amend(std::move(request), std::move(reason));
         },
         [this] { return notice_attempts(notify_); }, [this] { return archive_health(); },
         [this] { obey_port_orders(); }});
    operations.add_routes(router);
    const signatures::Signatures signatures(
        {settings_, *knowledge_->catalog, *keys_, trust_, *ledger_, work_, keys_pool(), store_, clock_});
    signatures.add_routes(router);
    const casework::Casework casework(
        {*knowledge_->catalog, knowledge_->explanations, *ledger_, store_, clock_, [this] { wake_loops(); }});
    casework.add_routes(router);
    if (archive_) archive_->add_routes(router);
    console::Console().add_routes(router);
    return router;
  }

  std::function<offload::Pool&(const std::string&)> keys_pool() {
    return [this](const std::string& enterprise) -> offload::Pool& { return signing_.of(enterprise); };
  }

  // Until the I/O stops.
  awaitable<void> care_for_keys() {
    boost::asio::steady_timer timer(io_);
    for (;;) {
      const auto care = [this] {
        keys_->care();
        return keys_->tidings();
      };
      try {
        for (const auto& [level, text] : co_await care_.run(care)) base::log(level, "keys", text);
      } catch (const std::exception& error) {
        base::log(base::LogLevel::error, "keys", error.what());
      }
      timer.expires_after(between_looks_at_keys);
      co_await timer.async_wait(boost::asio::use_awaitable);
    }
  }

  // Until the I/O stops.
  awaitable<void> keep_place() {
    boost::asio::steady_timer timer(io_);
    for (;;) {
      timer.expires_after(settings_.ledger.takeover_after / renewals_in_time);
      co_await timer.async_wait(boost::asio::use_awaitable);
      try {
        const bool was_kept = co_await store_.run([this] { return ledger_->renew_place(); });
        if (!was_kept) {
          base::log(base::LogLevel::warning, "gateway",
                    "this gateway was silent for too long: others have taken over what it was sending");
        }
      } catch (const std::exception& error) {
        ledger::log_trouble("gateway", "", error);
      }
    }
  }

  // In reverse order of the start: no new posts, no new receipts, no new deliveries, no new notices.
  awaitable<void> stop_on_signal() {
    co_await signals_.async_wait(boost::asio::use_awaitable);
    base::log(base::LogLevel::info, "gateway", "stopping");
    co_await server_.stop(requests_may_finish);
    co_await replay_runs_->stop(deliveries_may_finish);
    co_await alert_watch_->stop(deliveries_may_finish);
    for (const auto& [name, channel] : channels_) co_await channel->close_door(requests_may_finish);
    co_await receipts_.stop(deliveries_may_finish);
    co_await waiting_->stop(deliveries_may_finish);
    co_await dispatch_.stop(deliveries_may_finish);
    co_await notify_.stop(notices_may_finish);
    if (archive_) co_await archive_->stop(archive_may_finish);
    io_.stop();
  }

  const config::Settings& settings_;
  base::SystemClock clock_;
  boost::asio::io_context io_{1};
  boost::asio::signal_set signals_{io_, SIGTERM, SIGINT};  // from before anybody can know that the gateway runs
  offload::Pool work_{std::max(1U, std::thread::hardware_concurrency()), most_calls_waiting};
  offload::Pool store_{most_ledger_calls, most_calls_waiting};
  offload::Pool passwords_{1, most_passwords_waiting};
  offload::Pool care_{1, 1};  // for keys that are away
  std::unique_ptr<const Knowledge> knowledge_;
  std::unique_ptr<keys::Keys> keys_;
  signatures::OptionalTrust trust_;
  notify::Secrets notify_secrets_;
  SigningPools signing_;
  std::unique_ptr<sealing::Sealer> sealer_;
  std::unique_ptr<ledger::Ledger> ledger_;
  Channels channels_;
  dispatch::Dispatch dispatch_;
  receipts::Receipts receipts_;
  std::shared_ptr<operations::ReplayRuns> replay_runs_;
  std::shared_ptr<operations::AlertWatch> alert_watch_;
  std::shared_ptr<sales::Waiting> waiting_;
  notify::Notify notify_;
  std::unique_ptr<archive::Archive> archive_;
  intake::Intake intake_;
  accounts::Accounts accounts_;
  http::Server server_;
};

base::Fault start_fault(const std::string& what) {
  return {.code = "gateway.start", .path = {}, .zh = "无法启动：" + what, .en = "cannot start: " + what, .source = {}};
}

}  // namespace

base::Done serve(const config::Settings& settings) {
  // An arena for each thread keeps what its largest body took; one serves them all, and gives it to the next.
  mallopt(M_ARENA_MAX, 1);
  std::signal(SIGXFSZ, SIG_IGN);  // a file at its allowed size is a full disk: an error of the write, and no end
  auto knowledge = load_knowledge(settings);
  if (!knowledge) return knowledge.faults();
  const base::SystemClock clock;
  auto keys = keys::Keys::open(settings, clock);
  if (!keys) return keys.faults();
  auto trust = signatures::load_trust(settings.signatures);
  if (!trust) return trust.faults();
  auto notify_secrets = notify::read_secrets(settings);
  if (!notify_secrets) return notify_secrets.faults();
  try {
    auto ledger = ledger::kinds::open_ledger(settings.ledger.url, settings.ledger.takeover_after);
    Gateway gateway(settings, std::move(knowledge).value(), std::move(keys).value(), std::move(trust).value(),
                    std::move(notify_secrets).value(), std::move(ledger));
    gateway.run();
  } catch (const std::exception& error) {  // the ledger or the address
    return start_fault(error.what());
  }
  return base::Nothing{};
}

}  // namespace gateway::app
