#include "gateway/channels/queues/verdict.h"

#include "gateway/channels/queues/words.h"

namespace gateway::channels::queues {

Verdict never_left(const base::Fault& why) { return {Fate::never_left, line(why)}; }

Verdict too_many_waiting() { return {Fate::never_left, "未确认的消息过多 | too many messages are not yet confirmed"}; }

Verdict lost(const std::string& why) {
  return {Fate::lost, "确认之前连接中断：" + why + " | the connection broke before the confirm: " + why};
}

}  // namespace gateway::channels::queues
