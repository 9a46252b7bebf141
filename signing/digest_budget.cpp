#include "signing/digest_budget.h"

#include <algorithm>

#include "signing/digest.h"

namespace signing {

namespace {

constexpr std::size_t most_passes = 8;
constexpr std::size_t always_allowed_bytes = std::size_t{64} << 20;

}  // namespace

DigestBudget::DigestBudget(std::size_t document_bytes)
    : document_bytes_(document_bytes), limit_(std::max(most_passes * document_bytes, always_allowed_bytes)) {}

std::string DigestBudget::digest(DigestAlgorithm algorithm, std::initializer_list<std::string_view> pieces) {
  std::size_t size = 0;
  for (const auto piece : pieces) size += piece.size();
  if (digested_bytes_ + size > limit_) return {};
  digested_bytes_ += size;
  return digest_of(algorithm, pieces);
}

}  // namespace signing
