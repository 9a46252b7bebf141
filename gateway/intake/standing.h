// Where the newest version of a document stands: at customs, for the tables of corrections and offers; and in words,
// for a refusal. Pure; safe from every thread.
#pragma once

#include <string>

#include "codecs/ceb/message.h"
#include "gateway/ledger/records.h"
#include "schemas/catalog.h"

namespace gateway::intake {

schemas::Standing standing_at_customs(const schemas::Catalog& catalog, const ledger::Standing& newest);

// Whether other content has to wait until we know what became of this version.
bool is_under_way(const ledger::Standing& newest);

// The document as the ledger keeps it, which this program wrote.
codecs::ceb::Element kept_body(const schemas::MessageType& type, const ledger::Standing& newest);

struct Words {
  std::string zh, en;
};
// "Version 2 of KEY is sent, customs status 120", without a full stop.
Words standing_words(const ledger::Standing& newest);

}  // namespace gateway::intake
