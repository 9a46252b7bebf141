#include "gateway/views/absent_document.h"

#include <utility>

#include "gateway/views/answers.h"

namespace gateway::views {

base::Fault archived_document(std::string code, std::string path, const ledger::ArchivedDocument& document) {
  const std::string& key = document.summary.key;
  return fault(std::move(code), std::move(path),
               key + " 已归档，在文件 " + document.file + " 中。要恢复：cebgate archive restore " +
                   document.summary.id + "，或 POST /v1/archive/restore。",
               key + " is archived in the file " + document.file + ". To bring it back: cebgate archive restore " +
                   document.summary.id + ", or POST /v1/archive/restore.");
}

http::Response absent_document(ledger::Ledger& ledger, const std::string& name, const http::Caller& caller) {
  base::Faults archived;
  for (const auto& document : ledger.archived(name)) {
    if (caller.may(document.summary.enterprise)) archived.push_back(archived_document("api.archived", "", document));
  }
  return archived.empty() ? unknown_document() : http::Response::problem(404, "archived", archived);
}

}  // namespace gateway::views
