// A partner over AS2 in a thread of its own: takes what is posted to it and answers as it is told to, and posts its own
// to the gateway's door again and again until a good receipt comes.
#pragma once

#include <atomic>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "codecs/as2/mdn.h"
#include "config/settings.h"
#include "gateway/http/client.h"
#include "gateway/http/server.h"
#include "tests/codecs/as2/partners.h"
#include "tests/support/raw_socket.h"
#include "tests/support/unused_port.h"

namespace tests {

enum class Manner {
  good,
  dropped,        // the connection, after the message was taken
  silent,         // no answer at all
  empty,          // 200 without a receipt
  refusing,       // a receipt with `modifier`
  wrong_mic,      // of other bytes
  unsigned_one,   // though a signed one was asked for
  other_message,  // it names another Message-ID
  stranger,       // signed by somebody else
  garbled,        // no receipt
  status,         // `status`
  late,           // an asynchronous receipt after `lateness`
};

struct Behaviour {
  Manner manner = Manner::good;
  std::string modifier = "authentication-failed", words{};
  unsigned status = 200;
  std::chrono::milliseconds lateness{0};
};

struct Arrived {
  std::string payload, message_id, file_name;
  bool is_encrypted = false, is_signed = false, is_compressed = false;
};

class As2Partner {
 public:
  explicit As2Partner(gateway::http::ServerOptions options = {});
  ~As2Partner();
  As2Partner(const As2Partner&) = delete;
  As2Partner& operator=(const As2Partner&) = delete;

  // Of a port of the gateway's to this partner, whose door is at `door`.
  config::Port port() const;
  std::string door_url() const { return "http://127.0.0.1:" + std::to_string(door_) + "/as2"; }

  void behave(Behaviour behaviour);
  std::vector<Arrived> arrived(std::size_t count);  // as soon as so many have; throws where they do not come

  void put(const std::string& record, const std::string& dxp_id);  // until it is taken
  // One message as it is, and the answer.
  gateway::http::Exchange post(const codecs::as2::OutgoingMessage& message);
  std::vector<std::string> posted_receipts();  // bodies of the asynchronous receipts that came here

  void go_away();  // and keeps others from the door
  void come_back();

  // What customs has agreed on with the enterprise.
  codecs::as2::Agreement agreement(const std::string& dxp_id) const;

 private:
  void start();
  boost::asio::awaitable<gateway::http::Response> take(gateway::http::Request request);
  boost::asio::awaitable<gateway::http::Response> answer(Behaviour behaviour, codecs::as2::ReceivedMessage message,
                                                         codecs::as2::Agreement agreement);
  boost::asio::awaitable<void> send_receipt(codecs::as2::OutgoingMdn receipt, std::string url,
                                            std::chrono::milliseconds lateness);
  boost::asio::awaitable<void> deliver(std::string record, std::string dxp_id);
  void go_on();

  unsigned short door_ = unused_port(), own_port_ = 0;
  gateway::http::ServerOptions options_;
  boost::asio::io_context context_;
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_{context_.get_executor()};
  std::optional<gateway::http::Server> server_;
  int squatter_ = -1;

  std::mutex mutex_;
  Behaviour behaviour_;
  std::vector<Arrived> arrived_;
  std::vector<std::string> receipts_;

  std::deque<std::pair<std::string, std::string>> to_deliver_;  // on the thread
  std::size_t delivering_ = 0;
  std::size_t numbered_ = 0;
  std::thread thread_;
};

}  // namespace tests
