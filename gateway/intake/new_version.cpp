#include "gateway/intake/new_version.h"

#include <boost/json/serialize.hpp>
#include <utility>

#include "codecs/ceb/identity.h"
#include "codecs/ceb/json_codec.h"

namespace gateway::intake {

ledger::NewVersion new_version(const Candidate& candidate, const std::string& by, const std::string& reason) {
  const schemas::MessageType& type = *candidate.type;
  const auto field = [&](std::string_view name) { return codecs::ceb::head_field(type, candidate.body, name); };
  ledger::NewVersion version;
  version.type = type.name;
  version.key = candidate.key;
  version.number = candidate.number;
  version.enterprise = candidate.enterprise->code;
  version.port = candidate.enterprise->port_for(type.name);
  version.dxp_id = candidate.enterprise->dxp_id;
  version.version = candidate.version;
  version.guid = field("guid");
  version.app_type = field("appType");
  version.app_status = field("appStatus");
  version.app_time = field("appTime");
  version.content_digest = candidate.content_digest;
  version.body = boost::json::serialize(codecs::ceb::write_document(type, candidate.body));
  for (codecs::ceb::Number& number : codecs::ceb::related_numbers(type, candidate.body)) {
    version.numbers.push_back({std::move(number.kind), std::move(number.value)});
  }
  version.by = by;
  version.reason = reason;
  return version;
}

}  // namespace gateway::intake
