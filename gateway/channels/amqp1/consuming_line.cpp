#include "gateway/channels/amqp1/consuming_line.h"

#include <algorithm>
#include <proton/types.hpp>
#include <utility>
#include <vector>

#include "gateway/channels/amqp1/body.h"
#include "gateway/channels/amqp1/links.h"
#include "gateway/channels/queues/words.h"

namespace gateway::channels::amqp1 {

using queues::Acknowledgement;
using queues::line;
using queues::Number;
using queues::Room;
using queues::Standing;
using queues::Tag;

ConsumingLine::ConsumingLine(const config::Port& port, const queues::ConsumerLimits& limits)
    : port_{port}, book_{limits}, thread_{port} {
  thread_.start({.is_wanted = [this] { return !book_.wanted().empty(); },
                 .connected = {.opened =
                                   [this](proton::connection& connection) {
                                     connection_ = connection;
                                     state_.say(queues::connected());
                                   },
                               .turn = [this] { turn(); },
                               .ended = [this](const base::Fault& why) { ended(why); }}});
}

std::optional<queues::Bodies> ConsumingLine::take(const std::string& address,
                                                  const std::shared_ptr<queues::Arrival>& arrival) {
  auto there = book_.take(address, arrival);
  if (!there) thread_.wake();
  return there;
}

queues::Bodies ConsumingLine::take_at_last(const std::string& address) {
  return book_.take_at_last(address, queues::unreachable(port_.url, state_.now().words));
}

void ConsumingLine::acknowledge(const std::string& address) {
  book_.acknowledge(address);
  thread_.wake();
}

void ConsumingLine::turn() {
  say_acknowledgements();
  for (const Number queue : book_.leave_unasked()) leave(queue);
  open_wanted();
  book_.tell_waiting();
}

void ConsumingLine::open_wanted() {
  for (const auto& [queue, address] : book_.wanted()) {
    if (sources_.contains(queue)) continue;
    Source source;
    source.session = session_for_link(connection_, sources_.size(), *this);
    source.receiver = source.session.open_receiver(address, from_queue().handler(*this));
    sources_.emplace(queue, std::move(source));
  }
}

void ConsumingLine::on_receiver_open(proton::receiver& receiver) {
  const auto found = source_of(receiver);
  if (found == sources_.end() || !has_source(receiver)) return;
  book_.opened(found->first);
  state_.say(queues::connected());
  receiver.add_credit(static_cast<std::uint32_t>(book_.most_ahead()));
}

void ConsumingLine::on_message(proton::delivery& delivery, proton::message& message) {
  const auto found = source_of(delivery.receiver());
  if (found == sources_.end()) return;
  auto& [queue, source] = *found;
  const Tag tag = ++source.last;
  source.held.emplace(tag, delivery);
  std::string body = body_of(message);
  switch (book_.room_for(queue, body.size())) {
    case Room::now:
      book_.keep(queue, tag, std::move(body));
      break;
    case Room::later:
      book_.put_off(queue, tag);
      break;
    case Room::never:
      book_.leave_out(queue, tag, queues::too_large(port_.url, book_.name_of(queue), body.size(), limits().most_bytes));
  }
  book_.tell_waiting();
}

void ConsumingLine::say_acknowledgements() {
  for (const auto& [queue, some] : book_.unsaid()) {
    const auto found = sources_.find(queue);
    if (found != sources_.end()) acknowledge(found->second, some);
  }
}

// Each gives the peer room for one more.
void ConsumingLine::acknowledge(Source& source, const Acknowledgement& all) {
  std::vector<Tag> accepted = all.alone;
  for (const auto& one : source.held) {
    if (one.first <= all.all_up_to) accepted.push_back(one.first);
  }
  for (const Tag tag : accepted) source.held.extract(tag).mapped().accept();
  for (const Tag tag : all.back) source.held.extract(tag).mapped().release();
  source.receiver.add_credit(static_cast<std::uint32_t>(accepted.size() + all.back.size()));
}

ConsumingLine::Sources::iterator ConsumingLine::source_of(const proton::receiver& receiver) {
  return std::ranges::find_if(sources_, [&](const auto& one) { return one.second.receiver == receiver; });
}

// With the session RabbitMQ gives back what was not accepted, with the link others do.
void ConsumingLine::leave(Number queue) {
  auto left = sources_.extract(queue);
  if (left.empty()) return;
  left.mapped().receiver.close();
  close(left.mapped().session);
}

void ConsumingLine::on_receiver_close(proton::receiver& receiver) {
  const auto found = source_of(receiver);
  if (found != sources_.end()) end_source(found->first, receiver.error());
}

void ConsumingLine::on_session_close(proton::session& session) {
  std::vector<Number> ended;
  for (const auto& [queue, source] : sources_) {
    if (source.session == session) ended.push_back(queue);
  }
  for (const Number queue : ended) end_source(queue, session.error());
}

void ConsumingLine::end_source(Number queue, const proton::error_condition& why) {
  const auto source = sources_.extract(queue);
  const auto trouble = is_of_the_address(why) ? queues::no_queue(port_.url, book_.name_of(queue), detail(why))
                                              : queues::unreachable(port_.url, detail(why));
  state_.say({Standing::down, line(trouble)});
  book_.close(queue, trouble);
  book_.tell_waiting();
  close(source.mapped().session);
}

void ConsumingLine::ended(const base::Fault& why) {
  sources_.clear();
  connection_ = {};
  state_.say({Standing::down, line(why)});
  book_.close_open(why);
  for (const auto& one : book_.wanted()) book_.close(one.first, why);
  book_.tell_waiting();
}

}  // namespace gateway::channels::amqp1
