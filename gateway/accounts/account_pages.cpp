#include "gateway/accounts/account_pages.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <vector>

#include "gateway/accounts/browsers.h"
#include "gateway/accounts/doors.h"
#include "gateway/accounts/password_hash.h"
#include "gateway/accounts/refusals.h"
#include "gateway/accounts/rules.h"
#include "gateway/accounts/session_json.h"
#include "gateway/views/answers.h"
#include "gateway/views/parameters.h"

namespace gateway::accounts {

namespace json = boost::json;
using boost::asio::awaitable;

namespace {

http::Response done() { return http::Response{204, {}, {}}; }

http::Response done_and_signed_out() {
  http::Response response = done();
  response.headers.set("Set-Cookie", setting_cookie({}));
  return response;
}

json::object told(const ledger::User& user) {
  json::array enterprises;
  for (const std::string& code : user.enterprises) enterprises.emplace_back(code);
  json::value last;
  if (user.last_signed_in_at) last = json::string(base::rfc3339(*user.last_signed_in_at));
  return {{"name", user.name},
          {"role", user.role},
          {"enterprises", std::move(enterprises)},
          {"disabled", user.state == ledger::UserState::disabled},
          {"created_at", base::rfc3339(user.created_at)},
          {"last_signed_in_at", std::move(last)}};
}

bool is_admin(const http::Caller& caller) { return config::includes(caller.role, config::Role::admin); }

}  // namespace

// Open, so that it can say how the first account is made.
awaitable<http::Response> AccountPages::session(http::Request request) const {
  const std::string secret = session_cookie_of(request.headers);
  const auto known = co_await sessions_->find(secret);
  const auto count = [&] { return parts_.ledger.count_users(); };
  const std::size_t accounts = co_await parts_.store.run(count);
  if (!known) co_return accounts == 0 ? no_account_yet(parts_.settings.file.string()) : not_signed_in();
  co_return views::json_answer(
      200, session_json(*known, secret, parts_.session_times(), preferred_language(request.headers), accounts));
}

awaitable<http::Response> AccountPages::sign_out(http::Request request) const {
  if (!request.caller->came_by_session()) co_return unknown_session();
  const auto end = [&] { return parts_.ledger.end_session(request.caller->session); };
  co_await parts_.store.run(end);
  sessions_->forget_all();
  co_return done_and_signed_out();
}

awaitable<http::Response> AccountPages::list(http::Request request) const {
  views::Parameters parameters(request.query, {"all"});
  const auto all = parameters.text("all");
  if (all && *all != "true") parameters.refuse("all", "只能是 true。", "This has to be true.");
  if (!parameters.faults().empty()) co_return views::wrong_parameters(parameters);
  if (all && !is_admin(*request.caller)) co_return admin_alone();
  const auto name = all ? std::nullopt : std::optional(request.caller->name);
  const auto read = [&] { return parts_.ledger.sessions(name); };
  const auto kept = co_await parts_.store.run(read);
  const auto times = parts_.session_times();
  json::array sessions;
  for (const auto& session : kept) {
    if (times.has_ended(session, parts_.clock.now())) continue;
    sessions.push_back(listed(session, times, request.caller->session));
  }
  const json::object answer{{"sessions", std::move(sessions)}};
  co_return views::json_answer(200, answer);
}

awaitable<http::Response> AccountPages::end_one(http::Request request) const {
  const std::string id = request.places["id"];
  const auto end = [&] {
    const auto found = parts_.ledger.signed_in(id);
    const bool may_end = found && (found->session.name == request.caller->name || is_admin(*request.caller));
    return may_end && parts_.ledger.end_session(id);
  };
  const bool has_ended = co_await parts_.store.run(end);
  if (!has_ended) co_return unknown_session();
  sessions_->forget_all();
  co_return id == request.caller->session ? done_and_signed_out() : done();
}

awaitable<http::Response> AccountPages::end_all(http::Request request) const {
  const auto end = [&] { return parts_.ledger.end_sessions(request.caller->name); };
  co_await parts_.store.run(end);
  sessions_->forget_all();
  co_return done_and_signed_out();
}

awaitable<http::Response> AccountPages::change_password(http::Request request) const {
  const auto order = read_password_order(request.body);
  if (!order) {
    const bool is_unreadable = order.faults().front().code == "json.syntax";
    co_return http::Response::problem(is_unreadable ? 400 : 422, "the order cannot be read", order.faults());
  }
  const auto known = co_await sessions_->find(session_cookie_of(request.headers));
  const bool has_password = known && request.caller->came_by_session() && known->session.token_sha256.empty();
  if (!has_password) co_return no_password();
  const base::Faults weak = judge_password(known->caller.name, order->new_password, "/new");
  if (!weak.empty()) co_return http::Response::problem(422, "the password is not good enough", weak);
  if (known->session.by == ledger::SignedInBy::password) {
    auto refusal = co_await refusal_of_old(known->caller.name, *order);
    if (refusal) co_return std::move(*refusal);
  }
  co_return co_await set_password(*known, *order);
}

// A session that somebody took over does not lead to the password: tries count as those to sign in.
awaitable<std::optional<http::Response>> AccountPages::refusal_of_old(const std::string& name,
                                                                      const PasswordOrder& order) const {
  const std::vector<ledger::Door> doors{door_of_name(name)};
  const base::Time now = parts_.clock.now();
  const auto knock = [&] { return parts_.ledger.begin_try(doors, now); };
  const auto closed_until = co_await parts_.store.run(knock);
  if (closed_until) co_return locked_for(*closed_until - now);
  const auto read = [&] { return parts_.ledger.user(name); };
  const auto user = co_await parts_.store.run(read);
  const std::string hash = user ? user->password_hash : std::string();
  const auto compare = [&] { return is_password(hash, order.old_password.value_or("")); };
  const bool is_right = co_await parts_.hashing.run(compare);
  if (!is_right) co_return wrong_old_password();
  const auto open = [&] { parts_.ledger.forget_tries(doors); };
  co_await parts_.store.run(open);
  co_return std::nullopt;
}

awaitable<http::Response> AccountPages::set_password(const KnownSession& known, const PasswordOrder& order) const {
  const auto hash_it = [&] { return hash_password(order.new_password); };
  const std::string hash = co_await parts_.hashing.run(hash_it);
  const std::string name = known.caller.name;
  const ledger::Act act{.at = parts_.clock.now(),
                        .by = name,
                        .kind = ledger::ActKind::user,
                        .subject = "users/" + name,
                        .reason = "password"};
  const auto keep = [&] { return parts_.ledger.set_password(name, hash, known.session.digest, act); };
  co_await parts_.store.run(keep);
  sessions_->forget_all();
  co_return done();
}

awaitable<http::Response> AccountPages::users(http::Request) const {
  const auto read = [&] { return parts_.ledger.users(); };
  const auto all = co_await parts_.store.run(read);
  json::array users;
  for (const ledger::User& user : all) users.push_back(told(user));
  const json::object answer{{"users", std::move(users)}};
  co_return views::json_answer(200, answer);
}

}  // namespace gateway::accounts
