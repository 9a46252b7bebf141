// Digests of one document in many variants, as long as the bytes stay within a small multiple of the document: 8 times
// its length, or 64 MiB where that is more. One thread.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "signing/dialect.h"

namespace signing {

class DigestBudget {
 public:
  explicit DigestBudget(std::size_t document_bytes);

  // Empty once the budget is spent.
  std::string digest(DigestAlgorithm algorithm, std::initializer_list<std::string_view> pieces);
  bool is_spent() const { return digested_bytes_ + document_bytes_ > limit_; }
  std::size_t digested_bytes() const { return digested_bytes_; }

 private:
  std::size_t document_bytes_, limit_, digested_bytes_ = 0;
};

}  // namespace signing
