#include "tests/tools/canned_gateway.h"

namespace tests::tools {

CannedGateway::CannedGateway() {
  gateway::http::Router router;
  for (const char* pattern :
       {"/v1/documents", "/v1/documents/{id}", "/v1/documents/{id}/actions", "/v1/documents/{id}/offers", "/v1/changes",
        "/v1/replays", "/v1/replays/{id}", "/v1/replays/{id}/stop", "/v1/inbound", "/v1/inbound/{digest}",
        "/v1/inbound/{digest}/match", "/v1/imports"}) {
    for (const char* method : {"GET", "POST"}) {
      router.add(
          {method, pattern, std::nullopt, [this](gateway::http::Request request) { return take(std::move(request)); }});
    }
  }
  server_.emplace(io_.get_executor(), gateway::http::ServerOptions{}, std::move(router), nullptr);
  server_->start();
  thread_ = std::thread([this] { io_.run(); });
}

CannedGateway::~CannedGateway() {
  io_.stop();
  thread_.join();
}

void CannedGateway::answer(const std::string& call, std::vector<gateway::http::Response> answers) {
  const std::lock_guard lock(mutex_);
  answers_[call] = std::move(answers);
}

std::vector<gateway::http::Request> CannedGateway::requests() const {
  const std::lock_guard lock(mutex_);
  return requests_;
}

boost::asio::awaitable<gateway::http::Response> CannedGateway::take(gateway::http::Request request) {
  const std::lock_guard lock(mutex_);
  const auto found = answers_.find(request.method + " " + request.path);
  requests_.push_back(std::move(request));
  if (found == answers_.end()) co_return gateway::http::Response::problem(404, "nothing here");
  gateway::http::Response response = found->second.front();
  if (found->second.size() > 1) found->second.erase(found->second.begin());
  co_return response;
}

}  // namespace tests::tools
