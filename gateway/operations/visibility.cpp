#include "gateway/operations/visibility.h"

namespace gateway::operations {

std::optional<std::vector<std::string>> visible_dxp_ids(const config::Settings& settings, const http::Caller& caller) {
  if (caller.all_enterprises) return std::nullopt;
  std::vector<std::string> ids;
  for (const config::Enterprise& enterprise : settings.enterprises) {
    if (caller.may(enterprise.code)) ids.push_back(enterprise.dxp_id);
  }
  return ids;
}

}  // namespace gateway::operations
