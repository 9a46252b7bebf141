// Users and their one-time codes.
#include "gateway/ledger/sql/accounts.h"

#include <sstream>

#include "gateway/ledger/sql/audit.h"
#include "gateway/ledger/sql/sql_ledger.h"

namespace gateway::ledger::sql {

namespace {

constexpr std::string_view active_word = "active", disabled_word = "disabled";

std::string_view word_of(UserState state) { return state == UserState::active ? active_word : disabled_word; }

std::string in_one_line(const std::vector<std::string>& codes) {
  std::string line;
  for (const std::string& code : codes) line.append(line.empty() ? "" : " ").append(code);
  return line;
}

std::vector<std::string> one_by_one(const std::string& line) {
  std::istringstream words(line);
  std::vector<std::string> codes;
  for (std::string code; words >> code;) codes.push_back(code);
  return codes;
}

constexpr std::string_view user_columns =
    "SELECT name, role, enterprises, password_hash, state, created_at, last_signed_in_at FROM users ";

User read_user(SqlStatement& row) {
  User user;
  std::string enterprises, state;
  row.read(user.name, user.role, enterprises, user.password_hash, state, user.created_at, user.last_signed_in_at);
  user.enterprises = one_by_one(enterprises);
  user.state = state == active_word ? UserState::active : UserState::disabled;
  return user;
}

bool has_user(SqlConnection& connection, const std::string& name) {
  return connection.prepare("SELECT 1 FROM users WHERE name = ?").bind(name).step();
}

std::size_t number_of_users(SqlConnection& connection) {
  return static_cast<std::size_t>(connection.prepare("SELECT count(*) FROM users").number());
}

void drop_codes_of(SqlConnection& connection, const std::string& name) {
  connection.prepare("DELETE FROM one_time_codes WHERE name = ?").bind(name).run();
}

}  // namespace

std::optional<User> user_called(SqlConnection& connection, const std::string& name) {
  auto row = connection.prepare(std::string(user_columns) + "WHERE name = ?");
  row.bind(name);
  return row.step() ? std::optional(read_user(row)) : std::nullopt;
}

Ledger::Added SqlLedger::add_user(const User& user, const Act& act) {
  Added added = Added::known;
  write([&](SqlConnection& connection) {
    added = Added::known;
    if (has_user(connection, user.name)) return false;
    added = Added::full;
    if (number_of_users(connection) >= most_users) return false;
    const auto made = connection
                          .prepare(
                              "INSERT INTO users (name, role, enterprises, password_hash, state, created_at) "
                              "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")
                          .bind(user.name, user.role, in_one_line(user.enterprises), user.password_hash,
                                word_of(user.state), user.created_at)
                          .run();
    added = made == 1 ? Added::added : Added::known;
    if (made == 1) add_act(connection, act);
    return made == 1;
  });
  return added;
}

std::optional<User> SqlLedger::user(const std::string& name) {
  return look([&](SqlConnection& connection) { return user_called(connection, name); });
}

std::vector<User> SqlLedger::users() {
  return look([](SqlConnection& connection) {
    std::vector<User> all;
    auto rows = connection.prepare(std::string(user_columns) + "ORDER BY name");
    while (rows.step()) all.push_back(read_user(rows));
    return all;
  });
}

std::size_t SqlLedger::count_users() {
  return look([](SqlConnection& connection) { return number_of_users(connection); });
}

bool SqlLedger::set_password(const std::string& name, const std::string& hash, const std::string& kept,
                             const Act& act) {
  return write([&](SqlConnection& connection) {
    if (connection.prepare("UPDATE users SET password_hash = ? WHERE name = ?").bind(hash, name).run() == 0)
      return false;
    drop_codes_of(connection, name);
    connection.prepare("DELETE FROM sessions WHERE name = ? AND digest <> ?").bind(name, kept).run();
    connection.prepare("UPDATE sessions SET means = ? WHERE digest = ?").bind(word(SignedInBy::password), kept).run();
    add_act(connection, act);
    return true;
  });
}

void SqlLedger::renew_hash(const std::string& name, const std::string& from, const std::string& to) {
  write([&](SqlConnection& connection) {
    return connection.prepare("UPDATE users SET password_hash = ? WHERE name = ? AND password_hash = ?")
               .bind(to, name, from)
               .run() == 1;
  });
}

bool SqlLedger::set_user_state(const std::string& name, UserState state, const Act& act) {
  return write([&](SqlConnection& connection) {
    const auto changed =
        connection.prepare("UPDATE users SET state = ? WHERE name = ?").bind(word_of(state), name).run();
    if (changed == 0) return false;
    if (state == UserState::disabled) {
      drop_codes_of(connection, name);
      connection.prepare("DELETE FROM sessions WHERE name = ?").bind(name).run();
    }
    add_act(connection, act);
    return true;
  });
}

bool SqlLedger::keep_code(const std::string& name, const std::string& digest, base::Time ends_at, const Act& act) {
  return write([&](SqlConnection& connection) {
    const auto user = user_called(connection, name);
    if (!user || user->state == UserState::disabled) return false;
    drop_codes_of(connection, name);
    connection.prepare("INSERT INTO one_time_codes (digest, name, ends_at) VALUES (?, ?, ?)")
        .bind(digest, name, ends_at)
        .run();
    add_act(connection, act);
    return true;
  });
}

std::optional<std::string> SqlLedger::take_code(const std::string& digest, base::Time now) {
  return write([&](SqlConnection& connection) -> std::optional<std::string> {
    connection.prepare("DELETE FROM one_time_codes WHERE ends_at <= ?").bind(now).run();
    std::string name;
    {
      auto row = connection.prepare("SELECT name FROM one_time_codes WHERE digest = ?");
      row.bind(digest);
      if (!row.step()) return std::nullopt;
      row.read(name);
    }
    // Of two who come with it at the same time one has taken it away.
    if (connection.prepare("DELETE FROM one_time_codes WHERE digest = ?").bind(digest).run() == 0) return std::nullopt;
    return name;
  });
}

}  // namespace gateway::ledger::sql
