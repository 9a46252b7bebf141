// The operator's console: the pages of the browser, as they were built into this program, under /console. Open to
// everybody, since they hold no data; what they show comes from /v1. Where the program was built without them, 404 says
// so. Immutable; any thread.
#pragma once

#include <functional>
#include <map>
#include <span>
#include <string_view>

#include "gateway/console/built_files.h"
#include "gateway/http/router.h"

namespace gateway::console {

class Console {
 public:
  explicit Console(std::span<const BuiltFile> files = built_files());

  void add_routes(http::Router& router) const;
  http::Response answer(const http::Request& request) const;

 private:
  std::map<std::string_view, const BuiltFile*, std::less<>> files_;
};

}  // namespace gateway::console
