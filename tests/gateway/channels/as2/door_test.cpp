// What the partner brings to the door: kept before it is receipted, once, and never by whom it should not be.
#include "tests/codecs/as2/messages.h"
#include "tests/gateway/channels/as2/site.h"
#include "tests/support/raw_socket.h"

namespace tests {
namespace {

using codecs::as2::Disposition;
using codecs::as2::ReceiptWay;
using gateway::channels::as2::most_failures;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class As2Door : public As2Site {
 protected:
  Disposition disposition(const gateway::http::Exchange& exchange) {
    const auto mdn = receipt_in(exchange, customs());
    if (!mdn) ADD_FAILURE() << exchange.response.status << " " << exchange.response.body;
    return mdn ? mdn->disposition : Disposition{};
  }
  // Encrypted as it should be, and then not what it was.
  codecs::as2::OutgoingMessage broken(const std::string& id) const {
    auto made = message(customs(), id);
    made.body[made.body.size() / 2] = static_cast<char>(made.body[made.body.size() / 2] ^ 1);
    return made;
  }
};

TEST_F(As2Door, AMessageIsReceiptedWithItsDigestOnceTheLedgerHasIt) {
  const auto agreement = customs();
  const auto sent = message(agreement);
  const auto exchange = post(sent);
  EXPECT_THAT(kept_, ElementsAre("<DxpMsg>回执</DxpMsg>"));
  const auto mdn = receipt_in(exchange, agreement);
  ASSERT_TRUE(mdn) << mdn.faults().front().en;
  EXPECT_THAT(codecs::as2::check_mdn(*mdn, {"<m1@customs>", sent.mic}, agreement.receipt), IsEmpty());
}

TEST_F(As2Door, WithoutTheLedgerThereIsNoReceipt) {
  port_.timeout = std::chrono::milliseconds(200);
  const auto exchange = post(message(customs()), Ledger::is_away);
  EXPECT_EQ(exchange.response.status, 503U);
  EXPECT_FALSE(exchange.response.headers.get("Retry-After").empty());
  ASSERT_FALSE(kept_.empty());
  EXPECT_EQ(disposition(post(message(customs()))).kind, Disposition::Kind::processed) << "the next time it is kept";
}

TEST_F(As2Door, AMessageThatComesAgainIsAnsweredWithItsReceiptAndNotProcessed) {
  const auto sent = message(customs());
  const auto first = post(sent), second = post(sent);
  EXPECT_EQ(first.response.body, second.response.body);
  EXPECT_EQ(first.response.headers.get("Message-ID"), second.response.headers.get("Message-ID"));
  EXPECT_THAT(kept_, SizeIs(1));
  restart();
  EXPECT_EQ(disposition(post(sent)).kind, Disposition::Kind::processed);
  EXPECT_THAT(kept_, SizeIs(2)) << "after a restart the ledger keeps it once";
}

TEST_F(As2Door, WhatCannotBeOpenedIsReceiptedWithTheReason) {
  const auto tampered = post(broken("<bad@customs>"));
  EXPECT_EQ(disposition(tampered).kind, Disposition::Kind::processed_with_error);
  auto plain = customs();
  plain.outgoing.cipher = codecs::as2::Cipher::none;
  EXPECT_EQ(disposition(post(message(plain))).modifier, "insufficient-message-security");
  auto forged = customs();
  forged.signing_key = As2Partners::shared().stranger.keys;
  EXPECT_EQ(disposition(post(message(forged))).modifier, "authentication-failed");
  EXPECT_THAT(kept_, IsEmpty());
  EXPECT_THAT(channel().health().detail, HasSubstr("certificate agreed")) << channel().health().detail;
}

TEST_F(As2Door, NamesThatAreNotAgreedOnAreNotServed) {
  auto other = customs();
  other.partner_id = "DXPENT0000000009";
  const auto elsewhere = post(message(other, "<x@customs>"));
  const auto mdn = receipt_in(elsewhere, other);
  ASSERT_TRUE(mdn) << elsewhere.response.status << " " << elsewhere.response.body;
  EXPECT_EQ(mdn->disposition.modifier, "unknown-trading-relationship");
  auto stranger = customs();
  stranger.own_id = "SOMEBODY";
  EXPECT_EQ(receipt_in(post(message(stranger, "<y@customs>")), stranger)->disposition.modifier,
            "unknown-trading-relationship");
  EXPECT_THAT(kept_, IsEmpty());
}

TEST_F(As2Door, FailuresAreAnsweredSoManyTimesAndThenLookLikeABusyGateway) {
  for (std::size_t i = 0; i < most_failures; ++i) {
    EXPECT_EQ(post(broken("<b" + std::to_string(i) + "@customs>")).response.status, 200U) << i;
  }
  const auto over = post(broken("<one-over@customs>"));
  EXPECT_EQ(over.response.status, 503U);
  EXPECT_THAT(over.response.body, testing::Not(HasSubstr("decrypt")));
  EXPECT_EQ(disposition(post(message(customs()))).kind, Disposition::Kind::processed) << "what is whole still passes";
}

TEST_F(As2Door, AnAsynchronousReceiptGoesToAnAgreedAddressAlone) {
  auto agreement = customs();
  agreement.receipt.way = ReceiptWay::to_url;
  agreement.receipt.return_url = port_.url;
  EXPECT_EQ(post(message(agreement)).response.status, 200U);
  EXPECT_TRUE(eventually([&] {
    io_.poll();
    io_.restart();
    return partner_.posted_receipts().size() == 1;
  }));
  EXPECT_THAT(kept_, SizeIs(1));
  agreement.receipt.return_url = "http://127.0.0.1:1/elsewhere";
  const auto refused = post(message(agreement, "<m2@customs>"));
  EXPECT_EQ(refused.response.status, 400U);
  EXPECT_THAT(refused.response.body, HasSubstr("receipts_to"));
  EXPECT_THAT(kept_, SizeIs(1));
}

TEST_F(As2Door, WithoutAReceiptAskedForThePostIsAnsweredAlone) {
  auto agreement = customs();
  agreement.receipt = {};
  const auto exchange = post(message(agreement));
  EXPECT_EQ(exchange.response.status, 200U);
  EXPECT_EQ(exchange.response.body, "");
  EXPECT_THAT(kept_, SizeIs(1));
}

TEST_F(As2Door, WhatIsNoDxpMsgIsARecordAllTheSame) {
  EXPECT_EQ(disposition(post(message(customs(), "<m@customs>", "no XML \x01\xff"))).kind, Disposition::Kind::processed);
  EXPECT_THAT(kept_, ElementsAre("no XML \x01\xff"));
}

TEST_F(As2Door, NothingButAPostToItsPathIsServed) {
  (void)receive();
  const auto ask = [&](const std::string& line) {
    auto answer = std::async(std::launch::async, [&] {
      RawSocket socket = RawSocket::connect_to(port_.listening.port);
      socket.write(line + " HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
      return socket.read_until("\r\n");
    });
    return finish(std::move(answer));
  };
  EXPECT_THAT(ask("GET /as2"), HasSubstr("405"));
  EXPECT_THAT(ask("POST /"), HasSubstr("404"));
  EXPECT_THAT(ask("POST /v1/documents"), HasSubstr("404"));
  EXPECT_THAT(ask("POST /as2"), HasSubstr("400"));
}

TEST_F(As2Door, ABodyOverTheLimitIsRefusedUnread) {
  (void)receive();
  auto answer = std::async(std::launch::async, [&] {
    RawSocket socket = RawSocket::connect_to(port_.listening.port);
    socket.write("POST /as2 HTTP/1.1\r\nHost: x\r\nContent-Length: " + std::to_string((std::size_t{16} << 20) + 1) +
                 "\r\n\r\n");
    return socket.read_until("\r\n");
  });
  EXPECT_THAT(finish(std::move(answer)), HasSubstr("413"));
}

TEST_F(As2Door, AsItClosesWhoeverStandsThereIsTold) {
  (void)receive();
  auto answer = std::async(std::launch::async, [&] { return partner_.post(message(customs())); });
  ASSERT_TRUE(eventually([&] {
    const auto records = receive();
    return records && !records->empty();
  }));
  finish(boost::asio::co_spawn(io_, channel().close_door(std::chrono::milliseconds(100)), boost::asio::use_future));
  EXPECT_EQ(answer.get().response.status, 503U) << "a whole answer";
}

TEST_F(As2Door, AnAddressInUseAndAMissingCertificateAreSaidUntilTheyAreMended) {
  partner_.go_away();
  const auto taken = receive();
  ASSERT_FALSE(taken);
  EXPECT_EQ(taken.faults().front().code, "as2.listen");
  EXPECT_THAT(channel().health().detail, HasSubstr(std::to_string(port_.listening.port)));
  partner_.come_back();
  EXPECT_TRUE(receive());
  EXPECT_TRUE(channel().health().reachable);
  port_.listening.certificate = "/absent/tls.cert.pem";
  port_.listening.key = "/absent/tls.key.pem";
  restart();
  const auto absent = receive();
  ASSERT_FALSE(absent);
  EXPECT_THAT(absent.faults().front().en, HasSubstr("/absent/tls.cert.pem"));
}

}  // namespace
}  // namespace tests
