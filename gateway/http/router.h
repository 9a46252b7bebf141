// Which handler answers which method and path, and who may call it.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "config/settings.h"
#include "gateway/http/caller.h"
#include "gateway/http/message.h"

namespace gateway::http {

struct Request {
  std::string method;
  std::string path;                           // decoded, without the query
  std::map<std::string, std::string> query;   // decoded
  std::map<std::string, std::string> places;  // what stood at {name} in the route, decoded
  Headers headers;
  std::string body;
  std::string address{};         // where from, without its port
  std::optional<Caller> caller;  // absent only on open routes
};

using Handler = std::function<boost::asio::awaitable<Response>(Request)>;

struct Route {
  // "/v1/documents/{id}": a {name} matches one segment, and {name...} at the end one or more, also empty ones.
  std::string method, pattern;
  std::optional<config::Role> needs;  // absent: open to everybody
  Handler handler;
};

class Router {
 public:
  void add(Route route) { routes_.push_back(std::move(route)); }

  struct Found {
    const Route* route = nullptr;  // nothing: 404, or 405 if methods are given
    std::map<std::string, std::string> places;
    std::vector<std::string> other_methods;  // of this path
  };
  Found find(std::string_view method, std::string_view path) const;

 private:
  std::vector<Route> routes_;
};

}  // namespace gateway::http
