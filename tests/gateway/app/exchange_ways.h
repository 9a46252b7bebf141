// The ways to the data exchange platform, each with the servers that stand between the gateway and the simulator.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tests/gateway/app/site.h"
#include "tests/support/ftp_server.h"
#include "tests/support/rabbit_server.h"
#include "tests/support/unused_port.h"

namespace tests::app {

const std::vector<std::string> exchange_dxp_ids{"DXPENT0000000001", "DXPENT0000000002", "DXPENT0000000003"};

class ExchangeWay {
 public:
  virtual ~ExchangeWay() = default;
  virtual Manner manner() const = 0;
};

// By profile. Null: what it needs is not installed.
std::unique_ptr<ExchangeWay> exchange_way(const std::string& profile);

class As3Way final : public ExchangeWay {
 public:
  As3Way();
  Manner manner() const override;
  FtpServer& server() { return server_; }

 private:
  std::string port_settings() const;
  std::vector<std::string> platform_arguments() const;

  FtpServer server_;
};

// `profile`: dxp-amqp or dxp-amqp1. The queues last as long as this does.
class AmqpWay final : public ExchangeWay {
 public:
  AmqpWay(std::string profile, RabbitServer& rabbit);
  ~AmqpWay() override;
  Manner manner() const override { return manner_at(platform_front_); }
  Manner manner_at(int port) const;  // where the gateway is to find the broker, in place of the simulator's front
  std::filesystem::path password_file() const { return scratch_.path() / "password"; }
  int platform_front() const { return platform_front_; }

 private:
  std::string port_settings(int port) const;
  std::vector<std::string> platform_arguments() const;
  bool is_amqp1() const { return profile_ == "dxp-amqp1"; }

  const std::string profile_;
  RabbitServer& rabbit_;
  const int platform_front_ = unused_port();
  ScratchDirectory scratch_;
};

}  // namespace tests::app
