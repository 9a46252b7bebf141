// Two partners with RSA keys made once for each test program, and what they have agreed on, seen from either side.
// Throws if something cannot be made.
#pragma once

#include <filesystem>
#include <string>

#include "codecs/as2/agreement.h"
#include "codecs/as2/mdn.h"
#include "codecs/as2/message.h"
#include "tests/support/test_keys.h"

namespace tests {

struct As2Party {
  std::string id;
  std::filesystem::path key_file, certificate_file;
  codecs::as2::KeyPair keys;
};

class As2Partners {
 public:
  static const As2Partners& shared();

  As2Party shop, customs, stranger;

  // What the shop has agreed on with customs, and the reverse: plain both ways, no receipts.
  codecs::as2::Agreement of_shop() const;
  codecs::as2::Agreement of_customs() const;

 private:
  As2Partners();
};

// Signed with SHA-256, encrypted with AES-256, receipts signed, in both directions.
codecs::as2::Agreement protected_both_ways(codecs::as2::Agreement agreement);

codecs::as2::Payload as2_payload();
inline constexpr const char* as2_message_id = "<cebgate-1@shop.example>";

// Throws with the first fault's words.
codecs::as2::OutgoingMessage made(const codecs::as2::Payload& payload, const codecs::as2::Agreement& agreement);
codecs::as2::ReceivedMessage opened(const codecs::as2::OutgoingMessage& message,
                                    const codecs::as2::Agreement& agreement);

void set_field(codecs::as2::Headers& headers, const std::string& name, const std::string& value);
void drop_field(codecs::as2::Headers& headers, const std::string& name);
std::string field(const codecs::as2::Headers& headers, const std::string& name);  // "" where it is not there

// The codes one after the other, a space between; checks that each fault has words in both languages.
std::string codes(const base::Faults& faults);

template <class T>
std::string codes(const base::Result<T>& result) {
  return result ? std::string("no fault") : codes(result.faults());
}

}  // namespace tests
