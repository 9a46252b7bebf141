// How a broker's line answers to those who use it as a channel. Pure.
#pragma once

#include "gateway/channels/channel.h"
#include "gateway/channels/queues/line_state.h"
#include "gateway/channels/queues/queue_book.h"
#include "gateway/channels/queues/verdict.h"

namespace gateway::channels::queues {

Answer answer_of(Verdict verdict);
Health health_of(const LineState& sending, const LineState& receiving);
base::Result<std::vector<Received>> received_of(Bodies bodies, base::Time marked_at);

}  // namespace gateway::channels::queues
