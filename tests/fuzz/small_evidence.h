// One small document as evidence: what the fuzz target starts from, and whose files it replaces.
#pragma once

#include <string>

#include "base/digest.h"
#include "gateway/evidence/package.h"

namespace tests::fuzz {

inline gateway::ledger::Evidence small_evidence() {
  namespace ledger = gateway::ledger;
  ledger::Evidence evidence;
  ledger::KeptVersion& version = evidence.versions.emplace_back();
  version.summary.id = "d1";
  version.summary.type = "CEB311Message";
  version.summary.key = "CEB311Message/4601960001/A1";
  version.summary.number = "A1";
  version.guid = "G1";
  version.body = R"({"OrderHead":{"guid":"G1","ebpCode":"4601960001","orderNo":"A1"}})";
  version.message = "M1";
  evidence.messages.push_back(
      {{"M1", version.summary.type, "", "", "sm2-sm3", "<a/>", "{\"data\":\"PGEvPg==\"}", {}}, {}});
  evidence.deliveries.push_back({1, "M1", {{}, ledger::DeliveryOutcome::confirmed, "OK"}, base::Time{}, {}});
  const ledger::InboundRecord record{base::sha256_hex("p\ns\nbytes"), "p", "s", "", "bytes", {}};
  evidence.inbound.push_back({record, {{{}, "operator", "late"}}});
  version.receipts.push_back({{.status = "2"}, record.digest});
  std::string previous;
  for (const std::string& ground : {std::string("content "), "message M1 " + base::sha256_hex("<a/>"),
                                    std::string("delivery 1 confirmed OK"), "inbound " + record.digest}) {
    ledger::MoveRow move;
    move.evidence = ground;
    previous = ledger::link(previous, version.guid, move);
    version.entries.push_back({move, previous});
  }
  return evidence;
}

}  // namespace tests::fuzz
