// Two partners with RSA keys, a stranger, and what the two have agreed on, seen from either side. Throws if something
// cannot be made.
#pragma once

#include <filesystem>
#include <string>

#include "base/result.h"
#include "codecs/as2/agreement.h"

namespace tests {

struct As2Party {
  std::string id;
  std::filesystem::path key_file, certificate_file;
  codecs::as2::KeyPair keys;
};

struct As2Partners {
  // Of shop.key.pem, shop.cert.pem and so on in the folder, which are made where they are not there.
  explicit As2Partners(const std::filesystem::path& folder);

  static const As2Partners& shared();  // made once for each program

  // What the shop has agreed on with customs, and the reverse: plain both ways, no receipts.
  codecs::as2::Agreement of_shop() const;
  codecs::as2::Agreement of_customs() const;

  As2Party shop, customs, stranger;
};

// Throws with the words of every fault.
[[noreturn]] void fail_with(const base::Faults& faults);

template <class T>
T must(base::Result<T> result) {
  if (!result) fail_with(result.faults());
  return *std::move(result);
}

}  // namespace tests
