#include "gateway/channels/as2/look.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <string>
#include <system_error>
#include <utility>

#include "gateway/channels/address_look.h"
#include "gateway/channels/agreements/look.h"
#include "gateway/channels/as2/listener.h"
#include "gateway/http/listening.h"

namespace gateway::channels::as2 {

namespace {

Sighting missing(Sighting thing, const std::string& why, const std::string& settings) {
  thing.sight = Sight::missing;
  thing.zh = "不能使用（" + why + "）；请检查 " + settings;
  thing.en = "it cannot be used (" + why + "); check " + settings;
  return thing;
}

// Bound, and not listened at: nobody can connect, and a gateway that starts at this moment is not in the way.
Sighting address_of(const http::ServerOptions& options, const std::string& address) {
  Sighting seen{Sight::there, "监听地址 " + address, "listener's address " + address, "空闲，可以监听",
                "it is free to listen at"};
  boost::asio::io_context io;
  boost::asio::ip::tcp::acceptor acceptor(io);
  try {
    http::bind(acceptor, options);
  } catch (const std::system_error& error) {
    if (error.code() != std::errc::address_in_use) return missing(std::move(seen), error.code().message(), "listen");
    seen.sight = Sight::hidden;
    seen.zh = "已被使用：网关若在运行，就是它；否则请查明是哪个程序";
    seen.en = "it is in use: by the gateway, where one runs; else find out by which program";
  }
  return seen;
}

Sighting tls_of(const http::ServerOptions& options, const std::string& address) {
  Sighting seen{Sight::there, "监听的 TLS 文件 " + address, "TLS files of the listener " + address, "可以使用",
                "they can be used"};
  try {
    http::tls_context(options);
  } catch (const std::system_error& error) {
    return missing(std::move(seen), error.what(), "listen_certificate, listen_key, listen_ca");
  }
  return seen;
}

}  // namespace

View look_at(const config::Port& port) {
  View view{agreements::look_at(port.agreement), {}};
  view.sightings.push_back(look_at_address(port.url, port.timeout));
  const http::ServerOptions options = options_of(port.listening);
  const std::string address = http::in_brackets(options.host) + ":" + std::to_string(options.port);
  view.sightings.push_back(address_of(options, address));
  if (options.certificate) view.sightings.push_back(tls_of(options, address));
  view.sightings.push_back({Sight::hidden, "收发和回执", "exchange and receipts",
                            "伙伴是否接受我方名称和证书、能否到达我方监听地址，不发送报文就看不到",
                            "whether the partner knows our name and certificate, and reaches our listener, only shows "
                            "when a message is sent"});
  return view;
}

}  // namespace gateway::channels::as2
