// Makes what the fuzz target of AS2 starts from: fuzz_as2_seeds FOLDER. Keys of two partners (*.pem), and messages and
// receipts between them (*.seed) behind a letter that says which of both it is.
#include <cstdio>
#include <filesystem>

#include "codecs/as2/mdn.h"
#include "codecs/as2/message.h"
#include "codecs/as2/mime.h"
#include "tests/codecs/as2/partners.h"
#include "tests/support/paths.h"

namespace {

namespace as2 = codecs::as2;
using tests::must;

constexpr const char* message_id = "<cebgate-1@shop.example>";

std::vector<std::pair<std::string, as2::Protection>> protections() {
  using as2::Cipher;
  using as2::Compression;
  using as2::Digest;
  return {{"bare", {}},
          {"signed", {Digest::sha256, Cipher::none, Compression::none}},
          {"signed-compressed", {Digest::sha1, Cipher::none, Compression::zlib}},
          {"compressed", {{}, Cipher::none, Compression::zlib}},
          {"encrypted", {{}, Cipher::aes128_cbc, Compression::none}},
          {"all", {Digest::sha256, Cipher::des_ede3_cbc, Compression::zlib}}};
}

void make(const std::filesystem::path& folder) {
  const tests::As2Partners partners(folder);
  auto shop = partners.of_shop();
  shop.receipt = {as2::ReceiptWay::to_url, "https://shop.example/mdn", as2::Digest::sha256};
  for (const auto& [name, protection] : protections()) {
    shop.outgoing = protection;
    const auto message = must(as2::make_message({"<DxpMsg/>", "application/xml", "订.xml"}, message_id, shop));
    tests::write_file(folder / (name + ".seed"), "m" + as2::Entity{message.headers, message.body}.text());
  }
  for (const auto signed_with : {std::optional<as2::Digest>(), std::optional(as2::Digest::sha256)}) {
    const as2::ReceiptRequest request{as2::ReceiptWay::in_response, {}, signed_with};
    const as2::MdnContent content{message_id, {}, as2::mic_of(as2::Digest::sha256, "sent"), {}};
    const auto mdn = must(as2::make_mdn(content, "<mdn-1@customs.example>", request, partners.of_customs()));
    tests::write_file(folder / (signed_with ? "signed-mdn.seed" : "mdn.seed"),
                      "r" + as2::Entity{mdn.headers, mdn.body}.text());
  }
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) {
    std::fprintf(stderr, "usage: fuzz_as2_seeds FOLDER\n");
    return 2;
  }
  std::filesystem::create_directories(arguments[1]);
  make(arguments[1]);
  return 0;
}
