// Who calls, and what that person or client may do.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "config/settings.h"

namespace gateway::http {

struct Caller {
  std::string name;
  config::Role role = config::Role::viewer;
  std::vector<std::string> enterprises;  // empty where all are allowed
  bool all_enterprises = false;
  config::Signing signing = config::Signing::by_role;
  std::string session{};  // the digest of the session that the call came by; empty: by a bearer token

  bool may(std::string_view enterprise) const;
  bool sees_nothing() const { return !all_enterprises && enterprises.empty(); }
  bool may_sign() const;  // have an enterprise's key sign what is not a document of the gateway
  bool came_by_session() const { return !session.empty(); }
};

// "*" among the codes stands for all.
void give_enterprises(Caller& caller, std::vector<std::string> codes);

}  // namespace gateway::http
