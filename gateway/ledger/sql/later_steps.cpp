#include "gateway/ledger/sql/later_steps.h"

#include <array>
#include <utility>

namespace gateway::ledger::sql {

namespace {

// What clients are told. A notice repeats what changed, so that it can be told whatever becomes of the document. `name`
// is what a client's notices are called after, since numbers begin anew in every ledger.
constexpr std::string_view notices = R"sql(
CREATE TABLE notice_feeds (client TEXT PRIMARY KEY, name TEXT NOT NULL, cursor BIGINT NOT NULL);
CREATE TABLE notices (
  number {identity},
  client TEXT NOT NULL, enterprise TEXT NOT NULL,
  cursor BIGINT NOT NULL, at BIGINT NOT NULL,
  id TEXT NOT NULL, key TEXT NOT NULL, type TEXT NOT NULL, version BIGINT NOT NULL,
  from_state TEXT NOT NULL, to_state TEXT NOT NULL,
  stage TEXT NOT NULL, outcome TEXT NOT NULL, reason TEXT NOT NULL,
  webhook_id TEXT NOT NULL,
  state TEXT NOT NULL,  -- waiting, heard, unheard
  tries BIGINT NOT NULL DEFAULT 0,
  since BIGINT NOT NULL,
  due BIGINT,
  answer TEXT NOT NULL DEFAULT '',
  created_at BIGINT NOT NULL,
  ended_at BIGINT,
  revision BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX notices_due ON notices (client, due) WHERE state = 'waiting';
CREATE INDEX notices_waiting ON notices (client, id, number) WHERE state = 'waiting';
CREATE INDEX notices_by_state ON notices (state, client, created_at);
CREATE INDEX notices_by_time ON notices (created_at);
CREATE INDEX notices_by_document ON notices (id);
CREATE INDEX notices_ended ON notices (state, ended_at) WHERE ended_at IS NOT NULL;
)sql";

constexpr std::array<std::string_view, 1> steps{notices};

}  // namespace

std::span<const std::string_view> later_steps() { return steps; }

std::string written_for(const DatabaseTypes& types, std::string_view step) {
  std::string written(step);
  for (const auto& [name, type] : {std::pair<std::string_view, std::string_view>{"{identity}", types.identity},
                                   std::pair<std::string_view, std::string_view>{"{bytes}", types.bytes}}) {
    for (auto at = written.find(name); at != std::string::npos; at = written.find(name, at)) {
      written.replace(at, name.size(), type);
    }
  }
  return written;
}

}  // namespace gateway::ledger::sql
