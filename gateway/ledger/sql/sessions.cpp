// Sessions of those who signed in, and tries to sign in.
#include <algorithm>

#include "gateway/ledger/sql/accounts.h"
#include "gateway/ledger/sql/audit.h"
#include "gateway/ledger/sql/sql_ledger.h"

namespace gateway::ledger::sql {

namespace {

constexpr std::string_view session_columns =
    "SELECT digest, name, means, token_sha256, signed_in_at, last_seen_at, address, agent FROM sessions ";

SignedInBy read_means(std::string_view written) {
  for (const SignedInBy means : {SignedInBy::token, SignedInBy::code}) {
    if (word(means) == written) return means;
  }
  return SignedInBy::password;
}

KeptSession read_session(SqlStatement& row) {
  KeptSession session;
  std::string means;
  row.read(session.digest, session.name, means, session.token_sha256, session.signed_in_at, session.last_seen_at,
           session.address, session.agent);
  session.by = read_means(means);
  return session;
}

void drop_ended_sessions(SqlConnection& connection, const SessionTimes& times, base::Time now) {
  connection.prepare("DELETE FROM sessions WHERE last_seen_at <= ?").bind(now - times.idle).run();
  connection.prepare("DELETE FROM sessions WHERE signed_in_at <= ?").bind(now - times.whole).run();
}

void drop_sessions_too_many(SqlConnection& connection, const std::string& name) {
  connection
      .prepare(
          "DELETE FROM sessions WHERE name = ? AND digest NOT IN (SELECT digest FROM sessions WHERE name = ? "
          "ORDER BY last_seen_at DESC, signed_in_at DESC, digest LIMIT ?)")
      .bind(name, name, Ledger::most_sessions)
      .run();
}

// False: whose session it would be may not sign in any more.
bool note_sign_in(SqlConnection& connection, const KeptSession& session) {
  if (!session.token_sha256.empty()) return true;
  return connection.prepare("UPDATE users SET last_signed_in_at = ? WHERE name = ? AND state = 'active'")
             .bind(session.signed_in_at, session.name)
             .run() == 1;
}

struct TriesAtDoor {
  std::int64_t count = 0;
  base::Time closed_until;
};

// The row is made first, so that two who come to a new door at the same time wait for each other.
TriesAtDoor tries_at(SqlConnection& connection, const Door& door, base::Time now) {
  connection
      .prepare(
          "INSERT INTO sign_in_tries (subject, count, last_at, closed_until) VALUES (?, 0, ?, 0) "
          "ON CONFLICT DO NOTHING")
      .bind(door.subject, now)
      .run();
  auto row = connection.prepare("SELECT count, closed_until FROM sign_in_tries WHERE subject = ?" +
                                std::string(connection.dialect().lock_rows));
  row.bind(door.subject);
  TriesAtDoor tries;
  if (row.step()) row.read(tries.count, tries.closed_until);
  return tries;
}

void drop_old_tries(SqlConnection& connection, base::Time now) {
  connection.prepare("DELETE FROM sign_in_tries WHERE last_at < ? AND closed_until <= ?")
      .bind(now - Ledger::tries_are_kept_for, now)
      .run();
  connection
      .prepare(
          "DELETE FROM sign_in_tries WHERE subject IN (SELECT subject FROM sign_in_tries "
          "ORDER BY last_at DESC, subject LIMIT 1000000 OFFSET ?)")
      .bind(Ledger::most_doors)
      .run();
}

}  // namespace

bool SqlLedger::begin_session(const KeptSession& session, const SessionTimes& times, const Act& act) {
  return write([&](SqlConnection& connection) {
    drop_ended_sessions(connection, times, session.signed_in_at);
    if (!note_sign_in(connection, session)) return false;
    connection
        .prepare(
            "INSERT INTO sessions (digest, name, means, token_sha256, signed_in_at, last_seen_at, address, agent) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
        .bind(session.digest, session.name, word(session.by), session.token_sha256, session.signed_in_at,
              session.last_seen_at, session.address, session.agent)
        .run();
    drop_sessions_too_many(connection, session.name);
    add_act(connection, act);
    return true;
  });
}

std::optional<SignedIn> SqlLedger::signed_in(const std::string& digest) {
  return look([&](SqlConnection& connection) -> std::optional<SignedIn> {
    SignedIn found;
    {
      auto row = connection.prepare(std::string(session_columns) + "WHERE digest = ?");
      row.bind(digest);
      if (!row.step()) return std::nullopt;
      found.session = read_session(row);
    }
    if (!found.session.token_sha256.empty()) return found;
    found.user = user_called(connection, found.session.name);
    if (!found.user || found.user->state == UserState::disabled) return std::nullopt;
    return found;
  });
}

void SqlLedger::see_session(const std::string& digest, base::Time now) {
  write([&](SqlConnection& connection) {
    return connection.prepare("UPDATE sessions SET last_seen_at = ? WHERE digest = ? AND last_seen_at < ?")
               .bind(now, digest, now)
               .run() == 1;
  });
}

bool SqlLedger::end_session(const std::string& digest) {
  return write([&](SqlConnection& connection) {
    return connection.prepare("DELETE FROM sessions WHERE digest = ?").bind(digest).run() == 1;
  });
}

std::size_t SqlLedger::end_sessions(const std::string& name) {
  std::size_t ended = 0;
  write([&](SqlConnection& connection) {
    ended = static_cast<std::size_t>(connection.prepare("DELETE FROM sessions WHERE name = ?").bind(name).run());
    return ended > 0;
  });
  return ended;
}

std::vector<KeptSession> SqlLedger::sessions(const std::optional<std::string>& name) {
  return look([&](SqlConnection& connection) {
    std::vector<KeptSession> all;
    auto rows = connection.prepare(std::string(session_columns) + (name ? "WHERE name = ? " : "") +
                                   "ORDER BY signed_in_at DESC, digest");
    if (name) rows.bind(*name);
    while (rows.step()) all.push_back(read_session(rows));
    return all;
  });
}

std::optional<base::Time> SqlLedger::begin_try(std::span<const Door> doors, base::Time now) {
  std::optional<base::Time> closed_until;
  write([&](SqlConnection& connection) {
    closed_until.reset();
    std::vector<std::int64_t> counts;
    for (const Door& door : doors) {
      const TriesAtDoor tries = tries_at(connection, door, now);
      counts.push_back(tries.count + 1);
      if (tries.closed_until > now) closed_until = std::max(closed_until.value_or(now), tries.closed_until);
    }
    if (closed_until) return false;
    for (std::size_t i = 0; i < doors.size(); ++i) {
      connection.prepare("UPDATE sign_in_tries SET count = ?, last_at = ?, closed_until = ? WHERE subject = ?")
          .bind(counts[i], now, now + doors[i].pause(counts[i]), doors[i].subject)
          .run();
    }
    drop_old_tries(connection, now);
    return true;
  });
  return closed_until;
}

void SqlLedger::forget_tries(std::span<const Door> doors) {
  write([&](SqlConnection& connection) {
    for (const Door& door : doors) {
      connection.prepare("DELETE FROM sign_in_tries WHERE subject = ?").bind(door.subject).run();
    }
    return true;
  });
}

}  // namespace gateway::ledger::sql
