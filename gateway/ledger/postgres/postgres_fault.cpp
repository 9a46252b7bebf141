#include "gateway/ledger/postgres/postgres_fault.h"

#include <algorithm>
#include <array>
#include <libpq-fe.h>
#include <string>

namespace gateway::ledger::postgres {

namespace {

// PostgreSQL 15, appendix A: serialization failure, deadlock, and a key that another gateway wrote first.
constexpr std::array<std::string_view, 3> may_be_repeated{"40001", "40P01", "23505"};

std::string what_to_do(std::string_view state) {
  if (state.starts_with("53")) {
    return "数据库的磁盘或内存已满，未写入任何内容，请腾出空间 / the database's disk or memory is full, nothing was "
           "written: free some space";
  }
  if (state.empty() || state.starts_with("08") || state.starts_with("57P")) {
    return "与数据库的连接已断开，未写入任何内容；恢复后会自动重连 / the connection to the database is lost, nothing "
           "was "
           "written; it is made anew by itself";
  }
  if (state.starts_with("28") || state == "42501") {
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
  connection.refuse(what_to_do(state) + " (" + said + ")");
}

}  // namespace gateway::ledger::postgres
