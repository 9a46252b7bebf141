#include "codecs/as2/mic.h"

#include <algorithm>
#include <openssl/evp.h>
#include <stdexcept>

#include "base/base64.h"
#include "codecs/as2/digest_method.h"
#include "codecs/as2/header_fields.h"

namespace codecs::as2 {

const EVP_MD* digest_method(Digest digest) {
  switch (digest) {
    case Digest::sha1:
      return EVP_sha1();
    case Digest::sha256:
      return EVP_sha256();
    case Digest::sha384:
      return EVP_sha384();
    case Digest::sha512:
      return EVP_sha512();
  }
  throw std::logic_error("a digest that AS2 does not name");
}

std::string digest_name(Digest digest) {
  switch (digest) {
    case Digest::sha1:
      return "sha1";
    case Digest::sha256:
      return "sha-256";
    case Digest::sha384:
      return "sha-384";
    case Digest::sha512:
      return "sha-512";
  }
  throw std::logic_error("a digest that AS2 does not name");
}

std::optional<Digest> read_digest_name(std::string_view name) {
  const auto without_dashes = [](std::string text) {
    std::erase(text, '-');
    return text;
  };
  const std::string plain = without_dashes(lower_case(trimmed(name)));
  for (const Digest digest : {Digest::sha1, Digest::sha256, Digest::sha384, Digest::sha512}) {
    if (plain == without_dashes(digest_name(digest))) return digest;
  }
  return std::nullopt;
}

Mic mic_of(Digest digest, std::string_view bytes) {
  Mic made{digest, std::string(EVP_MAX_MD_SIZE, '\0')};
  unsigned size = 0;
  if (EVP_Digest(bytes.data(), bytes.size(), reinterpret_cast<unsigned char*>(made.value.data()), &size,
                 digest_method(digest), nullptr) != 1) {
    throw std::runtime_error("OpenSSL has no " + digest_name(digest));
  }
  made.value.resize(size);
  return made;
}

std::string written_mic(const Mic& mic) { return base::base64(mic.value) + ", " + digest_name(mic.digest); }

std::optional<Mic> read_mic(std::string_view written) {
  const auto comma = written.find(',');
  if (comma == std::string_view::npos) return std::nullopt;
  const auto digest = read_digest_name(written.substr(comma + 1));
  auto value = base::read_base64(written.substr(0, comma));
  if (!digest || !value || value->size() != static_cast<std::size_t>(EVP_MD_get_size(digest_method(*digest)))) {
    return std::nullopt;
  }
  return Mic{*digest, *std::move(value)};
}

}  // namespace codecs::as2
