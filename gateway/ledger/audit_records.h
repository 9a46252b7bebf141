// What persons did, as the ledger keeps it. A subject is the address beneath /v1 of what was acted on:
// "documents/ID", "replays/7", "ports/hainan", "inbound/DIGEST", "users/NAME".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"

namespace gateway::ledger {

enum class ActKind {
  replay,
  hold,
  release,
  withdraw,
  amend,
  disclosure,
  port,
  match,
  resend,
  restore,
  sign_in,
  sign_in_refused,
  user,
  exporting,
  note,
  assignment,
  correction,
  approval,
};
std::string_view word(ActKind kind);  // exporting: "export"
std::optional<ActKind> read_act_kind(std::string_view word);

struct Act {
  std::int64_t number = 0;  // 1, 2, 3 … without a gap; not read when one is written
  base::Time at;
  std::string by{};
  ActKind kind = ActKind::note;
  std::string subject{};
  std::string enterprise{};  // whose the subject is; empty: nobody's, or several ones'
  std::string reason{};      // what was done where the kind does not say it, and why
  std::string digest{};      // 32 bytes (audit_chain.h); not read when one is written
};

struct ActQuery {
  std::optional<base::Time> since, until;  // since inclusive, until exclusive
  std::optional<std::string> by, subject;
  std::optional<ActKind> kind;
  // What the caller may see: acts on these enterprises' things and those of its own. No enterprises: all acts.
  std::vector<std::string> enterprises;
  std::string own;
  std::size_t limit = 100;
  std::string cursor;  // from the page before; empty: newest first from the top
};

struct ActPage {
  std::vector<Act> acts;
  std::optional<std::string> next;
};

// How far the acts go, kept apart from them: what is taken away at their end is missed as well.
struct ActsHead {
  std::int64_t acts = 0;
  std::string digest;  // of the last
};

struct ActBreak {
  std::int64_t number = 0;
  base::Time at;
};

struct ActFindings {
  std::int64_t acts = 0;
  std::vector<ActBreak> breaks;  // the first of them, no more than AuditBook::most_breaks_told
  bool whole() const { return breaks.empty(); }
};

}  // namespace gateway::ledger
