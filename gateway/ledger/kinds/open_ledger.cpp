#include "gateway/ledger/kinds/open_ledger.h"

#include "gateway/ledger/postgres/postgres_store.h"
#include "gateway/ledger/sql/sql_ledger.h"
#include "gateway/ledger/sqlite/sqlite_store.h"

namespace gateway::ledger::kinds {

namespace {

std::unique_ptr<sql::Store> open_store(const std::string& url, std::chrono::milliseconds takeover_after,
                                       sqlite::Presence presence) {
  constexpr std::string_view of_sqlite = "sqlite:";
  if (url.starts_with(of_sqlite) && url.size() > of_sqlite.size()) {
    return std::make_unique<sqlite::SqliteStore>(url.substr(of_sqlite.size()), presence);
  }
  if (url.starts_with("postgresql://") || url.starts_with("postgres://")) {
    return std::make_unique<postgres::PostgresStore>(url, takeover_after);
  }
  // The address may hold a password, so only its kind is repeated.
  const std::string kind = url.substr(0, url.find(':'));
  throw LedgerError("不认识的账本类型“" + kind +
                    "”；应写作 sqlite:文件路径 或 postgresql://… / unknown kind of ledger \"" + kind +
                    "\"; write sqlite:PATH or postgresql://…");
}

}  // namespace

std::unique_ptr<Ledger> open_ledger(const std::string& url, std::chrono::milliseconds takeover_after) {
  return std::make_unique<sql::SqlLedger>(open_store(url, takeover_after, sqlite::Presence::gateway));
}

std::unique_ptr<Ledger> open_beside_gateways(const std::string& url) {
  return std::make_unique<sql::SqlLedger>(open_store(url, std::chrono::seconds(20), sqlite::Presence::beside));
}

}  // namespace gateway::ledger::kinds
