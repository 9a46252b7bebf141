#include "gateway/intake/openapi_feed.h"

namespace gateway::intake {

std::vector<CallForm> feed_calls() {
  return {
      {"get",
       "/v1/changes",
       "listChanges",
       "viewer",
       "变化流",
       "Every change, oldest first",
       {"after", "limit", "personal"},
       "",
       {{"200", "application/json", "ChangeList"}},
       {"400", "401", "503"}},
      {"get",
       "/v1/events",
       "streamChanges",
       "viewer",
       "变化流，以服务器推送事件发送",
       "Every change as server-sent events, for as long as the client stays",
       {"after", "Last-Event-ID"},
       "",
       {{"200", "text/event-stream", ""}},
       {"400", "401", "503"},
       "after=newest begins with what changes from now on, and gives its cursor at once. "
       "Each change is an event: id is its cursor, event is change, data the Change on one line. A comment comes every "
       "15 s where nothing changes. 503 where 100 streams are open"}};
}

}  // namespace gateway::intake
