#include "gateway/lifecycle/siblings.h"

#include <algorithm>

namespace gateway::lifecycle {

namespace {

struct Words {
  std::string zh, en;
};

Words words_of(SiblingStanding standing) {
  switch (standing) {
    case SiblingStanding::absent:
      return {"尚未提交或报告", "neither posted nor reported"};
    case SiblingStanding::under_way:
      return {"海关尚未受理", "not yet taken by customs"};
    case SiblingStanding::refused:
      return {"已被退单", "refused"};
    case SiblingStanding::taken:
      break;
  }
  return {"海关已受理", "taken by customs"};
}

Words what_is_missing(std::span<const AwaitedSibling> siblings) {
  Words missing;
  for (const AwaitedSibling& one : siblings) {
    if (one.standing == SiblingStanding::taken) continue;
    const Words words = words_of(one.standing);
    missing.zh += (missing.zh.empty() ? "" : "；") + one.zh + " " + one.name + "（" + words.zh + "）";
    missing.en += (missing.en.empty() ? "" : "; ") + one.en + " " + one.name + " (" + words.en + ")";
  }
  return missing;
}

}  // namespace

SiblingStep after_look(const Picture& before, std::span<const AwaitedSibling> siblings, const WaitingSince& since,
                       base::Time now) {
  SiblingStep step{SiblingStep::Act::go, before, std::nullopt};
  const Words missing = what_is_missing(siblings);
  step.to.reason.clear();
  if (missing.zh.empty()) return step;
  if (now >= since.deadline) {
    step.act = SiblingStep::Act::hold;
    step.to.state = next(before.state, Event::unaccompanied).value_or(before.state);
    step.to.reason = "等待关联单证超时：" + missing.zh + " | its siblings did not come in time: " + missing.en;
    return step;
  }
  step.act = SiblingStep::Act::wait;
  step.to.reason = "等待关联单证：" + missing.zh + " | waits for its siblings: " + missing.en;
  const auto waited = std::chrono::duration_cast<base::Time::duration>(now - since.created_at);
  const auto pause = std::clamp<base::Time::duration>(waited, shortest_between_looks, longest_between_looks);
  step.next_look = std::min(since.deadline, now + pause);
  return step;
}

}  // namespace gateway::lifecycle
