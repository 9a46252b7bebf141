// The Message Integrity Check by which an MDN proves what arrived (RFC 4130 §7.4.3), and the digests that AS2 names.
// Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace codecs::as2 {

enum class Digest { sha1, sha256, sha384, sha512 };  // the weakest first

std::string digest_name(Digest digest);  // sha1, as RFC 4130 has it; sha-256 …, as RFC 5751 has it
std::optional<Digest> read_digest_name(std::string_view name);  // either spelling, any case

struct Mic {
  Digest digest;
  std::string value;  // bytes

  bool operator==(const Mic&) const = default;
};

Mic mic_of(Digest digest, std::string_view bytes);
std::string written_mic(const Mic& mic);  // `Base64, sha-256`
std::optional<Mic> read_mic(std::string_view written);

}  // namespace codecs::as2
