// A real HTTP server on a free port that gives the answers a test laid out and keeps every request.
#pragma once

#include <boost/asio/io_context.hpp>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "gateway/http/server.h"

namespace tests::tools {

class CannedGateway {
 public:
  CannedGateway();
  ~CannedGateway();

  // The answers to "METHOD PATH", one after the other; the last one stays.
  void answer(const std::string& call, std::vector<gateway::http::Response> answers);
  std::string url() const { return server_->url(); }
  std::vector<gateway::http::Request> requests() const;

 private:
  boost::asio::awaitable<gateway::http::Response> take(gateway::http::Request request);

  mutable std::mutex mutex_;
  std::map<std::string, std::vector<gateway::http::Response>> answers_;
  std::vector<gateway::http::Request> requests_;
  boost::asio::io_context io_;
  std::optional<gateway::http::Server> server_;
  std::thread thread_;
};

}  // namespace tests::tools
