// The verdict on a message's signature, step by step, with the likely cause: POST /v1/verify of one that is posted, GET
// /v1/documents/{id}/verification of the kept bytes. Runs on the I/O thread, reads on `store`, judges on `work`.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "gateway/http/router.h"
#include "gateway/signatures/signatures.h"

namespace gateway::signatures {

class Verifying {
 public:
  explicit Verifying(Parts parts) : parts_(std::move(parts)) {}
  boost::asio::awaitable<http::Response> verify(http::Request request) const;
  boost::asio::awaitable<http::Response> verify_kept(http::Request request) const;

 private:
  struct Kept {
    std::string xml;
    const config::Enterprise* enterprise = nullptr;
  };
  // Blocks. The answer instead where there are no bytes to judge.
  std::variant<Kept, http::Response> kept(const http::Caller& caller, const std::string& id,
                                          std::optional<int> version) const;
  http::Response verdict(std::string_view xml, const config::Enterprise* enterprise, std::string_view canonical) const;

  Parts parts_;
};

}  // namespace gateway::signatures
