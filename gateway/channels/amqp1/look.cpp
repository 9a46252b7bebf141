#include "gateway/channels/amqp1/look.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <set>
#include <utility>

#include "gateway/channels/amqp1/blind_confirms.h"
#include "gateway/channels/amqp1/connection.h"
#include "gateway/channels/amqp1/links.h"
#include "gateway/channels/amqp1/made_addresses.h"
#include "gateway/channels/queues/words.h"

namespace gateway::channels::amqp1 {

namespace {

using std::chrono::steady_clock;

enum class Way { to, from };

Sighting missing(Sighting thing, const base::Fault& why) {
  thing.sight = Sight::missing;
  thing.zh = why.zh;
  thing.en = why.en;
  return thing;
}

// An address, and what has been seen of it.
struct Question {
  Way way = Way::to;
  std::string name;
  Sighting seen;
  bool is_answered = false;
  proton::session session{};
  proton::sender sender{};
  proton::receiver receiver{};
};

Question question(Way way, const std::string& name) {
  const std::string zh = way == Way::to ? "地址 " : "队列 ", en = way == Way::to ? "address " : "queue ";
  return {way, name, {Sight::there, zh + name, en + name, "存在，可以使用", "it is there and may be used"}};
}

std::vector<Question> questions_of(const config::Queues& names, const std::vector<std::string>& dxp_ids) {
  std::set<std::string> targets, sources;  // several DXPIDs may share them
  for (const std::string& dxp_id : dxp_ids) {
    targets.insert(config::named_for(names.address, dxp_id));
    sources.insert(config::named_for(names.queue, dxp_id));
  }
  std::vector<Question> all;
  for (const std::string& name : targets) all.push_back(question(Way::to, name));
  for (const std::string& name : sources) all.push_back(question(Way::from, name));
  return all;
}

// On the thread of run() alone.
class Looking final : public proton::messaging_handler {
 public:
  Looking(const config::Port& port, const std::vector<std::string>& dxp_ids)
      : port_(port),
        peer_{port.url, queues::login_name(port)},
        questions_(questions_of(port.queues, dxp_ids)),
        connection_(port, {.opened = [this](proton::connection& opened) { ask_all(opened); },
                           .turn = [this] { turn(); },
                           .ended = [this](const base::Fault& why) { note(why); }}) {}

  View seen() {
    connection_.run();
    const Sighting login{Sight::there, "登录 " + port_.url, "login at " + port_.url, "用户 " + peer_.user + " 可以登录",
                         "user " + peer_.user + " is let in"};
    if (!has_begun_) return {{missing(login, *trouble_)}, {}};
    View view{{login}, {}};
    for (const Question& one : questions_) {
      view.sightings.push_back(one.is_answered ? one.seen : missing(one.seen, *trouble_));
    }
    return view;
  }

 private:
  void note(const base::Fault& why) {
    if (!trouble_) trouble_ = why;
  }

  // RabbitMQ opens before it looks at the vhost: we are let in once a session has begun, so there is one at least.
  void ask_all(proton::connection& opened) {
    end_ = steady_clock::now() + port_.timeout;
    std::size_t links = 0;
    for (Question& one : questions_) {
      if (!is_settled_unasked(opened, one)) ask(opened, one, links++);
    }
    if (links == 0) session_for_link(opened, 0, *this);
  }

  bool is_settled_unasked(const proton::connection& opened, Question& one) const {
    if (one.way == Way::to && confirms_blindly(opened.properties(), one.name)) {
      one.seen = missing(one.seen, blind_address(peer_, one.name));
    } else if (may_make(opened.properties(), one.name)) {
      one.seen.sight = Sight::hidden;
      one.seen.zh = "该消息服务器在连接这种地址时会建立它，为不作改动而未询问";
      one.seen.en =
          "this broker makes such an address when a link to it opens; it is not asked, so that nothing changes";
    } else {
      return false;
    }
    one.is_answered = true;
    return true;
  }

  void ask(proton::connection& opened, Question& one, std::size_t links_before) {
    one.session = session_for_link(opened, links_before, *this);
    if (one.way == Way::to) {
      one.sender = one.session.open_sender(one.name, to_queue().handler(*this));
    } else {
      one.receiver = one.session.open_receiver(one.name, from_queue().handler(*this));
    }
  }

  void turn() {
    const bool is_done = has_begun_ && std::ranges::all_of(questions_, &Question::is_answered);
    if (steady_clock::now() > end_) {
      note(queues::unreachable(port_.url, "no answer within " + std::to_string(port_.timeout.count()) + " ms"));
      connection_.abort();
    } else if (is_done && !std::exchange(is_closing_, true)) {
      connection_.close();
    }
  }

  template <class Link>
  void take(Link& link, Link Question::*of, bool is_there) {
    has_begun_ = true;
    const auto one = std::ranges::find_if(questions_, [&](const Question& each) { return each.*of == link; });
    if (one == questions_.end() || one->is_answered || !is_there) return;
    one->is_answered = true;
    link.close();
    amqp1::close(one->session);
    turn();
  }

  void refuse(Question& one, const proton::error_condition& why) {
    if (std::exchange(one.is_answered, true)) return;
    one.seen = missing(one.seen, trouble_of(one, why));
    amqp1::close(one.session);
    turn();
  }

  base::Fault trouble_of(const Question& one, const proton::error_condition& why) const {
    if (!is_of_the_address(why)) return queues::unreachable(port_.url, detail(why));
    return one.way == Way::to ? no_address(peer_, one.name, detail(why))
                              : queues::no_queue(port_.url, one.name, detail(why));
  }

  void on_session_open(proton::session&) override {
    has_begun_ = true;
    turn();
  }
  void on_sender_open(proton::sender& sender) override { take(sender, &Question::sender, has_target(sender)); }
  void on_receiver_open(proton::receiver& receiver) override {
    take(receiver, &Question::receiver, has_source(receiver));
  }
  void on_sender_close(proton::sender& sender) override {
    for (Question& one : questions_) {
      if (one.sender == sender) refuse(one, sender.error());
    }
  }
  void on_receiver_close(proton::receiver& receiver) override {
    for (Question& one : questions_) {
      if (one.receiver == receiver) refuse(one, receiver.error());
    }
  }
  void on_sender_detach(proton::sender& sender) override { on_sender_close(sender); }
  void on_receiver_detach(proton::receiver& receiver) override { on_receiver_close(receiver); }
  void on_session_close(proton::session& session) override {
    for (Question& one : questions_) {
      if (one.session == session) refuse(one, session.error());
    }
  }
  void on_error(const proton::error_condition&) override {}  // the closing of the same tells it

  const config::Port& port_;
  const Peer peer_;
  std::vector<Question> questions_;
  steady_clock::time_point end_;
  bool has_begun_ = false, is_closing_ = false;
  std::optional<base::Fault> trouble_;
  Connection connection_;  // goes first: its end calls what is above
};

}  // namespace

View look_at(const config::Port& port, const std::vector<std::string>& dxp_ids) {
  return Looking(port, dxp_ids).seen();
}

}  // namespace gateway::channels::amqp1
