// Any bytes as an AS2 message or, behind an 'r', as a receipt. Every fault has words and a disposition, nothing is read
// beyond the limits, and what passes for signed is what fuzz_as2_seeds signed.
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <set>
#include <string>
#include <string_view>

#include "codecs/as2/disposition.h"
#include "codecs/as2/mdn.h"
#include "codecs/as2/message.h"
#include "codecs/as2/mime.h"
#include "tests/codecs/as2/partners.h"
#include "tests/fuzz/require.h"
#include "tests/support/paths.h"

namespace {

namespace as2 = codecs::as2;
using tests::fuzz::require;

const std::filesystem::path folder = std::filesystem::path(CEBGATE_BINARY_DIR) / "as2";
constexpr as2::Limits limits{.message_bytes = 1 << 16, .payload_bytes = std::size_t{1} << 18};

as2::Agreement limited(as2::Agreement agreement) {
  agreement.limits = limits;
  return agreement;
}

// The two partners' sides, and the MICs of what was signed.
struct Ours {
  static const Ours& shared() {
    static const Ours loaded{tests::As2Partners(folder)};
    return loaded;
  }

  explicit Ours(const tests::As2Partners& partners)
      : shop(limited(partners.of_shop())), customs(limited(partners.of_customs())) {
    for (const auto& file : std::filesystem::directory_iterator(folder)) {
      if (file.path().extension() != ".seed") continue;
      const std::string seed = tests::read_file(file.path());
      const auto entity = tests::must(as2::read_entity(std::string_view(seed).substr(1)));
      if (seed.front() == 'r') continue;
      signed_mics.insert(as2::written_mic(tests::must(as2::open_message(entity.headers, entity.body, customs)).mic));
    }
    require(!signed_mics.empty(), "the seeds are in build/fuzz/as2 (tools/fuzz.sh makes them)");
  }

  as2::Agreement shop, customs;
  std::set<std::string> signed_mics;
};

void look_at(const base::Faults& faults) {
  require(!faults.empty(), "what is not read says why");
  for (const base::Fault& fault : faults) {
    require(!fault.code.empty() && !fault.zh.empty() && !fault.en.empty(), "a fault has a code and words");
  }
  const auto disposition = as2::disposition_of(faults);
  require(as2::read_disposition(as2::written_disposition(disposition)) == disposition, "the partner can be told");
}

void open(const as2::Entity& entity, const Ours& ours) {
  const auto message = as2::open_message(entity.headers, entity.body, ours.customs);
  if (!message) return look_at(message.faults());
  require(message->payload.bytes.size() <= limits.payload_bytes, "a payload keeps to its limit");
  require(message->payload.file_name.find_first_of("/\\") == std::string::npos, "a file name leads nowhere");
  require(!message->signer || ours.signed_mics.contains(as2::written_mic(message->mic)), "only what was signed passes");
}

void read_receipt(const as2::Entity& entity, const Ours& ours) {
  const auto mdn = as2::read_mdn(entity.headers, entity.body, ours.shop);
  if (!mdn) return look_at(mdn.faults());
  require(mdn->explanation.size() <= as2::most_explanation_bytes, "the words for people keep to their limit");
  const as2::SentMessage sent{"<cebgate-1@shop.example>", as2::mic_of(as2::Digest::sha256, "sent")};
  const auto faults = as2::check_mdn(*mdn, sent, {as2::ReceiptWay::in_response, {}, as2::Digest::sha256});
  require(mdn->signer.has_value() || !faults.empty(), "no unsigned receipt is good");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Ours& ours = Ours::shared();
  std::string_view text(reinterpret_cast<const char*>(data), size);
  if (text.empty()) return 0;
  const auto entity = as2::read_entity(text.substr(1));
  if (!entity) {
    look_at(entity.faults());
  } else if (text.front() == 'r') {
    read_receipt(*entity, ours);
  } else {
    open(*entity, ours);
  }
  return 0;
}
