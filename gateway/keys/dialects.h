// The signature dialects of a gateway: the standard ones and the site's own, and which one a message is signed in.
// Pure.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "config/settings.h"
#include "signing/dialect.h"

namespace gateway::keys {

std::vector<signing::Dialect> dialects_of(const config::Settings& settings);

// The enterprise's choice, else the port's; empty: as the kind of key wants it.
std::string dialect_name(const config::Enterprise& enterprise, const config::Port& port);

// Fault signing.dialect where there is none of that name.
base::Result<signing::Dialect> dialect_named(const std::vector<signing::Dialect>& known, const std::string& name);

// Likewise where it does not fit the kind of key; an empty name: as the kind wants it.
base::Result<signing::Dialect> find_dialect(const std::vector<signing::Dialect>& known, const std::string& name,
                                            signing::KeyKind kind);

}  // namespace gateway::keys
