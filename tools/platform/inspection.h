// Inspects a message as the platform does: form, schema, signature, enterprise, rules. Immutable after it is made.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "schemas/catalog.h"
#include "schemas/judge.h"
#include "signing/verify.h"
#include "tools/platform/arrival.h"

namespace tools::platform {

using Enterprises = std::map<std::string, std::set<std::string>, std::less<>>;  // code -> DXPIDs; empty: any

class Inspection {
 public:
  // trust: absent judges no chain.
  Inspection(const schemas::Catalog& catalog, const schemas::Judge& judge, std::optional<signing::Trust> trust,
             Enterprises enterprises);

  Arrival inspect(std::string_view xml, base::Time at) const;
  SignatureVerdict signature_of(std::string_view xml, base::Time at) const;  // of any signed text

 private:
  void read(std::string_view xml, Arrival& arrival) const;
  void judge_contents(const base::XmlDocument& document, const schemas::MessageType& type, Arrival& arrival) const;
  SignatureVerdict verify(std::string_view xml, const base::XmlDocument& document, base::Time at) const;
  std::string fault_of_enterprise(const Arrival& arrival) const;

  const schemas::Catalog& catalog_;
  const schemas::Judge& judge_;
  std::optional<signing::Trust> trust_;
  Enterprises enterprises_;
};

}  // namespace tools::platform
