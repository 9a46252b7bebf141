// What is answered about a document that the ledger does not hold. Blocks.
#pragma once

#include <string>

#include "gateway/http/caller.h"
#include "gateway/http/message.h"
#include "gateway/ledger/ledger.h"

namespace gateway::views {

// 404 with the file of the archive that the document is in and how it comes back, also where it is named by its key or
// number; else the same for one that does not exist and for one that the caller may not see.
http::Response absent_document(ledger::Ledger& ledger, const std::string& name, const http::Caller& caller);

// "KEY is archived in FILE", and how it comes back: two sentences.
base::Fault archived_document(std::string code, std::string path, const ledger::ArchivedDocument& document);

}  // namespace gateway::views
