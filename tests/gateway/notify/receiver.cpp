#include "tests/gateway/notify/receiver.h"

#include <array>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/json/parse.hpp>
#include <openssl/evp.h>
#include <openssl/hmac.h>

namespace tests {

namespace {

using gateway::http::Request;
using gateway::http::Response;

std::string decoded(const std::string& base64) {
  std::string bytes(base64.size(), '\0');
  auto* const out = reinterpret_cast<unsigned char*>(bytes.data());
  const auto* const in = reinterpret_cast<const unsigned char*>(base64.data());
  const int size = EVP_DecodeBlock(out, in, static_cast<int>(base64.size()));
  bytes.resize(size < 0 ? 0 : static_cast<std::size_t>(size));
  while (base64.ends_with('=') && !bytes.empty() && bytes.back() == '\0') bytes.pop_back();
  return bytes;
}

// As the receiver's own library would do it, and not by the code that signed.
std::string expected_signature(const Heard& heard) {
  const std::string key = decoded(notify_secret.substr(std::string("whsec_").size()));
  const std::string content = heard.webhook_id + "." + std::to_string(heard.timestamp) + "." + heard.body;
  std::array<unsigned char, EVP_MAX_MD_SIZE> code{};
  unsigned size = 0;
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), reinterpret_cast<const unsigned char*>(content.data()),
       content.size(), code.data(), &size);
  std::array<unsigned char, 2 * EVP_MAX_MD_SIZE> text{};
  const int length = EVP_EncodeBlock(text.data(), code.data(), static_cast<int>(size));
  return "v1," + std::string(text.begin(), text.begin() + length);
}

Heard read(const Request& request) {
  Heard heard;
  heard.webhook_id = request.headers.get("webhook-id");
  heard.signature = request.headers.get("webhook-signature");
  heard.timestamp = std::stoll(std::string(request.headers.get("webhook-timestamp")));
  heard.body = request.body;
  heard.is_genuine = heard.signature == expected_signature(heard);
  heard.whole = boost::json::parse(heard.body).as_object();
  const auto& data = heard.whole.at("data").as_object();
  heard.key = data.at("key").as_string();
  heard.to = data.at("to").as_string();
  return heard;
}

}  // namespace

Receiver::Receiver(Answer answer) : answer_(std::move(answer)), server_(router()) {}

gateway::http::Router Receiver::router() {
  gateway::http::Router router;
  for (const char* path : {"/notices", "/elsewhere"}) {
    router.add({"POST", path, std::nullopt, [this](Request request) { return take(*this, std::move(request)); }});
  }
  return router;
}

boost::asio::awaitable<Response> Receiver::take(Receiver& self, Request request) {
  self.most_at_once_ = std::max<int>(self.most_at_once_, ++self.at_once_);
  Reply reply;
  {
    const std::lock_guard lock(self.mutex_);
    self.heard_.push_back(read(request));
    reply = self.answer_(self.heard_.back());
  }
  boost::asio::steady_timer pause(co_await boost::asio::this_coro::executor, reply.after);
  co_await pause.async_wait(boost::asio::use_awaitable);
  --self.at_once_;
  Response response = Response::text(reply.status, reply.status == 204 ? "" : "taken");
  if (!reply.location.empty()) response.headers.set("Location", reply.location);
  co_return response;
}

void Receiver::answer_by(Answer answer) {
  const std::lock_guard lock(mutex_);
  answer_ = std::move(answer);
}

std::vector<Heard> Receiver::heard() const {
  const std::lock_guard lock(mutex_);
  return heard_;
}

std::vector<std::string> Receiver::told() const {
  std::vector<std::string> told;
  for (const Heard& one : heard()) told.push_back(one.key.substr(one.key.rfind('/') + 1) + " " + one.to);
  return told;
}

}  // namespace tests
