#include "gateway/http/addresses.h"

#include <gmock/gmock.h>

#include "tests/gateway/http/running_server.h"

namespace {

using gateway::http::Addresses;
using gateway::http::Call;
using gateway::http::Reach;
using tests::RawServer;
using tests::RawSocket;
using tests::send_and_wait;

bool is_public(const char* text) { return gateway::http::is_public(boost::asio::ip::make_address(text)); }
bool is_private(const char* text) { return gateway::http::is_private(boost::asio::ip::make_address(text)); }

TEST(Addresses, OfTheInternetArePublic) {
  for (const char* text : {"1.1.1.1",         "9.255.255.255",        "11.0.0.0",
                           "100.63.255.255",  "100.128.0.0",          "126.255.255.255",
                           "128.0.0.0",       "169.253.255.255",      "169.255.0.0",
                           "172.15.255.255",  "172.32.0.0",           "192.167.255.255",
                           "192.169.0.0",     "198.17.255.255",       "198.20.0.0",
                           "223.255.255.255", "2001:4860:4860::8888", "2400:3200::1",
                           "3ffe::1",         "::ffff:1.1.1.1",       "64:ff9b::101:101"}) {
    EXPECT_TRUE(is_public(text)) << text;
    EXPECT_FALSE(is_private(text)) << text;
  }
}

TEST(Addresses, OfTheInsideArePrivate) {
  for (const char* text : {"10.0.0.0", "10.255.255.255", "127.0.0.1", "127.255.255.255", "172.16.0.0", "172.31.255.255",
                           "192.168.0.0", "192.168.255.255", "::1", "fc00::1", "fdff:ffff::1", "::ffff:10.0.0.1",
                           "::ffff:127.0.0.1", "64:ff9b::c0a8:101"}) {
    EXPECT_TRUE(is_private(text)) << text;
    EXPECT_FALSE(is_public(text)) << text;
  }
}

TEST(Addresses, OfSpecialUseAreNeither) {
  for (const char* text : {"0.0.0.0",
                           "0.1.2.3",
                           "100.64.0.0",
                           "100.127.255.255",
                           "169.254.169.254",
                           "192.0.0.1",
                           "192.0.2.1",
                           "192.88.99.1",
                           "198.18.0.1",
                           "198.19.255.255",
                           "198.51.100.1",
                           "203.0.113.1",
                           "224.0.0.1",
                           "239.255.255.255",
                           "240.0.0.1",
                           "255.255.255.255",
                           "::",
                           "::1.1.1.1",
                           "fe80::1",
                           "fec0::1",
                           "ff02::1",
                           "100::1",
                           "2001::1",
                           "2001:db8::1",
                           "2002:101:101::1",
                           "3fff::1",
                           "64:ff9b:1::101:101",
                           "5f00::1",
                           "::ffff:169.254.169.254",
                           "::ffff:100.64.0.1",
                           "64:ff9b::a9fe:a9fe"}) {
    EXPECT_FALSE(is_public(text)) << text;
    EXPECT_FALSE(is_private(text)) << text;
  }
}

// What becomes of a call to a listener on the loopback whose host is written so.
gateway::http::Exchange ask(const std::string& host, Addresses allowed) {
  RawServer peer([](RawSocket& socket) {
    socket.read_until("\r\n\r\n");
    socket.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nOK");
  });
  Call call;
  call.url = "http://" + host + ":" + std::to_string(peer.port()) + "/";
  call.addresses = allowed;
  auto exchange = send_and_wait(std::move(call));
  if (exchange.reach != Reach::answered) RawSocket::connect_to(peer.port()).write("\r\n\r\n");
  return exchange;
}

TEST(Addresses, AreJudgedWhateverNameLeadsToThem) {
  for (const char* host : {"127.0.0.1", "localhost", "[::ffff:127.0.0.1]"}) {
    const auto refused = ask(host, Addresses::public_alone);
    EXPECT_EQ(refused.reach, Reach::unreachable) << host;
    EXPECT_THAT(refused.detail, testing::HasSubstr("is no address of the public Internet")) << host;
    EXPECT_EQ(ask(host, Addresses::private_alone).reach, Reach::answered) << host;
    EXPECT_EQ(ask(host, Addresses::any).reach, Reach::answered) << host;
  }
}

TEST(Addresses, ThatAreNotPrivateAreRefusedWherePrivateOnesAloneAreAllowed) {
  Call call;
  call.url = "http://192.0.2.1:9/";
  call.addresses = Addresses::private_alone;
  const auto refused = send_and_wait(std::move(call));
  EXPECT_EQ(refused.reach, Reach::unreachable);
  EXPECT_EQ(refused.detail, "connect to 192.0.2.1:9: 192.0.2.1 is no private address, which alone is allowed here");
}

TEST(Addresses, NoRedirectionIsFollowed) {
  RawServer peer([](RawSocket& socket) {
    socket.read_until("\r\n\r\n");
    socket.write("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/\r\nContent-Length: 0\r\n\r\n");
  });
  Call call;
  call.url = peer.url();
  const auto exchange = send_and_wait(std::move(call));
  ASSERT_EQ(exchange.reach, Reach::answered);
  EXPECT_EQ(exchange.response.status, 302U);
}

}  // namespace
