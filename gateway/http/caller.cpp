#include "gateway/http/caller.h"

#include <algorithm>
#include <utility>

namespace gateway::http {

bool Caller::may(std::string_view enterprise) const {
  return all_enterprises || std::ranges::find(enterprises, enterprise) != enterprises.end();
}

bool Caller::may_sign() const {
  return signing == config::Signing::allowed || config::includes(role, config::Role::admin);
}

void give_enterprises(Caller& caller, std::vector<std::string> codes) {
  caller.all_enterprises = std::ranges::find(codes, "*") != codes.end();
  if (caller.all_enterprises) codes.clear();
  caller.enterprises = std::move(codes);
}

}  // namespace gateway::http
