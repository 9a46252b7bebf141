// Thousands of damaged messages and receipts: each is read or is a fault with words; none brings the program down, and
// none passes for signed with other content.
#include <gtest/gtest.h>
#include <random>

#include "codecs/as2/disposition.h"
#include "codecs/as2/mdn.h"
#include "codecs/as2/message.h"
#include "tests/codecs/as2/messages.h"

namespace codecs::as2 {
namespace {

constexpr int rounds = 1500;

class Damage {
 public:
  explicit Damage(unsigned seed) : random_(seed) {}

  std::size_t below(std::size_t count) { return std::uniform_int_distribution<std::size_t>(0, count - 1)(random_); }

  void strike(std::string& bytes) {
    if (bytes.empty()) return bytes.push_back(static_cast<char>(below(256)));
    const std::size_t at = below(bytes.size());
    switch (below(6)) {
      case 0:
        bytes[at] = static_cast<char>(below(256));
        break;
      case 1:
        bytes[at] = static_cast<char>(bytes[at] ^ (1 << below(8)));
        break;
      case 2:
        bytes.erase(at, 1 + below(40));
        break;
      case 3:
        bytes.insert(at, bytes.substr(below(bytes.size()), 1 + below(40)));
        break;
      case 4:
        bytes.resize(at);
        break;
      default:
        bytes.insert(at, pieces_[below(pieces_.size())]);
    }
  }

  // Body, one header's value or name, or a header less.
  void strike(Headers& headers, std::string& body) {
    HeaderField& one = headers[below(headers.size())];
    switch (below(6)) {
      case 0:
        return strike(one.value);
      case 1:
        return strike(one.name);
      case 2:
        return headers.push_back(one);
      default:
        return strike(body);
    }
  }

 private:
  std::mt19937 random_;
  const std::vector<std::string> pieces_{
      "\r\n",           "\n",     "--",   ": ",   "\"", ";", "\r\n\r\n", std::string(1, '\0'),
      "Content-Type: ", "base64", "\x30", "\x80", "=",  "%", "*",        std::string(70, 'A')};
};

void look_at(const base::Faults& faults) {
  EXPECT_FALSE(faults.empty());
  EXPECT_FALSE(tests::codes(faults).empty());
  EXPECT_TRUE(read_disposition(written_disposition(disposition_of(faults))));
}

std::vector<Protection> protections() {
  return {{},
          {Digest::sha256, Cipher::none, Compression::none},
          {Digest::sha1, Cipher::none, Compression::zlib},
          {{}, Cipher::aes128_cbc, Compression::none},
          {Digest::sha256, Cipher::aes256_cbc, Compression::zlib}};
}

TEST(Mutations, OfMessagesAreReadOrTold) {
  auto shop = tests::As2Partners::shared().of_shop();
  const auto customs = tests::As2Partners::shared().of_customs();
  shop.receipt = {ReceiptWay::to_url, "https://shop.example/mdn", Digest::sha256};
  Damage damage(20260131);
  for (const Protection& protection : protections()) {
    shop.outgoing = protection;
    const auto whole = tests::made(tests::as2_payload(), shop);
    int read = 0;
    for (int round = 0; round < rounds; ++round) {
      auto message = whole;
      for (std::size_t strikes = 1 + damage.below(3); strikes > 0; --strikes)
        damage.strike(message.headers, message.body);
      const auto received = open_message(message.headers, message.body, customs);
      if (!received) {
        look_at(received.faults());
        continue;
      }
      ++read;
      if (received->signer) {
        EXPECT_EQ(received->mic, whole.mic);
      }
    }
    EXPECT_GT(read, 0) << "some damage is harmless";
    EXPECT_LT(read, rounds) << "and some is not";
  }
}

TEST(Mutations, OfReceiptsAreReadOrTold) {
  auto shop = tests::As2Partners::shared().of_shop();
  const auto customs = tests::As2Partners::shared().of_customs();
  const SentMessage sent{tests::as2_message_id, mic_of(Digest::sha256, "what was sent")};
  const MdnContent content{tests::as2_message_id, {}, sent.mic, {}};
  Damage damage(20260201);
  for (const auto digest : {std::optional<Digest>(), std::optional(Digest::sha256)}) {
    const ReceiptRequest asked{ReceiptWay::in_response, {}, digest};
    const auto whole = make_mdn(content, "<mdn-1@customs.example>", asked, customs);
    ASSERT_TRUE(whole);
    for (int round = 0; round < rounds; ++round) {
      auto mdn = *whole;
      for (std::size_t strikes = 1 + damage.below(3); strikes > 0; --strikes) damage.strike(mdn.headers, mdn.body);
      const auto received = read_mdn(mdn.headers, mdn.body, shop);
      if (!received) {
        look_at(received.faults());
        continue;
      }
      const auto faults = check_mdn(*received, sent, asked);
      if (received->signer) {
        EXPECT_EQ(tests::codes(faults), "") << "what is signed is what was written";
      }
    }
  }
}

}  // namespace
}  // namespace codecs::as2
