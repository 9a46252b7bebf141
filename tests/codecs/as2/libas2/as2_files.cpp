// AS2 messages and receipts in files, for programs that share no code of ours: the shop sends, customs receives.
//
//   as2_files keys DIR                          shop.{key,cert}.pem and customs.{key,cert}.pem
//   as2_files make DIR PAYLOAD PROTECTION OUT   PROTECTION: digest,cipher, "none" for neither; prints its MIC
//   as2_files open DIR MESSAGE PAYLOAD MDN      writes what is inside and the receipt; prints its MIC
//   as2_files check DIR MDN MIC                 prints "good", or the faults
#include <filesystem>
#include <iostream>
#include <map>
#include <stdexcept>

#include "codecs/as2/mdn.h"
#include "codecs/as2/message.h"
#include "codecs/as2/mime.h"
#include "tests/codecs/as2/partners.h"
#include "tests/support/paths.h"

namespace {

namespace as2 = codecs::as2;
namespace fs = std::filesystem;
using tests::must;

constexpr const char* message_id = "<cebgate-1@shop.example>";

// Under names that libas2 writes without quotes.
as2::Agreement renamed(as2::Agreement agreement, const std::string& own, const std::string& partner) {
  agreement.own_id = own;
  agreement.partner_id = partner;
  agreement.receipt.way = as2::ReceiptWay::in_response;
  return agreement;
}

as2::Agreement of_shop(const fs::path& keys) { return renamed(tests::As2Partners(keys).of_shop(), "shop", "customs"); }
as2::Agreement of_customs(const fs::path& keys) {
  return renamed(tests::As2Partners(keys).of_customs(), "customs", "shop");
}

as2::Protection protection(const std::string& written) {
  static const std::map<std::string, as2::Cipher> ciphers{{"none", as2::Cipher::none},
                                                          {"des-ede3-cbc", as2::Cipher::des_ede3_cbc},
                                                          {"aes128-cbc", as2::Cipher::aes128_cbc},
                                                          {"aes256-cbc", as2::Cipher::aes256_cbc}};
  const auto comma = written.find(',');
  return {as2::read_digest_name(written.substr(0, comma)), ciphers.at(as2::lower_case(written.substr(comma + 1))),
          as2::Compression::none};
}

std::string file_of(const as2::Headers& headers, const std::string& body) { return as2::Entity{headers, body}.text(); }

as2::Entity entity_in(const fs::path& file) { return must(as2::read_entity(tests::read_file(file))); }

void make(const fs::path& folder, const std::string& payload, const std::string& protections, const std::string& out) {
  auto shop = of_shop(folder);
  shop.outgoing = protection(protections);
  const auto message =
      must(as2::make_message({tests::read_file(payload), "application/xml", "order.xml"}, message_id, shop));
  tests::write_file(out, file_of(message.headers, message.body));
  std::cout << as2::written_mic(message.mic) << "\n";
}

void open(const fs::path& folder, const std::string& message, const std::string& payload, const std::string& mdn) {
  const auto customs = of_customs(folder);
  const auto arrived = entity_in(message);
  const auto received = must(as2::open_message(arrived.headers, arrived.body, customs));
  tests::write_file(payload, received.payload.bytes);
  const auto receipt = must(as2::make_mdn({received.head.message_id, {}, received.mic, {}}, "<mdn-1@customs.example>",
                                          received.receipt, customs));
  tests::write_file(mdn, file_of(receipt.headers, receipt.body));
  std::cout << as2::written_mic(received.mic) << "\n";
}

void check(const fs::path& folder, const std::string& mdn, const std::string& mic) {
  const auto shop = of_shop(folder);
  const auto arrived = entity_in(mdn);
  const auto received = must(as2::read_mdn(arrived.headers, arrived.body, shop));
  const auto faults = as2::check_mdn(received, {message_id, as2::read_mic(mic).value()}, shop.receipt);
  for (const base::Fault& fault : faults) std::cout << fault.code << ": " << fault.en << "\n";
  if (faults.empty()) std::cout << "good\n";
}

void run(const std::vector<std::string>& words) {
  const std::string& verb = words.at(0);
  const fs::path folder = words.at(1);
  if (verb == "keys") return static_cast<void>(tests::As2Partners(folder));
  if (verb == "make") return make(folder, words.at(2), words.at(3), words.at(4));
  if (verb == "open") return open(folder, words.at(2), words.at(3), words.at(4));
  if (verb == "check") return check(folder, words.at(2), words.at(3));
  throw std::runtime_error("no such verb: " + verb);
}

}  // namespace

int main(int count, char** words) {
  try {
    run({words + 1, words + count});
    return 0;
  } catch (const std::exception& error) {
    std::cerr << error.what() << "\n";
    return 1;
  }
}
