#include "gateway/ledger/postgres/postgres_fault.h"

#include <algorithm>
#include <array>
#include <libpq-fe.h>
#include <string>

namespace gateway::ledger::postgres {

namespace {

// PostgreSQL 15, appendix A: serialization failure, deadlock, and a key that another gateway wrote first.
constexpr std::array<std::string_view, 3> may_be_repeated{"40001", "40P01", "23505"};

constexpr std::string_view disk_full = "53100";

bool is_connection_lost(std::string_view state) {
  return state.empty() || state.starts_with("08") || state.starts_with("57P");
}

bool is_user_refused(std::string_view state) { return state.starts_with("28") || state == "42501"; }

// 53: the server lacks something; 57014: it gave up; 58: its own files fail; XX: it is damaged; 25006: a standby.
Trouble trouble_of(std::string_view state) {
  if (state == disk_full) return Trouble::no_room;
  const bool is_in_trouble = state.starts_with("53") || state.starts_with("58") || state.starts_with("XX") ||
                             state == "57014" || state == "55P03" || state == "25006";
  return is_in_trouble || is_connection_lost(state) || is_user_refused(state) ? Trouble::unusable : Trouble::other;
}

std::string what_to_do(std::string_view state) {
  if (state == disk_full) {
    return "数据库的磁盘已满，未写入任何内容，请腾出空间 / the database's disk is full, nothing was written: free some "
           "space";
  }
  if (state.starts_with("53")) {
    return "数据库的内存或连接数不足，未写入任何内容 / the database lacks memory or connections, nothing was written";
  }
  if (is_connection_lost(state)) {
    return "与数据库的连接已断开，未写入任何内容；恢复后会自动重连 / the connection to the database is lost, nothing "
           "was written; it is made anew by itself";
  }
  if (is_user_refused(state)) {
    return "数据库拒绝该用户，请检查地址中的用户、口令和权限 / the database refuses the user: check the address's "
           "user, "
           "password and rights";
  }
  if (state == "57014") return "数据库超时未答复 / the database did not answer in time";
  return "账本出错 / the ledger failed";
}

std::string one_line(std::string_view text) {
  std::string line(text);
  std::ranges::replace(line, '\n', ' ');
  while (line.ends_with(' ')) line.pop_back();
  return line;
}

}  // namespace

void fail(const PostgresConnection& connection, const pg_result* result) {
  const char* const code = result == nullptr ? nullptr : PQresultErrorField(result, PG_DIAG_SQLSTATE);
  const std::string_view state = code == nullptr ? "" : code;
  const std::string said =
      one_line(result == nullptr ? PQerrorMessage(connection.handle()) : PQresultErrorMessage(result));
  if (std::ranges::find(may_be_repeated, state) != may_be_repeated.end()) throw TakenBack(said);
  connection.refuse(what_to_do(state) + " (" + said + ")", trouble_of(state));
}

}  // namespace gateway::ledger::postgres
