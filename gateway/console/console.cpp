#include "gateway/console/console.h"

#include <boost/asio/awaitable.hpp>
#include <memory>
#include <string>
#include <utility>

#include "base/fault.h"
#include "gateway/http/accepting.h"

namespace gateway::console {

using boost::asio::awaitable;

namespace {

constexpr std::string_view first_page = "index.html";
constexpr std::string_view named_by_content = "assets/";  // Vite puts a digest into these names

// Nothing from elsewhere, no script or style inside a page, no frame around it.
constexpr std::string_view policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src "
    "'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

void protect(http::Response& response) {
  response.headers.set("Content-Security-Policy", std::string(policy));
  response.headers.set("Referrer-Policy", "no-referrer");
  response.headers.set("Cross-Origin-Opener-Policy", "same-origin");
  response.headers.set("Cross-Origin-Resource-Policy", "same-origin");
}

http::Response absent(base::Fault fault) { return http::Response::problem(404, "not found", {std::move(fault)}); }

http::Response without_console() {
  return absent(
      {.code = "console.not_built",
       .path = {},
       .zh = "此程序构建时未包含控制台；请安装 nodejs 和 npm 后重新构建，或改用 cebgate list、status、watch 等命令。",
       .en = "This program was built without the console; install nodejs and npm and build it anew, or use the "
             "commands cebgate list, status, watch.",
       .source = {}});
}

http::Response no_such_file(std::string_view path) {
  return absent({.code = "console.no_such_file",
                 .path = "/console/" + std::string(path),
                 .zh = "控制台没有这个文件；网关可能已升级，请重新载入页面。",
                 .en = "The console has no such file; the gateway may have been upgraded: load the page anew.",
                 .source = {}});
}

awaitable<http::Response> to_first_page(http::Request) {
  http::Response response = http::Response::text(308, "");
  response.headers.set("Location", "/console/");
  co_return response;
}

}  // namespace

Console::Console(std::span<const BuiltFile> files) {
  for (const BuiltFile& file : files) files_.emplace(file.path, &file);
}

void Console::add_routes(http::Router& router) const {
  const auto held = std::make_shared<const Console>(*this);
  router.add({"GET", "/console", std::nullopt, to_first_page});
  router.add({"GET", "/console/{path...}", std::nullopt, [held](http::Request request) {
                return [](std::shared_ptr<const Console> console, http::Request asked) -> awaitable<http::Response> {
                  co_return console->answer(asked);
                }(held, std::move(request));
              }});
}

http::Response Console::answer(const http::Request& request) const {
  if (files_.empty()) return without_console();
  const std::string& path = request.places.at("path");
  auto found = files_.find(path);
  if (found == files_.end()) {
    if (path.starts_with(named_by_content)) return no_such_file(path);
    found = files_.find(first_page);  // the address of a screen: the page finds it by itself
  }
  const BuiltFile& file = *found->second;
  const bool zipped = !file.gzip.empty() && http::accepts_gzip(request.headers.get("Accept-Encoding"));
  const std::string tag = '"' + std::string(file.digest) + (zipped ? "-gzip\"" : "\"");
  http::Response response = http::Response::text(200, {}, std::string(file.media_type));
  protect(response);
  response.headers.set("ETag", tag);
  response.headers.set("Vary", "Accept-Encoding");
  const bool is_immutable = file.path.starts_with(named_by_content);
  response.headers.set("Cache-Control", is_immutable ? "public, max-age=31536000, immutable" : "no-cache");
  if (http::names_tag(request.headers.get("If-None-Match"), tag)) {
    response.status = 304;
    return response;
  }
  if (zipped) response.headers.set("Content-Encoding", "gzip");
  response.body = std::string(zipped ? file.gzip : file.plain);
  return response;
}

}  // namespace gateway::console
