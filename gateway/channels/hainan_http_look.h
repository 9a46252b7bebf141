// What can be seen of a Hainan port over HTTP: its listings answer and can be read, and what time it has. Asking for a
// listing takes nothing from it: it tells all since a time, again and again. Never throws for network failures.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "config/settings.h"
#include "gateway/channels/view.h"

namespace gateway::channels {

// Blocks, no longer than `longest` for each question.
View look_at_hainan_http(const config::Port& port, const std::vector<std::string>& dxp_ids,
                         std::chrono::milliseconds longest);

// The time of an HTTP Date header in its usual form (RFC 9110 §5.6.7); nothing for anything else.
std::optional<base::Time> read_http_date(std::string_view text);

}  // namespace gateway::channels
