// A body in parts that ends with the session that it was asked for by: at its next part, which a heartbeat is too.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <memory>
#include <optional>
#include <string>

#include "gateway/http/body_stream.h"
#include "gateway/http/callers.h"

namespace gateway::http {

class GuardedStream final : public BodyStream {
 public:
  GuardedStream(std::shared_ptr<BodyStream> inner, std::shared_ptr<const Callers> callers, Caller caller)
      : inner_(std::move(inner)), callers_(std::move(callers)), caller_(std::move(caller)) {}
  boost::asio::awaitable<std::optional<std::string>> next() override;
  void end() override { inner_->end(); }

 private:
  std::shared_ptr<BodyStream> inner_;
  std::shared_ptr<const Callers> callers_;
  Caller caller_;
};

}  // namespace gateway::http
