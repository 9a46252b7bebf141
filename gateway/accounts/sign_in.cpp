#include "gateway/accounts/sign_in.h"

#include <utility>

#include "base/digest.h"
#include "gateway/accounts/browsers.h"
#include "gateway/accounts/doors.h"
#include "gateway/accounts/password_hash.h"
#include "gateway/accounts/refusals.h"
#include "gateway/accounts/rules.h"
#include "gateway/accounts/secret_words.h"
#include "gateway/accounts/session_json.h"
#include "gateway/views/answers.h"

namespace gateway::accounts {

using boost::asio::awaitable;
using ledger::SignedInBy;

namespace {

constexpr std::size_t most_agent_bytes = 200;

// Whatever a browser calls itself, as text that every ledger takes.
std::string agent_of(const http::Headers& headers) {
  std::string agent(headers.get("User-Agent").substr(0, most_agent_bytes));
  for (char& c : agent) {
    if (c < ' ' || c > '~') c = '?';
  }
  return agent;
}

std::vector<ledger::Door> doors_of(const SignInOrder& order, const std::string& address) {
  std::vector<ledger::Door> doors;
  if (order.by == SignedInBy::password) doors.push_back(door_of_name(order.name));
  doors.push_back(door_of_address(address));
  return doors;
}

std::string subject_of(const std::string& name) { return "users/" + name; }

}  // namespace

awaitable<http::Response> SignIn::post(http::Request request) const {
  if (comes_from_another_site(request.headers)) co_return from_another_site();
  const auto order = read_sign_in(request.body);
  if (!order) {
    const bool is_unreadable = order.faults().front().code == "json.syntax";
    co_return http::Response::problem(is_unreadable ? 400 : 422, "the sign-in cannot be read", order.faults());
  }
  auto doors = doors_of(*order, request.address);
  const base::Time now = parts_.clock.now();
  const auto knock = [&] { return parts_.ledger.begin_try(doors, now); };
  const auto closed_until = co_await parts_.store.run(knock);
  if (closed_until) co_return locked_for(*closed_until - now);
  auto person = co_await judge(*order);
  if (!person) co_return co_await refuse(*order, request);
  co_return co_await welcome(std::move(*person), *order, request, std::move(doors));
}

awaitable<std::optional<SignIn::Person>> SignIn::judge(const SignInOrder& order) const {
  if (order.by == SignedInBy::password) co_return co_await judge_password(order);
  if (order.by == SignedInBy::code) co_return co_await judge_code(order);
  const config::Client* const client = tokens_->client_of(order.secret);
  if (client == nullptr) co_return std::nullopt;
  co_return Person{client->name, client->token_sha256};
}

// As long for a name that nobody has as for another.
awaitable<std::optional<SignIn::Person>> SignIn::judge_password(const SignInOrder& order) const {
  std::optional<ledger::User> user;
  if (is_user_name(order.name)) {
    const auto read = [&] { return parts_.ledger.user(order.name); };
    user = co_await parts_.store.run(read);
  }
  const bool may_sign_in = user && user->state == ledger::UserState::active && !user->password_hash.empty();
  const std::string hash = may_sign_in ? user->password_hash : hash_of_nobody();
  const auto compare = [&] { return is_password(hash, order.secret); };
  const bool is_right = co_await parts_.hashing.run(compare);
  if (!is_right || !may_sign_in) co_return std::nullopt;
  if (has_other_costs(hash)) {
    const auto hash_anew = [&] { return hash_password(order.secret); };
    const std::string renewed = co_await parts_.hashing.run(hash_anew);
    const auto keep = [&] { parts_.ledger.renew_hash(order.name, hash, renewed); };
    co_await parts_.store.run(keep);
  }
  co_return Person{order.name, {}};
}

awaitable<std::optional<SignIn::Person>> SignIn::judge_code(const SignInOrder& order) const {
  if (!is_secret_word(order.secret)) co_return std::nullopt;
  const base::Time now = parts_.clock.now();
  const auto take = [&] { return parts_.ledger.take_code(base::sha256_hex(order.secret), now); };
  auto name = co_await parts_.store.run(take);
  if (!name) co_return std::nullopt;
  co_return Person{std::move(*name), {}};
}

// A name that nobody has may be a password in the wrong field: it is not recorded.
awaitable<http::Response> SignIn::refuse(const SignInOrder& order, const http::Request& request) const {
  const auto record = [&] {
    const bool is_known = is_user_name(order.name) && parts_.ledger.user(order.name).has_value();
    const std::string name = is_known ? order.name : "?";
    parts_.ledger.write_act({.at = parts_.clock.now(),
                             .by = name,
                             .kind = ledger::ActKind::sign_in_refused,
                             .subject = subject_of(name),
                             .reason = std::string(ledger::word(order.by)) + ", " + request.address});
  };
  co_await parts_.store.run(record);
  co_return sign_in_refused();
}

awaitable<http::Response> SignIn::welcome(Person person, const SignInOrder& order, const http::Request& request,
                                          std::vector<ledger::Door> doors) const {
  const std::string secret = new_secret_word();
  const base::Time now = parts_.clock.now();
  const ledger::KeptSession session{.digest = base::sha256_hex(secret),
                                    .name = person.name,
                                    .by = order.by,
                                    .token_sha256 = person.token_sha256,
                                    .signed_in_at = now,
                                    .last_seen_at = now,
                                    .address = request.address,
                                    .agent = agent_of(request.headers)};
  const ledger::Act act{.at = now,
                        .by = person.name,
                        .kind = ledger::ActKind::sign_in,
                        .subject = subject_of(person.name),
                        .reason = std::string(ledger::word(order.by)) + ", " + request.address};
  const auto begin = [&] {
    if (!parts_.ledger.begin_session(session, parts_.session_times(), act)) return false;
    parts_.ledger.forget_tries(doors);
    return true;
  };
  const bool has_begun = co_await parts_.store.run(begin);
  if (!has_begun) co_return sign_in_refused();
  const auto known = co_await sessions_->find(secret);
  if (!known) co_return sign_in_refused();
  const auto count = [&] { return parts_.ledger.count_users(); };
  const std::size_t accounts = co_await parts_.store.run(count);
  auto response = views::json_answer(
      201, session_json(*known, secret, parts_.session_times(), preferred_language(request.headers), accounts));
  response.headers.set("Set-Cookie", setting_cookie(secret));
  co_return response;
}

}  // namespace gateway::accounts
