// A port that a vendor's client serves by folders: messages are put into `out`, receipts taken from `in`. On the I/O
// thread, file work on threads of its own under the port's timeout; the I/O outlives it.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "config/settings.h"
#include "gateway/channels/channel.h"
#include "gateway/offload/offload.h"

namespace gateway::channels::directory {

class DirectoryChannel final : public Channel {
 public:
  explicit DirectoryChannel(const config::Port& port);
  ~DirectoryChannel() override;

  boost::asio::awaitable<Answer> send(Outgoing message) override;
  std::vector<Source> sources() const override;
  boost::asio::awaitable<base::Result<std::vector<Received>>> receive(Window window) override;
  boost::asio::awaitable<void> acknowledge(Window window) override;
  Health health() const override;

 private:
  struct Inbound;  // of one DXPID

  std::shared_ptr<Inbound> inbound_of(const std::string& dxp_id, const boost::asio::any_io_executor& executor);
  boost::asio::awaitable<base::Result<std::vector<Received>>> next_of(std::shared_ptr<Inbound> inbound);
  std::filesystem::path out_of(const std::string& dxp_id) const;
  std::filesystem::path in_of(const std::string& dxp_id) const;

  config::Port port_;
  std::map<std::string, std::shared_ptr<Inbound>> inbound_;
  std::map<std::string, std::string> troubles_;          // that looking has found, by folder; empty: none
  std::map<std::string, std::string> sending_troubles_;  // of the last message into the folder
  std::map<std::string, std::string> remarks_;           // by folder
  offload::Pool files_;                                  // the first to go: its calls use what stands above
};

}  // namespace gateway::channels::directory
