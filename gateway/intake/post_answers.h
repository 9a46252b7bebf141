// What a post is answered with, from its candidates. Pure.
#pragma once

#include <span>

#include "gateway/http/message.h"
#include "gateway/intake/candidate.h"

namespace gateway::intake {

// 202 with an item for each document, or 200 where all were known. `accepted` are the new ones, in their order.
http::Response taken(const Candidates& candidates, std::span<const ledger::Summary> accepted);
// 403, 422 or 409 with every fault of every document.
http::Response refused(const Candidates& candidates);
// 200 with a verdict for each document.
http::Response judged(const Candidates& candidates);

}  // namespace gateway::intake
