// Inspects a message as the platform does: form, schema, signature, enterprise, rules. Immutable after it is made;
// what is referred to outlives it.
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
#include "tools/platform/rulebook.h"

namespace tools::platform {

struct Enterprise {
  std::set<std::string> dxp_ids;
  std::set<std::string> roles{};  // empty: any type
  std::string company{};          // whose certificates sign for it; empty: anybody's
};
using Enterprises = std::map<std::string, Enterprise, std::less<>>;  // by code; empty: any

class Inspection {
 public:
  // trust: absent judges no chain.
  Inspection(const schemas::Catalog& catalog, const schemas::Judge& judge, const Rulebook& rules,
             std::optional<signing::Trust> trust, Enterprises enterprises);

  Arrival inspect(std::string_view xml, base::Time at) const;
  SignatureVerdict signature_of(std::string_view xml, base::Time at) const;  // of any signed text

 private:
  void read(std::string_view xml, Arrival& arrival) const;
  void judge_contents(const base::XmlDocument& document, const schemas::MessageType& type, Arrival& arrival) const;
  void judge_form(const base::XmlDocument& document, Arrival& arrival) const;
  bool is_said_of(const base::Fault& fault, const schemas::MessageType& type, Arrival& arrival) const;
  SignatureVerdict verify(std::string_view xml, const base::XmlDocument& document, base::Time at) const;
  void judge_enterprise(Arrival& arrival) const;

  const schemas::Catalog& catalog_;
  const schemas::Judge& judge_;
  const Rulebook& rules_;
  std::optional<signing::Trust> trust_;
  Enterprises enterprises_;
};

}  // namespace tools::platform
