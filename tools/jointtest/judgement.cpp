#include "tools/jointtest/judgement.h"

#include <algorithm>
#include <cstddef>

#include "tools/jointtest/words.h"

namespace tools::jointtest {
namespace {

bool fits(const ExpectedStatus& expected, const SeenReceipt& receipt) {
  return expected.status == receipt.status &&
         (expected.text.empty() || receipt.info.find(expected.text) != std::string::npos);
}

enum class Wanted { all_there, possible };

// Whether the receipts from `r` on begin with what is expected from `e` on; possible: whether they may come to.
bool begin_with(const std::vector<ExpectedStatus>& expected, std::size_t e, const std::vector<SeenReceipt>& receipts,
                std::size_t r, Wanted wanted) {
  if (e == expected.size()) return true;
  if (expected[e].status.empty()) {
    return begin_with(expected, e + 1, receipts, r, wanted) ||
           (r < receipts.size() && begin_with(expected, e, receipts, r + 1, wanted));
  }
  if (r == receipts.size()) return wanted == Wanted::possible;
  return fits(expected[e], receipts[r]) && begin_with(expected, e + 1, receipts, r + 1, wanted);
}

std::string listed(const std::vector<ExpectedStatus>& expected) {
  std::string list;
  for (const ExpectedStatus& one : expected) {
    list += (list.empty() ? "" : ", ") + (one.status.empty() ? std::string("…") : one.status);
    if (!one.text.empty()) list += " “" + one.text + "”";
  }
  return list;
}

std::string listed(const std::vector<SeenReceipt>& receipts) {
  std::string list;
  for (const SeenReceipt& one : receipts) {
    list += (list.empty() ? "" : ", ") + one.status + (one.info.empty() ? "" : " “" + one.info + "”");
  }
  return list;
}

std::string listed(const std::vector<std::string>& names) {
  std::string list;
  for (const std::string& one : names) list += (list.empty() ? "" : ", ") + one;
  return list;
}

void add(std::string& text, const std::string& part) {
  if (!part.empty()) text += (text.empty() ? "" : "/") + part;
}

std::string zh_of(const Picture& picture) {
  std::string text;
  add(text, picture.state.empty() ? "" : Words::all().zh("state", picture.state));
  add(text, picture.outcome.empty() ? "" : Words::all().zh("outcome", picture.outcome));
  add(text, picture.stage);
  return text;
}

std::string en_of(const Picture& picture) {
  std::string text;
  add(text, picture.state);
  add(text, picture.outcome);
  add(text, picture.stage);
  return text;
}

Picture shown(const ExpectedPicture& expected) { return {expected.state, expected.outcome, expected.stage}; }

bool agrees(const ExpectedPicture& expected, const Picture& found) {
  return (expected.state.empty() || expected.state == found.state) &&
         (expected.outcome.empty() || expected.outcome == found.outcome) &&
         (expected.stage.empty() || expected.stage == found.stage);
}

Judgement told(Standing standing, const std::string& expected_zh, const std::string& found_zh,
               const std::string& expected_en, const std::string& found_en) {
  return {standing, "应为 " + expected_zh + "，实为 " + (found_zh.empty() ? "（无）" : found_zh) + "。",
          "Expected " + expected_en + ", found " + (found_en.empty() ? "nothing" : found_en) + "."};
}

// From there a document goes on only if customs or a person takes it up again.
bool is_at_an_end(const std::string& state) {
  return state == "settled" || state == "refused" || state == "held" || state == "withdrawn";
}

}  // namespace

Judgement judge_answers(const std::vector<ExpectedStatus>& expected, const Seen& seen) {
  Standing standing = Standing::against;
  if (begin_with(expected, 0, seen.receipts, 0, Wanted::possible)) standing = Standing::not_yet;
  if (begin_with(expected, 0, seen.receipts, 0, Wanted::all_there)) standing = Standing::holds;
  const std::string wanted = listed(expected), found = listed(seen.receipts);
  Judgement judgement = told(standing, wanted, found, wanted, found);
  if (found.empty() && !seen.reason.empty()) {
    judgement.zh += "网关的说明：" + seen.reason;
    judgement.en += " The gateway says: " + seen.reason;
  }
  return judgement;
}

Judgement judge_notices(const std::vector<std::string>& expected, const Seen& seen) {
  const bool all = std::ranges::all_of(
      expected, [&](const std::string& type) { return std::ranges::find(seen.notices, type) != seen.notices.end(); });
  const std::string wanted = listed(expected), found = listed(seen.notices);
  return told(all ? Standing::holds : Standing::not_yet, wanted, found, wanted, found);
}

Judgement judge_ledger(const ExpectedPicture& expected, const Seen& seen) {
  const Picture found{seen.state, seen.outcome, seen.stage};
  Standing standing = is_at_an_end(seen.state) ? Standing::against : Standing::not_yet;
  if (agrees(expected, found)) standing = Standing::holds;
  Judgement judgement = told(standing, zh_of(shown(expected)), zh_of(found), en_of(shown(expected)), en_of(found));
  if (!seen.reason.empty()) {
    judgement.zh += "网关的说明：" + seen.reason;
    judgement.en += " The gateway says: " + seen.reason;
  }
  return judgement;
}

Judgement judge_told(const ExpectedPicture& expected, const std::vector<Picture>& heard) {
  std::string zh, en;
  for (const Picture& one : heard) {
    zh += (zh.empty() ? "" : ", ") + zh_of(one);
    en += (en.empty() ? "" : ", ") + en_of(one);
  }
  const bool is_heard = std::ranges::any_of(heard, [&](const Picture& one) { return agrees(expected, one); });
  return told(is_heard ? Standing::holds : Standing::not_yet, zh_of(shown(expected)), zh, en_of(shown(expected)), en);
}

}  // namespace tools::jointtest
