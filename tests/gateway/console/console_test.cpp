// The pages as a browser gets them over HTTP.
#include "gateway/console/console.h"

#include <array>
#include <gmock/gmock.h>

#include "gateway/http/accepting.h"
#include "tests/gateway/http/running_server.h"

namespace tests {
namespace {

using gateway::console::BuiltFile;
using gateway::console::Console;
using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

constexpr std::array<BuiltFile, 3> pages{{{"index.html", "text/html; charset=utf-8", "d1", "<html>", ""},
                                          {"assets/main-a1.js", "text/javascript", "d2", "plain script", "zipped"},
                                          {"favicon.svg", "image/svg+xml", "d3", "<svg/>", ""}}};

class ConsoleOverHttp : public ::testing::Test {
 protected:
  static gateway::http::Router routes(std::span<const BuiltFile> files) {
    gateway::http::Router router;
    Console(files).add_routes(router);
    return router;
  }
  std::string get(const std::string& path, const std::string& fields = {}) const {
    return server_.ask("GET " + path + " HTTP/1.1\r\nHost: h\r\n" + fields + "Connection: close\r\n\r\n");
  }

  RunningServer server_{routes(pages)};
};

TEST_F(ConsoleOverHttp, TheAddressWithoutASlashLeadsToTheOneWith) {
  EXPECT_THAT(get("/console"), AllOf(StartsWith("HTTP/1.1 308 "), HasSubstr("Location: /console/\r\n")));
}

TEST_F(ConsoleOverHttp, EveryScreensAddressGivesTheFirstPageWhichIsAskedForEachTime) {
  for (const char* path : {"/console/", "/console/index.html", "/console/documents/A%2FB/amend", "/console/../v1"}) {
    EXPECT_THAT(get(path), AllOf(StartsWith("HTTP/1.1 200 "), HasSubstr("Content-Type: text/html; charset=utf-8\r\n"),
                                 HasSubstr("Cache-Control: no-cache\r\n"), EndsWith("\r\n\r\n<html>")))
        << path;
  }
}

TEST_F(ConsoleOverHttp, WhatIsNamedByItsContentIsKeptForAYear) {
  EXPECT_THAT(
      get("/console/assets/main-a1.js"),
      AllOf(HasSubstr("Cache-Control: public, max-age=31536000, immutable\r\n"), EndsWith("\r\n\r\nplain script")));
  EXPECT_THAT(get("/console/favicon.svg"), HasSubstr("Cache-Control: no-cache\r\n"));
}

TEST_F(ConsoleOverHttp, AFileThatAnUpgradeTookAwayIs404AndNotAPage) {
  EXPECT_THAT(get("/console/assets/main-b2.js"), AllOf(StartsWith("HTTP/1.1 404 "), HasSubstr("console.no_such_file")));
}

TEST_F(ConsoleOverHttp, ComesCompressedToWhoTakesIt) {
  const std::string zipped = get("/console/assets/main-a1.js", "Accept-Encoding: br, gzip\r\n");
  EXPECT_THAT(zipped, AllOf(HasSubstr("Content-Encoding: gzip\r\n"), HasSubstr("Vary: Accept-Encoding\r\n"),
                            HasSubstr("ETag: \"d2-gzip\"\r\n"), EndsWith("\r\n\r\nzipped")));
  EXPECT_THAT(get("/console/favicon.svg", "Accept-Encoding: gzip\r\n"), Not(HasSubstr("Content-Encoding")));
}

TEST_F(ConsoleOverHttp, WhatTheBrowserHasIsNotSentAgain) {
  const std::string has = "If-None-Match: \"d1\", W/\"d2\"\r\n";
  EXPECT_THAT(get("/console/", has),
              AllOf(StartsWith("HTTP/1.1 304 "), HasSubstr("ETag: \"d1\"\r\n"), EndsWith("\r\n\r\n")));
  EXPECT_THAT(get("/console/assets/main-a1.js", has), StartsWith("HTTP/1.1 304 "));
  EXPECT_THAT(get("/console/assets/main-a1.js", has + "Accept-Encoding: gzip\r\n"), StartsWith("HTTP/1.1 200 "));
}

TEST_F(ConsoleOverHttp, LetsNothingInFromElsewhere) {
  for (const char* path : {"/console/", "/console/assets/main-a1.js"}) {
    EXPECT_THAT(get(path),
                AllOf(HasSubstr("Content-Security-Policy: default-src 'none'; script-src 'self'; "
                                "style-src 'self'; "),
                      HasSubstr("frame-ancestors 'none'"), Not(HasSubstr("unsafe")),
                      HasSubstr("X-Content-Type-Options: nosniff\r\n"), HasSubstr("Referrer-Policy: no-referrer\r\n"),
                      HasSubstr("Cross-Origin-Opener-Policy: same-origin\r\n")))
        << path;
  }
}

TEST_F(ConsoleOverHttp, OnlyReadingIsAllowed) {
  EXPECT_THAT(server_.ask("POST /console/ HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"),
              StartsWith("HTTP/1.1 405 "));
}

TEST(ConsoleThatWasNotBuilt, SaysSoAndWhatToDo) {
  gateway::http::Router router;
  Console(std::span<const BuiltFile>()).add_routes(router);
  const RunningServer server(std::move(router));
  EXPECT_THAT(server.ask("GET /console/ HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"),
              AllOf(StartsWith("HTTP/1.1 404 "), HasSubstr("console.not_built"), HasSubstr("nodejs")));
}

TEST(BuiltFiles, AreTheFirstPageAndWhatItNames) {
  const auto files = gateway::console::built_files();
  if (files.empty()) GTEST_SKIP() << "built without node";
  std::string page;
  std::size_t named = 0;
  for (const BuiltFile& file : files) {
    if (file.path == "index.html") page = file.plain;
    EXPECT_FALSE(file.plain.empty()) << file.path;
    EXPECT_TRUE(file.gzip.empty() || file.gzip.starts_with("\x1f\x8b")) << file.path;
  }
  for (const BuiltFile& file : files) named += page.find("/console/" + std::string(file.path)) != std::string::npos;
  EXPECT_GE(named, 3U) << page;  // script, style, picture
}

TEST(AcceptEncoding, IsReadWithItsWeights) {
  using gateway::http::accepts_gzip;
  for (const char* taken : {"gzip", "GZIP", "br;q=1.0, gzip;q=0.5", "*", "deflate, *;q=0.1"}) {
    EXPECT_TRUE(accepts_gzip(taken)) << taken;
  }
  for (const char* not_taken : {"", "br", "gzip;q=0", "gzip;q=0.000, *", "*;q=0", "identity"}) {
    EXPECT_FALSE(accepts_gzip(not_taken)) << not_taken;
  }
}

}  // namespace
}  // namespace tests
