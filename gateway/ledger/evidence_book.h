// What the ledger keeps of one document and everything behind it, to prove elsewhere what happened.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gateway/ledger/chain.h"
#include "gateway/ledger/records.h"

namespace gateway::ledger {

struct KeptReceipt {
  ReceiptRow row;
  std::string inbound;  // digest of the record that said it
};

struct KeptVersion {
  Summary summary;
  std::string guid, app_type, app_status, app_time, dxp_id, content_digest, body;
  std::string message;  // root guid of the message it is in now; empty: in none
  std::vector<ChainEntry> entries;
  std::vector<KeptReceipt> receipts;  // and notices, in the order of their arrival
};

struct KeptMessage {
  SealedMessage message;  // without `documents`
  base::Time sealed_at;
};

struct KeptDelivery {
  std::int64_t number = 0;
  std::string message;  // root guid
  DeliveryRow row;
  std::optional<base::Time> finished_at;
  std::string proof;  // the port's own; empty: none
};

struct KeptInbound {
  InboundRecord record;
  std::vector<InboundAct> acts;  // oldest first
};

struct Evidence {
  std::vector<KeptVersion> versions;  // all of the key, oldest first
  std::vector<KeptMessage> messages;  // each once, in the order of sealing
  std::vector<KeptDelivery> deliveries;
  std::vector<KeptInbound> inbound;  // behind receipts and notices, each once, in the order of arrival
  bool is_whole = true;              // false: it has more bytes than were asked for, and the rest was not read
};

class EvidenceBook {
 public:
  virtual ~EvidenceBook() = default;

  virtual std::optional<Evidence> evidence(const std::string& id, std::size_t most_bytes) = 0;
};

}  // namespace gateway::ledger
