// What another system asks to have signed, read with every fault at once. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "config/settings.h"
#include "gateway/http/caller.h"
#include "gateway/ledger/records.h"
#include "signing/dialect.h"

namespace gateway::signatures {

struct Order {
  const config::Enterprise* enterprise = nullptr;
  ledger::SigningKind kind = ledger::SigningKind::xml;
  std::string content;                             // the text's bytes
  std::string dialect;                             // of an XML text; empty: the enterprise's
  std::optional<signing::SignatureAlgorithm> rsa;  // of a plain text, where a digest was asked for
};

// Against what an order is read. It outlives the orders.
struct Known {
  const config::Settings& settings;
  const std::vector<signing::Dialect>& dialects;
  const http::Caller& caller;  // for the words: which enterprises it may name
};

// Faults: json.syntax, json.depth, json.size (cannot be read at all); json.shape, intake.enterprise, sign.empty,
// sign.size, sign.dialect, sign.digest.
base::Result<Order> read_order(std::string_view body, const Known& known);

}  // namespace gateway::signatures
