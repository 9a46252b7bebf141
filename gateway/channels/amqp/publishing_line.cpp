#include "gateway/channels/amqp/publishing_line.h"

#include <algorithm>
#include <array>
#include <utility>

#include "gateway/channels/amqp/table.h"
#include "gateway/channels/queues/words.h"

namespace gateway::channels::amqp {

using queues::Fate;
using queues::line;
using queues::lost;
using queues::never_left;
using queues::Standing;
using queues::Verdict;

namespace {

constexpr amqp_channel_t publishing = 1, questions = 2;  // a question that fails closes its channel
constexpr std::size_t most_waiting = 1024;
constexpr std::size_t most_unheard = 16;  // messages in a row before the broker is listened to
constexpr std::chrono::milliseconds longest_publishing_rest{1000};  // heartbeats are seen to that often
constexpr std::uint8_t persistent = 2;

Verdict verdict_of(const Settled& settled, const Publication& publication) {
  switch (settled.settlement) {
    case Settlement::confirmed:
      return {Fate::confirmed, "ack"};
    case Settlement::returned: {
      const std::string &exchange = publication.exchange, &key = publication.routing_key;
      return {Fate::refused, "交换机 " + exchange + " 没有为路由键 " + key + " 绑定队列（" + settled.words +
                                 "） | exchange " + exchange + " has no queue for routing key " + key + " (" +
                                 settled.words + ")"};
    }
    case Settlement::not_taken:
      break;
  }
  return {Fate::lost,
          "消息服务器没有接下（nack），队列可能已满 | the broker did not take it (nack); its queue may be full"};
}

int send(amqp_connection_state_t state, const Publication& publication) {
  const std::string content_type = "application/xml", app = "cebgate";
  std::array<amqp_table_entry_t, 1> headers{text_entry("sender", publication.sender)};
  amqp_basic_properties_t properties{};
  properties._flags = AMQP_BASIC_DELIVERY_MODE_FLAG | AMQP_BASIC_MESSAGE_ID_FLAG | AMQP_BASIC_TYPE_FLAG |
                      AMQP_BASIC_CONTENT_TYPE_FLAG | AMQP_BASIC_APP_ID_FLAG | AMQP_BASIC_HEADERS_FLAG;
  properties.delivery_mode = persistent;
  properties.message_id = bytes(publication.message_id);
  properties.type = bytes(publication.type);
  properties.content_type = bytes(content_type);
  properties.app_id = bytes(app);
  properties.headers = {static_cast<int>(headers.size()), headers.data()};
  constexpr amqp_boolean_t mandatory = 1, immediate = 0;
  return amqp_basic_publish(state, publishing, bytes(publication.exchange), bytes(publication.routing_key), mandatory,
                            immediate, &properties, bytes(publication.body));
}

}  // namespace

PublishingLine::PublishingLine(const config::Port& port) : port_(port) {
  thread_.start([this] { turn(); }, [this] { lose_all(lost("the gateway stops")); });
}

void PublishingLine::take(const std::shared_ptr<PublishCall>& call) {
  std::unique_lock lock(mutex_);
  const bool has_room = inbox_.size() < most_waiting, is_first = inbox_.empty();
  if (has_room) inbox_.push_back(call);
  lock.unlock();
  if (!has_room) return call->answer->give(queues::too_many_waiting());
  if (is_first) thread_.waker().wake();
}

void PublishingLine::say_that_it_takes() {
  if (state_.now().standing != Standing::up && blocked_.empty()) state_.say(queues::connected());
}

void PublishingLine::turn() {
  thread_.waker().wait(connection_ ? connection_->socket() : -1, rest());
  hear_all();
  publish_waiting();
}

// What waits while the broker is left alone is tried as soon as that is over.
std::chrono::milliseconds PublishingLine::rest() const {
  const auto now = std::chrono::steady_clock::now();
  const std::lock_guard lock(mutex_);
  return connection_ || inbox_.empty() ? longest_publishing_rest : std::min(longest_publishing_rest, pause_.left(now));
}

void PublishingLine::publish_waiting() {
  if (!connection_ && !pause_.is_over(std::chrono::steady_clock::now())) return;
  Calls calls;
  {
    const std::lock_guard lock(mutex_);
    calls.swap(inbox_);
  }
  std::size_t unheard = 0;
  for (const auto& call : calls) {
    if (thread_.is_stopping()) return;
    publish(call);
    if (++unheard % most_unheard == 0) hear_all();
  }
  hear_all();
}

void PublishingLine::publish(const std::shared_ptr<PublishCall>& call) {
  const Publication& publication = call->publication;
  if (under_way_.size() >= most_waiting) return call->answer->give(queues::too_many_waiting());
  if (!is_ready()) return call->answer->give({Fate::never_left, state().words});
  if (const auto trouble = look_for(publication.exchange)) return call->answer->give(never_left(*trouble));
  if (!call->leave()) return;
  under_way_.emplace(window_.publish(publication.message_id), call);
  const int status = send(connection_->state(), publication);
  if (status != AMQP_STATUS_OK) connection_->fail(status);
}

bool PublishingLine::is_ready() {
  if (connection_ && connection_->is_over()) end_connection();
  const auto now = std::chrono::steady_clock::now();
  if (!connection_ && pause_.is_over(now)) {
    const auto trouble = open();
    if (trouble) {
      connection_.reset();
      pause_.failed(std::chrono::steady_clock::now());
      state_.say({Standing::down, line(*trouble)});
    } else {
      pause_.succeeded();
      state_.say(queues::connected());
    }
  }
  return connection_ && blocked_.empty();
}

std::optional<base::Fault> PublishingLine::open() {
  auto opened = Connection::open(port_, thread_.cutter());
  if (!opened) return opened.faults().front();
  connection_ = std::move(opened).value();
  for (const amqp_channel_t channel : {publishing, questions}) {
    if (const auto words = connection_->open_channel(channel)) return queues::unreachable(port_.url, *words);
  }
  amqp_confirm_select(connection_->state(), publishing);
  if (const auto words = connection_->last_call(publishing)) return queues::unreachable(port_.url, *words);
  return std::nullopt;
}

// Publishing to an exchange that is not there would close the channel under all that is on its way.
std::optional<base::Fault> PublishingLine::look_for(const std::string& exchange) {
  if (exchange.empty() || exchanges_.contains(exchange)) return std::nullopt;
  constexpr amqp_boolean_t passive = 1, durable = 0, auto_delete = 0, internal = 0;
  amqp_exchange_declare(connection_->state(), questions, bytes(exchange), amqp_cstring_bytes("direct"), passive,
                        durable, auto_delete, internal, amqp_empty_table);
  const auto words = connection_->last_call(questions);
  if (!words) {
    exchanges_.insert(exchange);
    return std::nullopt;
  }
  if (!connection_->is_over()) connection_->open_channel(questions);
  const auto trouble =
      connection_->is_over() ? connection_->trouble() : no_exchange(connection_->peer(), exchange, *words);
  state_.say({Standing::down, line(trouble)});
  return trouble;
}

void PublishingLine::hear_all() {
  if (!connection_) return;
  amqp_frame_t frame;
  while (connection_->hear(frame) == Heard::frame) hear(frame);
  if (connection_->is_over()) end_connection();
}

void PublishingLine::hear(const amqp_frame_t& frame) {
  switch (frame.frame_type) {
    case AMQP_FRAME_METHOD:
      return hear_method(frame.channel, frame.payload.method);
    case AMQP_FRAME_HEADER:
      return hear_header(frame);
    case AMQP_FRAME_BODY:
      return returned_.add(text(frame.payload.body_fragment));
    default:
      return;
  }
}

void PublishingLine::hear_method(amqp_channel_t channel, const amqp_method_t& method) {
  switch (method.id) {
    case AMQP_BASIC_ACK_METHOD: {
      const auto* ack = static_cast<const amqp_basic_ack_t*>(method.decoded);
      return settle(ack->delivery_tag, ack->multiple != 0 ? Reach::all_up_to_it : Reach::this_one, Word::ack);
    }
    case AMQP_BASIC_NACK_METHOD: {
      const auto* nack = static_cast<const amqp_basic_nack_t*>(method.decoded);
      return settle(nack->delivery_tag, nack->multiple != 0 ? Reach::all_up_to_it : Reach::this_one, Word::nack);
    }
    case AMQP_BASIC_RETURN_METHOD: {
      const auto* back = static_cast<const amqp_basic_return_t*>(method.decoded);
      returned_words_ = std::to_string(back->reply_code) + " " + text(back->reply_text);
      return returned_.begin(0);
    }
    case AMQP_CONNECTION_BLOCKED_METHOD:
      blocked_ = text(static_cast<const amqp_connection_blocked_t*>(method.decoded)->reason);
      return state_.say(
          {Standing::down, "消息服务器暂停接收：" + blocked_ + " | the broker takes nothing for now: " + blocked_});
    case AMQP_CONNECTION_UNBLOCKED_METHOD:
      blocked_.clear();
      return state_.say(queues::connected());
    case AMQP_CHANNEL_CLOSE_METHOD:
      connection_->accept_close(channel);
      return channel_closed(*static_cast<const amqp_channel_close_t*>(method.decoded));
    default:
      return;
  }
}

void PublishingLine::hear_header(const amqp_frame_t& frame) {
  returned_.announce(frame.payload.properties.body_size, Keeping::nothing);
  const auto* properties = static_cast<const amqp_basic_properties_t*>(frame.payload.properties.decoded);
  window_.returned(text(properties->message_id), returned_words_);
}

// The broker refuses one publication and drops all that followed it on this channel: which one, and what went before
// it, it does not say. Alone under way, it is known.
void PublishingLine::channel_closed(const amqp_channel_close_t& close) {
  const std::string words = std::to_string(close.reply_code) + " " + text(close.reply_text);
  if (under_way_.size() == 1) {
    const Publication& it = under_way_.begin()->second->publication;
    const auto refused = no_exchange(connection_->peer(), it.exchange, words);
    connection_->end(refused);
    return lose_all(never_left(refused));
  }
  connection_->end(queues::unreachable(port_.url, words));
}

void PublishingLine::settle(std::uint64_t number, Reach reach, Word word) {
  for (const Settled& settled : window_.settle(number, reach, word)) {
    const auto call = under_way_.extract(settled.number);
    if (!call.empty()) call.mapped()->answer->give(verdict_of(settled, call.mapped()->publication));
  }
  if (word == Word::ack) say_that_it_takes();
}

void PublishingLine::lose_all(const Verdict& verdict) {
  for (const std::uint64_t number : window_.lose()) {
    const auto call = under_way_.extract(number);
    if (!call.empty()) call.mapped()->answer->give(verdict);
  }
}

void PublishingLine::end_connection() {
  const std::string words = line(connection_->trouble());
  lose_all(lost(words));
  state_.say({Standing::down, words});
  connection_.reset();
  exchanges_.clear();
  blocked_.clear();
  pause_.failed(std::chrono::steady_clock::now());
}

}  // namespace gateway::channels::amqp
