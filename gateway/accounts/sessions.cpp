#include "gateway/accounts/sessions.h"

#include <algorithm>
#include <utility>

#include "base/digest.h"
#include "gateway/accounts/secret_words.h"
#include "gateway/http/tokens.h"

namespace gateway::accounts {

using boost::asio::awaitable;

namespace {

constexpr std::chrono::milliseconds longest_unseen = std::chrono::minutes(1);
constexpr int seen_times = 10;  // in the time that a session may be idle

}  // namespace

awaitable<std::optional<KnownSession>> Sessions::find(std::string secret) {
  if (!is_secret_word(secret)) co_return std::nullopt;
  const std::string digest = base::sha256_hex(secret);
  auto signed_in = co_await look_up(digest);
  if (!signed_in || parts_.session_times().has_ended(signed_in->session, parts_.clock.now())) co_return std::nullopt;
  auto caller = caller_of(*signed_in);
  if (!caller) co_return std::nullopt;
  co_await see(digest, signed_in->session);
  co_return KnownSession{std::move(signed_in->session), std::move(*caller)};
}

awaitable<bool> Sessions::lasts(std::string digest) {
  const auto signed_in = co_await look_up(std::move(digest));
  co_return signed_in && !parts_.session_times().has_ended(signed_in->session, parts_.clock.now()) &&
      caller_of(*signed_in);
}

std::optional<http::Caller> Sessions::caller_of(const ledger::SignedIn& signed_in) const {
  std::optional<http::Caller> caller;
  if (signed_in.user) {
    const auto role = config::read_role(signed_in.user->role);
    if (!role) return std::nullopt;
    caller.emplace(http::Caller{signed_in.user->name, *role, {}});
    http::give_enterprises(*caller, signed_in.user->enterprises);
  } else {
    const auto& clients = parts_.settings.clients;
    const auto client =
        std::ranges::find(clients, signed_in.session.token_sha256, [](const auto& one) { return one.token_sha256; });
    if (client == clients.end() || client->name != signed_in.session.name) return std::nullopt;
    caller = http::caller_of(*client);
  }
  caller->session = signed_in.session.digest;
  return caller;
}

void Sessions::forget_all() {
  ++forgotten_;
  believed_.clear();
}

awaitable<std::optional<ledger::SignedIn>> Sessions::look_up(std::string digest) {
  const base::Time now = parts_.clock.now();
  if (const auto found = believed_.find(digest); found != believed_.end()) {
    const auto age = now - found->second.looked_up_at;
    if (age >= std::chrono::milliseconds{0} && age < believed_for) co_return found->second.signed_in;
    believed_.erase(found);
  }
  const std::uint64_t forgotten = forgotten_;
  const auto read = [this, &digest] { return parts_.ledger.signed_in(digest); };
  const auto signed_in = co_await parts_.store.run(read);
  if (signed_in && forgotten == forgotten_) believe(digest, {*signed_in, now});
  co_return signed_in;
}

awaitable<void> Sessions::see(std::string digest, ledger::KeptSession& session) {
  const base::Time now = parts_.clock.now();
  const auto unseen = std::min(longest_unseen, parts_.settings.console.idle_end / seen_times);
  if (now < session.last_seen_at + unseen) co_return;
  session.last_seen_at = now;
  if (const auto found = believed_.find(digest); found != believed_.end()) {
    found->second.signed_in.session.last_seen_at = now;
  }
  const auto note = [this, &digest, now] { parts_.ledger.see_session(digest, now); };
  co_await parts_.store.run(note);
}

void Sessions::believe(const std::string& digest, Believed believed) {
  if (believed_.size() >= most_believed) believed_.clear();
  believed_.insert_or_assign(digest, std::move(believed));
}

}  // namespace gateway::accounts
