// How a port wants its XML signatures: algorithms, their URIs, and the form of what stands in the element. Plain data;
// a site may define its own beside the standard ones (ADR 0015).
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace signing {

enum class KeyKind { sm2, rsa };
enum class SignatureAlgorithm { sm2_sm3, rsa_sha1, rsa_sha256 };
enum class DigestAlgorithm { sm3, sha1, sha256 };
enum class ValueForm { raw, der };  // of an SM2 value: r and s, 64 bytes; or the SEQUENCE of both
// What KeyName carries: the certificate's serial number as `openssl x509 -serial` prints it, in either case, or nothing
// (no KeyName element).
enum class KeyNameForm { serial_lower, serial_upper, absent };

struct NamespaceDeclaration {
  std::string prefix, uri;
};

struct Dialect {
  std::string name;
  std::string signature_method, digest_method;  // URIs
  SignatureAlgorithm signature = SignatureAlgorithm::sm2_sm3;
  DigestAlgorithm digest = DigestAlgorithm::sm3;
  ValueForm value_form = ValueForm::raw;
  KeyNameForm key_name = KeyNameForm::serial_lower;
  std::vector<NamespaceDeclaration> root_namespaces{};  // that the root must declare; missing ones are added
  // Among the root's children: "schema" (as the message type's schema wants it), "first", "last", or the name of the
  // child it stands before.
  std::string place = "schema";
};

KeyKind key_kind(SignatureAlgorithm algorithm);

// sm2-sm3, rsa-sha1, hainan-sm2 for messages; rsa-sha256 for envelopes.
std::span<const Dialect> standard_dialects();
const Dialect* find_dialect(std::span<const Dialect> dialects, std::string_view name);  // nothing for an unknown name
const Dialect& default_dialect(KeyKind kind);                                           // sm2-sm3, rsa-sha1

}  // namespace signing
