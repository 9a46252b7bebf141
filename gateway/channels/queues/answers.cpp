#include "gateway/channels/queues/answers.h"

#include <utility>

namespace gateway::channels::queues {

namespace {

Outcome outcome_of(Fate fate) {
  switch (fate) {
    case Fate::confirmed:
      return Outcome::confirmed;
    case Fate::refused:
      return Outcome::refused;
    case Fate::lost:
      return Outcome::unknown;
    case Fate::never_left:
      break;
  }
  return Outcome::unreachable;
}

}  // namespace

Answer answer_of(Verdict verdict) { return {outcome_of(verdict.fate), std::move(verdict.words)}; }

Health health_of(const LineState& sending, const LineState& receiving) {
  const std::string words = "发送/sending: " + sending.words + "; 接收/receiving: " + receiving.words;
  const auto is = [&](Standing standing) { return sending.standing == standing || receiving.standing == standing; };
  return {is(Standing::up) && !is(Standing::down), words};
}

base::Result<std::vector<Received>> received_of(Bodies bodies, base::Time marked_at) {
  if (!bodies) return bodies.faults();
  std::vector<Received> received;
  for (std::string& body : *bodies) received.push_back({std::move(body), marked_at});
  return received;
}

}  // namespace gateway::channels::queues
