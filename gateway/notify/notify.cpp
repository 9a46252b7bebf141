#include "gateway/notify/notify.h"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

#include "config/secret_reading.h"
#include "gateway/ledger/trouble_line.h"
#include "gateway/lifecycle/notices.h"
#include "gateway/notify/client_loop.h"

namespace gateway::notify {

using boost::asio::awaitable;

namespace {

constexpr std::chrono::hours between_prunings{1};

base::Result<SigningSecret> read_secret(const config::Settings& settings, const config::Notifying& notifying) {
  const auto text = config::read_secret(notifying.secret, settings.file.parent_path());
  if (!text) return text.faults();
  return SigningSecret::read(*text);
}

}  // namespace

base::Result<Secrets> read_secrets(const config::Settings& settings) {
  Secrets secrets;
  base::Faults faults;
  for (std::size_t i = 0; i < settings.clients.size(); ++i) {
    const config::Client& client = settings.clients[i];
    if (!client.notifying) continue;
    auto secret = read_secret(settings, *client.notifying);
    if (secret) {
      secrets.emplace(client.name, std::move(secret).value());
      continue;
    }
    for (base::Fault fault : secret.faults()) {
      fault.path = "client[" + std::to_string(i) + "].notify_secret";
      faults.push_back(std::move(fault));
    }
  }
  if (!faults.empty()) return faults;
  return secrets;
}

Notify::Notify(boost::asio::any_io_executor executor, Parts parts) : executor_(executor), parts_(parts) {
  for (const auto& client : parts_.settings.clients) {
    if (!client.notifying || client.enterprises.empty()) continue;
    loops_.push_back(std::make_shared<ClientLoop>(executor, parts_, client, parts_.secrets.at(client.name)));
  }
}

Notify::~Notify() = default;

void Notify::start() {
  for (const auto& loop : loops_) parts_.ledger.begin_notices(loop->client());
  for (const auto& loop : loops_) loop->start();
  pruning_ = std::make_shared<boost::asio::steady_timer>(executor_);
  boost::asio::co_spawn(
      executor_, [](Notify& self) -> awaitable<void> { co_await self.keep_pruning(); }(*this), boost::asio::detached);
}

void Notify::wake() {
  for (const auto& loop : loops_) loop->wake();
}

awaitable<void> Notify::keep_pruning() {
  const auto timer = pruning_;
  is_pruning_ = true;
  while (pruning_) {
    try {
      co_await parts_.store.run([this] { prune(); });
    } catch (const std::exception& error) {
      ledger::log_trouble("notify", "", error);
    }
    if (!pruning_) break;
    boost::system::error_code cut_short;
    timer->expires_after(between_prunings);
    co_await timer->async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, cut_short));
  }
  is_pruning_ = false;
}

void Notify::prune() {
  if (!parts_.ledger.take_turn("notify/pruning")) return;
  const base::Time now = parts_.clock.now();
  for (const auto& [state, kept_for] : {std::pair{lifecycle::NoticeState::heard, lifecycle::heard_is_kept_for},
                                        std::pair{lifecycle::NoticeState::unheard, lifecycle::unheard_is_kept_for}}) {
    while (parts_.ledger.prune_notices(state, now - kept_for, pruned_at_a_time) == pruned_at_a_time) {
    }
  }
}

awaitable<void> Notify::stop(std::chrono::milliseconds deadline) {
  const auto end = std::chrono::steady_clock::now() + deadline;
  if (const auto timer = std::exchange(pruning_, nullptr)) timer->cancel();
  for (const auto& loop : loops_) loop->stop();
  for (const auto& loop : loops_) co_await loop->finished(end);
  while (is_pruning_ && std::chrono::steady_clock::now() < end) {
    boost::asio::steady_timer moment(executor_, std::chrono::milliseconds(10));
    co_await moment.async_wait(boost::asio::use_awaitable);
  }
}

std::vector<Attempts> Notify::attempts() const {
  std::vector<Attempts> all;
  for (const auto& loop : loops_) all.push_back(loop->attempts());
  return all;
}

}  // namespace gateway::notify
