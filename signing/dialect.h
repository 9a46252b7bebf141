// How a port wants its XML signatures: the algorithm URIs and the kind of key. Plain data.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace signing {

enum class KeyKind { sm2, rsa };

struct Dialect {
  std::string name;  // "sm2-sm3", "rsa-sha1", "hainan-sm2"
  std::string signature_method, digest_method;
  KeyKind key_kind;
};

std::span<const Dialect> dialects();
const Dialect* find_dialect(std::string_view name);  // nothing for an unknown name
const Dialect& default_dialect(KeyKind kind);        // sm2-sm3, rsa-sha1

}  // namespace signing
