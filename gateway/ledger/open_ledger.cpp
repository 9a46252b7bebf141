#include "gateway/ledger/ledger.h"
#include "gateway/ledger/sqlite_ledger.h"

namespace gateway::ledger {

std::unique_ptr<Ledger> open_ledger(const std::string& url) {
  constexpr std::string_view sqlite = "sqlite:";
  if (url.starts_with(sqlite) && url.size() > sqlite.size()) {
    return std::make_unique<SqliteLedger>(url.substr(sqlite.size()));
  }
  // The address may hold a password, so only its kind is repeated.
  const std::string kind = url.substr(0, url.find(':'));
  throw LedgerError("不认识的账本类型“" + kind + "”；应写作 sqlite:文件路径 / unknown kind of ledger \"" + kind +
                    "\"; write sqlite:PATH");
}

}  // namespace gateway::ledger
