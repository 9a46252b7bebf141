#include "gateway/sales/waiting.h"

#include <utility>

#include "base/log.h"
#include "codecs/ceb/identity.h"
#include "gateway/lifecycle/siblings.h"

namespace gateway::sales {

using lifecycle::SiblingStep;

namespace {

constexpr std::chrono::seconds between_looks{1}, rest_after_trouble{2};

std::string name_of(const schemas::SiblingRule& rule, const codecs::ceb::OfSale& subject) {
  std::string name;
  for (const std::string& field : rule.fields) {
    name += (name.empty() ? "" : "/") + codecs::ceb::head_field(*subject.type, subject.body, field);
  }
  return name;
}

std::vector<lifecycle::AwaitedSibling> awaited(const schemas::Catalog& catalog, const KnownSale& known) {
  std::vector<lifecycle::AwaitedSibling> siblings;
  const codecs::ceb::OfSale& subject = known.sale.subject();
  for (const schemas::SiblingRule* rule : catalog.siblings().of(subject.type->name)) {
    const schemas::MessageType* type = catalog.find(rule->sibling);
    if (rule->awaited == schemas::Awaited::no || type == nullptr) continue;
    siblings.push_back({type->title_zh, type->title_en, name_of(*rule, subject), known.standing_of(*rule)});
  }
  return siblings;
}

void log_held(const ledger::WaitingDocument& document) {
  base::log(base::LogLevel::warning, "sales",
            document.type + " " + document.ref.id + ": its siblings did not come in time");
}

}  // namespace

Waiting::Waiting(boost::asio::any_io_executor executor, Parts parts)
    : parts_(std::move(parts)),
      sales_(parts_.catalog, parts_.ledger),
      loop_(executor, {"sales", "waiting: ", rest_after_trouble}) {}

void Waiting::start() {
  loop_.start([self = shared_from_this()] { return self->round(); });
}

boost::asio::awaitable<std::chrono::milliseconds> Waiting::round() {
  Looked looked;
  do {
    looked = co_await parts_.store.run([this] { return look(); });
    if (looked.let_go > 0 && parts_.on_let_go) parts_.on_let_go();
  } while (looked.all == most_at_once && looked.written > 0 && !loop_.is_stopping());
  co_return between_looks;
}

Waiting::Looked Waiting::look() const {
  const base::Time now = parts_.clock.now();
  Looked looked;
  for (const ledger::WaitingDocument& one : parts_.ledger.waiting_for_siblings(now, most_at_once)) {
    ++looked.all;
    look_at(one, now, looked);
  }
  return looked;
}

// What has changed since it was read is looked at again in the next round. The revision is read before the siblings, so
// that none of them can be taken unseen in between.
void Waiting::look_at(const ledger::WaitingDocument& document, base::Time now, Looked& looked) const {
  const schemas::MessageType* type = parts_.catalog.find(document.type);
  std::vector<lifecycle::AwaitedSibling> siblings;
  if (type != nullptr) {
    const Scope scope{document.enterprise, nullptr, nullptr, Scope::Refused::kept};
    siblings = awaited(parts_.catalog, sales_.sale_of({type, document.key, body_of(*type, document.body)}, scope));
  }
  ledger::Picture before;
  before.reason = document.reason;
  const auto step = lifecycle::after_look(before, siblings, {document.created_at, document.waits_until}, now);
  ledger::Move move{document.ref, document.revision, before.state, step.to, step.next_look, "siblings"};
  bool is_written = false;
  switch (step.act) {
    case SiblingStep::Act::go:
      is_written = parts_.ledger.let_go(move, now);
      if (is_written) ++looked.let_go;
      break;
    case SiblingStep::Act::wait:
      is_written = parts_.ledger.wait_on(move, now);
      break;
    case SiblingStep::Act::hold:
      is_written = parts_.ledger.move(move, now);
      if (is_written) log_held(document);
      break;
  }
  if (is_written) ++looked.written;
}

}  // namespace gateway::sales
