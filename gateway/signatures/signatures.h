// Signatures for other systems: POST /v1/sign has an enterprise's key sign a CEB text or a plain one, POST /v1/verify
// and GET /v1/documents/{id}/verification judge a signature, GET /v1/signings shows what has been signed. No signature
// leaves that is not in the ledger. Handlers run on the I/O thread. What Parts refers to outlives the server; the
// Signatures itself need not.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/result.h"
#include "config/settings.h"
#include "gateway/http/router.h"
#include "gateway/keys/keys.h"
#include "gateway/ledger/ledger.h"
#include "gateway/offload/offload.h"
#include "schemas/catalog.h"
#include "signing/verify.h"

namespace gateway::signatures {

inline constexpr std::size_t longest_text_bytes = std::size_t{1} << 20;  // of one order
// Of one enterprise, asked for and not yet answered: the gateway's own messages wait for no more than these.
inline constexpr std::size_t most_waiting = 32;

using OptionalTrust = std::optional<signing::Trust>;
// Nothing where the settings name no roots. Faults: trust.*.
base::Result<OptionalTrust> load_trust(const config::Signatures& settings);

struct Parts {
  const config::Settings& settings;
  const schemas::Catalog& catalog;
  const keys::Keys& keys;
  OptionalTrust trust;  // absent: no chain is judged
  ledger::Ledger& ledger;
  offload::Pool& work;                                                     // CPU: read, judge
  std::function<offload::Pool&(const std::string& enterprise)> keys_pool;  // where an enterprise's keys sign
  offload::Pool& store;                                                    // the ledger
  const base::Clock& clock;
};

class Desk;
class Verifying;
class Signings;

class Signatures {
 public:
  explicit Signatures(Parts parts);
  void add_routes(http::Router& router) const;

 private:
  std::shared_ptr<Desk> desk_;
  std::shared_ptr<const Verifying> verifying_;
  std::shared_ptr<const Signings> signings_;
};

}  // namespace gateway::signatures
