#include "gateway/accounts/secret_words.h"

#include <algorithm>
#include <stdexcept>
#include <sys/random.h>

#include "base/digest.h"

namespace gateway::accounts {

std::string random_bytes(std::size_t count) {
  std::string bytes(count, '\0');
  if (::getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) {
    throw std::runtime_error("the system gives no random bytes");
  }
  return bytes;
}

std::string new_secret_word() { return base::hex(random_bytes(secret_bytes)); }

bool is_secret_word(std::string_view text) {
  constexpr std::string_view digits = "0123456789abcdef";
  return text.size() == 2 * secret_bytes &&
         std::ranges::all_of(text, [&](char c) { return digits.find(c) != std::string_view::npos; });
}

}  // namespace gateway::accounts
