// Documents -> one signed, verified, validated, enveloped message; and the reverse, received bytes -> receipts. Blocks
// (run it through gateway/offload), knows no socket. Safe from every thread.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "config/settings.h"
#include "gateway/keys/keys.h"
#include "schemas/catalog.h"
#include "schemas/judge.h"

namespace gateway::sealing {

struct Sealed {
  std::string guid;  // the root's
  std::string dialect;
  std::string signed_xml, envelope;
};

// One receipt, whatever carried it, by the element names of its CEB receipt type.
struct Opened {
  std::string receipt_type;  // "CEB312Message"
  std::map<std::string, std::string>
      parts;                       // orderNo, ebpCode, copNo, preNo, invtNo, customsGuid …; absent ones are not there
  std::vector<std::string> guids;  // that may be ours: repeated by the receipt
  std::string dxp_id;              // whom it came for
  std::string status, return_time, return_info;
  base::Time returned_at;
};

class Sealer {
 public:
  static std::unique_ptr<Sealer> make(const keys::Keys& keys, const schemas::Catalog& catalog,
                                      const schemas::Judge& judge);
  virtual ~Sealer() = default;

  virtual std::size_t most_documents(const std::string& type) const = 0;  // in one message
  // bodies: the "document" JSON texts of documents of one type, at most most_documents. Fault keys::no_key_signs: the
  // documents have to wait, and nothing is wrong with them.
  virtual base::Result<Sealed> seal(const config::Enterprise& enterprise, const config::Port& port,
                                    const std::string& type, std::span<const std::string> bodies,
                                    base::Time now) const = 0;
  virtual base::Result<Opened> open(const config::Port& port, const std::string& source,
                                    const std::string& bytes) const = 0;
};

}  // namespace gateway::sealing
