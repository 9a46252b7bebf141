#include "gateway/channels/amqp1/publishing_line.h"

#include <algorithm>
#include <proton/codec/map.hpp>
#include <proton/message.hpp>
#include <proton/types.hpp>
#include <utility>

#include "gateway/channels/amqp1/blind_confirms.h"
#include "gateway/channels/amqp1/links.h"
#include "gateway/channels/amqp1/raw.h"
#include "gateway/channels/queues/words.h"

namespace gateway::channels::amqp1 {

using queues::line;
using queues::Standing;

namespace {

constexpr std::size_t most_waiting = 1024;

proton::message message_of(const Publication& publication) {
  proton::message message;
  message.body(proton::binary(publication.body));
  message.inferred(true);  // a data section, not a value (AMQP 1.0 part 3 §3.2.6)
  message.durable(true);
  message.id(publication.message_id);
  message.subject(publication.type);
  message.content_type("application/xml");
  message.properties().put("sender", publication.sender);
  message.properties().put("type", publication.type);
  message.properties().put("app_id", "cebgate");
  return message;
}

queues::LineState no_credit(const std::string& address) {
  return {Standing::down,
          "消息服务器暂停接收 " + address + " 的消息 | the broker takes nothing for " + address + " now"};
}

}  // namespace

PublishingLine::PublishingLine(const config::Port& port) : port_(port), peer_{port.url, port.user}, thread_(port) {
  thread_.start({.is_wanted = [this] { return has_calls(); },
                 .connected = {.opened =
                                   [this](proton::connection& connection) {
                                     connection_ = connection;
                                     state_.say(queues::connected());
                                   },
                               .turn = [this] { turn(); },
                               .ended = [this](const base::Fault& why) { ended(why); }}});
}

void PublishingLine::take(const std::shared_ptr<PublishCall>& call) {
  std::unique_lock lock(mutex_);
  const bool has_room = inbox_.size() < most_waiting, is_first = inbox_.empty();
  if (has_room) inbox_.push_back(call);
  lock.unlock();
  if (!has_room) return call->answer->give(queues::too_many_waiting());
  if (is_first) thread_.wake();
}

bool PublishingLine::has_calls() const {
  const std::lock_guard lock(mutex_);
  return !inbox_.empty();
}

PublishingLine::Calls PublishingLine::taken() {
  const std::lock_guard lock(mutex_);
  return std::exchange(inbox_, {});
}

void PublishingLine::turn() {
  for (const auto& call : taken()) publish(call);
  for (auto& [address, target] : targets_) pass_over_withdrawn(address, target);
}

void PublishingLine::publish(const std::shared_ptr<PublishCall>& call) {
  Target* target = target_for(call->publication.address);
  if (target == nullptr) return call->answer->give({queues::Fate::never_left, state().words});
  if (under_way_.size() + target->waiting.size() >= most_waiting) return call->answer->give(queues::too_many_waiting());
  target->waiting.push_back(call);
  flush(*target);
}

PublishingLine::Target* PublishingLine::target_for(const std::string& address) {
  const auto found = targets_.find(address);
  if (found != targets_.end()) return &found->second;
  if (confirms_blindly(connection_.properties(), address)) {
    state_.say({Standing::down, line(blind_address(peer_, address))});
    return nullptr;
  }
  Target target;
  target.session = session_for_link(connection_, targets_.size(), *this);
  target.sender = target.session.open_sender(address, to_queue().handler(*this));
  return &targets_.emplace(address, std::move(target)).first->second;
}

void PublishingLine::flush(Target& target) {
  while (!target.waiting.empty() && target.sender.credit() > 0) {
    const auto call = std::move(target.waiting.front());
    target.waiting.pop_front();
    if (call->leave()) send(target, call);
  }
}

void PublishingLine::send(Target& target, const std::shared_ptr<PublishCall>& call) {
  const proton::tracker tracker = target.sender.send(message_of(call->publication));
  under_way_.emplace(raw(tracker), UnderWay{call->publication.address, call});
}

// Those whose time was over before the peer gave credit for them.
void PublishingLine::pass_over_withdrawn(const std::string& address, Target& target) {
  const std::size_t waited = target.waiting.size();
  std::erase_if(target.waiting, [](const auto& call) { return call->is_withdrawn(); });
  if (target.waiting.size() != waited) state_.say(no_credit(address));
}

std::string PublishingLine::address_of(const proton::sender& sender) const {
  const auto found = std::ranges::find_if(targets_, [&](const auto& one) { return one.second.sender == sender; });
  return found == targets_.end() ? std::string() : found->first;
}

void PublishingLine::on_sendable(proton::sender& sender) {
  const auto found = targets_.find(address_of(sender));
  if (found != targets_.end()) flush(found->second);
}

// Once for each: where the peer settles as it tells the outcome, both are told.
void PublishingLine::decide(proton::tracker& tracker) {
  auto found = under_way_.extract(raw(tracker));
  if (found.empty()) return;
  const auto verdict = verdict_of(tracker);
  if (!tracker.settled()) tracker.settle();
  found.mapped().call->answer->give(verdict);
  if (verdict.fate == queues::Fate::confirmed && state().standing != Standing::up) state_.say(queues::connected());
}

void PublishingLine::on_sender_close(proton::sender& sender) {
  const std::string address = address_of(sender);
  if (!address.empty()) end_target(address, sender.error());
}

void PublishingLine::on_session_close(proton::session& session) {
  std::vector<std::string> ended;
  for (const auto& [address, target] : targets_) {
    if (target.session == session) ended.push_back(address);
  }
  for (const std::string& address : ended) end_target(address, session.error());
}

void PublishingLine::end_target(const std::string& address, const proton::error_condition& why) {
  Target target = std::move(targets_.extract(address).mapped());
  const auto trouble =
      is_of_the_address(why) ? no_address(peer_, address, detail(why)) : queues::unreachable(port_.url, detail(why));
  state_.say({Standing::down, line(trouble)});
  for (const auto& call : target.waiting) call->answer->give(queues::never_left(trouble));
  const auto is_its = [&](const auto& one) { return one.second.address == address; };
  const auto company = std::ranges::count_if(under_way_, is_its) == 1 ? Company::alone : Company::several;
  for (const auto& one : under_way_) {
    if (is_its(one)) one.second.call->answer->give(verdict_of_ended(why, company));
  }
  std::erase_if(under_way_, is_its);
  close(target.session);
}

void PublishingLine::ended(const base::Fault& why) {
  state_.say({Standing::down, line(why)});
  for (const auto& one : under_way_) one.second.call->answer->give(queues::lost(line(why)));
  under_way_.clear();
  for (const auto& one : targets_) {
    for (const auto& call : one.second.waiting) call->answer->give(queues::never_left(why));
  }
  targets_.clear();
  connection_ = {};
  for (const auto& call : taken()) call->answer->give(queues::never_left(why));
}

}  // namespace gateway::channels::amqp1
