// The settings of the listener that the partner posts to, with its limits. Pure.
#pragma once

#include "config/settings.h"
#include "gateway/http/server.h"

namespace gateway::channels::as2 {

http::ServerOptions options_of(const config::Listening& listening);

}  // namespace gateway::channels::as2
