// Documents -> one signed, verified, validated, enveloped message; and the reverse, received bytes -> receipts. Blocks
// (run it through gateway/offload), knows no socket. Safe from every thread.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
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

// A notice answers nothing; a refusal is of a whole message of ours (CEB900, DxpRep), which its guids name.
enum class Said { receipt, notice, refusal };

// One thing that was said of one document or message, whatever carried it, by the element names of its CEB type.
struct Opened {
  Said said = Said::receipt;
  std::string receipt_type;  // "CEB312Message", "CEB816Message", "CEB900Message", "DxpRep"
  std::string about;         // the declaration's type; empty: none of this edition, or a refusal does not say
  std::map<std::string, std::string>
      parts;                       // orderNo, ebpCode, copNo, preNo, invtNo, customsGuid …; absent ones are not there
  std::vector<std::string> guids;  // that may be ours: repeated by the receipt
  std::string dxp_id;              // whom it came for; empty: not said
  // Of a refusal the status is its short name, "CEB900".
  std::string status, return_time, return_info;
  std::optional<base::Time> returned_at;                        // absent of a DxpRep, which has only a date
  std::vector<std::pair<std::string, std::string>> named_by{};  // of a notice: number kinds and values, first one first
  base::Faults faults{};                                        // why this one cannot be read
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
  // All that the bytes say, in their order. Where the source is no listing they are opened by what they are: a receipt
  // or notice as CEB XML, a DxpMsg round one, a DxpRep. Signatures on them are not judged.
  virtual base::Result<std::vector<Opened>> open(const config::Port& port, const std::string& source,
                                                 const std::string& bytes) const = 0;
};

}  // namespace gateway::sealing
