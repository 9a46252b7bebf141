// Whether what the gateway shows of a document is what a step expects, and the words for people where it is not. Pure.
#pragma once

#include <string>
#include <vector>

#include "tools/jointtest/scenario.h"

namespace tools::jointtest {

struct SeenReceipt {
  std::string status, info, return_time;
};

// A document's newest version as the ledger shows it.
struct Seen {
  int version = 1;
  std::string state, stage, outcome, reason;
  std::vector<SeenReceipt> receipts;  // by returnTime, the same one once
  std::vector<std::string> notices;   // types
};

// One entry of the feed, or what the ledger shows.
struct Picture {
  std::string state, outcome, stage;
};

// against: it is something else already, and nothing that comes later is likely to change that.
enum class Standing { holds, not_yet, against };

struct Judgement {
  Standing standing = Standing::not_yet;
  std::string zh, en;  // what was expected and what was found
};

Judgement judge_answers(const std::vector<ExpectedStatus>& expected, const Seen& seen);
Judgement judge_notices(const std::vector<std::string>& expected, const Seen& seen);
Judgement judge_ledger(const ExpectedPicture& expected, const Seen& seen);
Judgement judge_told(const ExpectedPicture& expected, const std::vector<Picture>& heard);

}  // namespace tools::jointtest
