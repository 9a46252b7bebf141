// A broker's other side for the suite of channels: one exchange and the queues of two enterprises, reached through a
// front that does harm.
#pragma once

#include "tests/contracts/channel_suite.h"
#include "tests/support/amqp_front.h"
#include "tests/support/bare_amqp.h"
#include "tests/support/eventually.h"
#include "tests/support/paths.h"
#include "tests/support/rabbit_server.h"

namespace tests {

class BrokerFarEnd final : public FarEnd {
 public:
  explicit BrokerFarEnd(const std::string& profile)
      : profile_(profile),
        rabbit_(*RabbitServer::of_this_program()),
        desk_(rabbit_.login()),
        front_(rabbit_.login().port) {
    write_file(password(), rabbit_.login().password);
    std::filesystem::permissions(password(), std::filesystem::perms::owner_read);
    desk_.declare_exchange(mark_);
    for (const std::string& dxp_id : {channel_dxp_id, other_dxp_id}) {
      desk_.declare_queue(out(dxp_id));
      desk_.declare_queue(in(dxp_id));
      desk_.bind(out(dxp_id), mark_, dxp_id);
    }
  }
  ~BrokerFarEnd() override {
    for (const std::string& dxp_id : {channel_dxp_id, other_dxp_id}) {
      desk_.remove_queue(out(dxp_id));
      desk_.remove_queue(in(dxp_id));
    }
  }

  config::Port port() const override {
    config::Port port;
    port.name = "exchange";
    port.profile = profile_;
    port.url = "amqp://127.0.0.1:" + std::to_string(front_.port()) + "/" + rabbit_.login().vhost;
    port.user = rabbit_.login().user;
    port.password = "file:" + password().string();
    port.queues = {
        .exchange = mark_, .routing_key = "{dxp_id}", .address = "/queue/" + out("{dxp_id}"), .queue = source()};
    port.timeout = std::chrono::seconds(5);
    return port;
  }
  std::string source() const override { return (profile_ == "dxp-amqp1" ? "/queue/" : "") + in("{dxp_id}"); }

  std::vector<std::string> arrived(std::size_t count) override {
    std::vector<std::string> arrived;
    const bool have_come = eventually([&] {
      while (const auto message = desk_.take(out(channel_dxp_id))) arrived.push_back(message->body);
      return arrived.size() >= count;
    });
    if (!have_come) throw std::runtime_error("it has not arrived");
    return arrived;
  }
  void put(const std::string& record, const std::string& dxp_id) override { desk_.publish("", in(dxp_id), record); }

  void go_away() override { front_.do_harm(Harm::closed); }
  void come_back() override { front_.do_harm(Harm::none); }
  void lose_answers() override { front_.do_harm(Harm::confirm_lost); }
  void fall_silent() override { front_.do_harm(Harm::confirms_withheld); }

 private:
  std::filesystem::path password() const { return scratch_.path() / "password"; }
  std::string out(const std::string& dxp_id) const { return mark_ + ".out." + dxp_id; }
  std::string in(const std::string& dxp_id) const { return mark_ + ".in." + dxp_id; }

  const std::string profile_;
  static inline int made_ = 0;
  const std::string mark_ = "far_end_" + std::to_string(++made_);
  ScratchDirectory scratch_;
  RabbitServer& rabbit_;
  BareAmqp desk_;
  AmqpFront front_;
};

}  // namespace tests
