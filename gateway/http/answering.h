// From a request's header to its answer: who may come in, the handler under guard, and the answer in wire form.
// The Beast types stay inside this folder.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "gateway/http/body_stream.h"
#include "gateway/http/connection.h"

namespace gateway::http {

struct Admission {
  const Route* route = nullptr;  // of the router in `shared`
  Request request;               // without its body
  std::optional<Response> refusal;
};

struct Arrival {
  std::optional<std::uint64_t> content_length;
  std::string address;
};

// By the header alone: 400, 401, 403, 404, 405, 413. The header outlives the call. Never throws, as below.
boost::asio::awaitable<Admission> admit(std::shared_ptr<Server::Shared> shared,
                                        const boost::beast::http::request_header<>& header, Arrival arrival);

// Never throws: an exception of the handler is told to on_error and answered by 500; a full pool by 503.
boost::asio::awaitable<Response> answered(std::shared_ptr<Server::Shared> shared, const Route& route, Request request);

enum class KeepAlive { yes, no };

struct Outgoing {
  boost::beast::http::response<boost::beast::http::string_body> whole;
  // The answer to HEAD, and what goes before a stream.
  std::optional<boost::beast::http::response<boost::beast::http::empty_body>> without_body;
  std::shared_ptr<BodyStream> stream;  // not with HEAD
};

Outgoing made_ready(const boost::beast::http::request_header<>& request, Response response, KeepAlive keep_alive);

}  // namespace gateway::http
