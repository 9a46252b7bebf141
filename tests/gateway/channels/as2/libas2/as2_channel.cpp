// The gateway's channel over AS2 by itself, for partners that share no code of ours: the shop speaks with customs.
//
//   as2_channel keys DIR                        shop.{key,cert}.pem and customs.{key,cert}.pem
//   as2_channel send DIR URL FILE DIGEST CIPHER  posts the file to the partner; prints the outcome and its words
//   as2_channel receive DIR PORT FILE CIPHER     opens the door, prints "open", and keeps the first record in the file
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <filesystem>
#include <iostream>
#include <stdexcept>

#include "gateway/channels/as2/dxp_as2_channel.h"
#include "tests/codecs/as2/partners.h"
#include "tests/support/paths.h"

namespace {

namespace asio = boost::asio;
namespace fs = std::filesystem;
using gateway::channels::Outcome;
using gateway::channels::as2::DxpAs2Channel;

const std::string dxp_id = "shop";

config::Port port_of(const fs::path& keys, const std::string& digest, const std::string& cipher) {
  config::Port port;
  port.profile = "dxp-as2";
  config::Agreement& agreement = port.agreement;
  agreement.partner_id = "customs";
  agreement.key = keys / "shop.key.pem";
  agreement.certificate = keys / "shop.cert.pem";
  agreement.partner_certificates = {keys / "customs.cert.pem"};
  agreement.encrypt_for = keys / "customs.cert.pem";
  agreement.sign = digest == "sha-1" ? config::SignatureDigest::sha1 : config::SignatureDigest::sha256;
  agreement.encrypt = cipher == "none" ? config::Encryption::none : config::Encryption::aes256;
  agreement.incoming = {.is_signed = true, .is_encrypted = cipher != "none", .is_compressed = false};
  agreement.receipt = config::ReceiptForm::plain;  // libas2's signatures of receipts fit nothing (ADR 0033)
  return port;
}

template <class Value>
asio::awaitable<void> keep(asio::awaitable<Value> flow, std::optional<Value>& into) {
  into.emplace(co_await std::move(flow));
}

template <class Value>
Value run(asio::io_context& io, asio::awaitable<Value> flow) {
  std::optional<Value> value;
  auto done = asio::co_spawn(io, keep(std::move(flow), value), asio::use_future);
  while (done.wait_for(std::chrono::seconds(0)) != std::future_status::ready) {
    io.restart();
    io.run_one_for(std::chrono::milliseconds(10));
  }
  done.get();
  return std::move(*value);
}

void send(config::Port port, const std::string& url, const std::string& file) {
  asio::io_context io;
  port.url = url;
  port.listening.host = "127.0.0.1";  // a free one
  DxpAs2Channel channel(port, {dxp_id});
  const auto answer = run(io, channel.send({tests::read_file(file), "GUID-1", "CEB311Message", dxp_id}));
  std::cout << (answer.outcome == Outcome::confirmed ? "confirmed" : "not confirmed") << "\n" << answer.text << "\n";
}

void receive(config::Port port, const std::string& number, const std::string& file) {
  asio::io_context io;
  port.listening = {"127.0.0.1", static_cast<unsigned short>(std::stoi(number)), {}, {}, {}};
  DxpAs2Channel channel(port, {dxp_id});
  const gateway::channels::Window window{"as2", dxp_id, base::Time()};
  for (bool is_first = true, has_come = false; !has_come; is_first = false) {
    const auto records = tests::must(run(io, channel.receive(window)));
    if (is_first) std::cout << "open" << std::endl;
    has_come = !records.empty();
    if (has_come) tests::write_file(file, records.front().bytes);
  }
  asio::co_spawn(io, channel.acknowledge(window), asio::detached);
  auto closed = asio::co_spawn(io, channel.close_door(std::chrono::seconds(5)), asio::use_future);
  io.restart();
  io.run();
  closed.get();
}

void obey(const std::vector<std::string>& words) {
  const std::string& verb = words.at(0);
  const fs::path keys = words.at(1);
  if (verb == "keys") return static_cast<void>(tests::As2Partners(keys));
  if (verb == "send") return send(port_of(keys, words.at(4), words.at(5)), words.at(2), words.at(3));
  if (verb == "receive") return receive(port_of(keys, "sha-1", words.at(4)), words.at(2), words.at(3));
  throw std::runtime_error("no such verb: " + verb);
}

}  // namespace

int main(int count, char** words) {
  try {
    obey({words + 1, words + count});
    return 0;
  } catch (const std::exception& error) {
    std::cerr << error.what() << "\n";
    return 1;
  }
}
