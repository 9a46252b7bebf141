// The sections about signing: an enterprise's keys, a site's own dialects, what signatures are judged by.
#include <algorithm>
#include <array>

#include "config/sections.h"
#include "config/values.h"

namespace config {

namespace {

using Words = std::span<const std::string_view>;

constexpr std::array<std::string_view, 5> key_schemes{"file", "pkcs11", "ukey+ws", "skf", "sdf"};
constexpr std::array<std::string_view, 3> signatures{"sm2-sm3", "rsa-sha1", "rsa-sha256"};
constexpr std::array<std::string_view, 3> digest_words{"sm3", "sha1", "sha256"};
constexpr std::array<std::string_view, 2> value_forms{"raw", "der"};
constexpr std::array<std::string_view, 3> key_names{"serial-lower", "serial-upper", "absent"};
constexpr std::array<std::string_view, 2> sm2_inputs{"digest", "message"};

void read_word(TableReader& reader, std::string_view key, std::string& into, Words allowed) {
  const auto given = reader.text(key);
  if (!given) return;
  require_one_of(reader, key, *given, allowed);
  into = *given;
}

// A path may hold a colon only after a slash.
std::string scheme_of(const std::string& uri) {
  const auto colon = uri.find(':');
  return colon == std::string::npos || uri.find('/') < colon ? "file" : uri.substr(0, colon);
}

// The library of a vendor stands in the URI as a path, which starts at the settings' folder.
std::string with_absolute_library(const std::string& uri, const std::filesystem::path& folder) {
  const auto begin = uri.find(':') + 1, end = std::min(uri.find('?'), uri.size());
  const std::string library = uri.substr(begin, end - begin);
  return uri.substr(0, begin) + absolute(folder, library).string() + uri.substr(end);
}

std::string key_uri(TableReader& reader, const std::filesystem::path& folder) {
  const std::string given = reader.required_text("key");
  if (given.empty()) return given;
  const std::string scheme = scheme_of(given);
  if (std::ranges::find(key_schemes, scheme) == key_schemes.end()) {
    complain_value(reader, "key", scheme + ":…", "file:路径、pkcs11:…、ukey+ws://主机:端口、skf:库…、sdf:库…",
                   "file:PATH, pkcs11:…, ukey+ws://HOST:PORT, skf:LIBRARY…, sdf:LIBRARY…");
    return given;
  }
  if (scheme == "file") return "file:" + file_path(reader, "key", given, folder).string();
  return scheme == "skf" || scheme == "sdf" ? with_absolute_library(given, folder) : given;
}

// Tokens and PKCS#12 files hold the certificate with the key.
bool holds_its_certificate(const std::string& uri) {
  const std::string scheme = scheme_of(uri);
  return scheme == "pkcs11" || scheme == "ukey+ws" || scheme == "skf" || uri.ends_with(".p12") || uri.ends_with(".pfx");
}

void read_sm2_mechanism(TableReader& reader, SigningKey& key) {
  if (reader.has("sm2_mechanism")) {
    key.sm2_mechanism = 0;
    reader.number("sm2_mechanism", *key.sm2_mechanism, {0, 0xFFFFFFFF});
  }
  read_word(reader, "sm2_takes", key.sm2_takes, sm2_inputs);
}

SigningKey read_key(TableReader& reader, const std::filesystem::path& folder) {
  SigningKey key;
  key.uri = key_uri(reader, folder);
  if (const auto certificate = reader.text("certificate")) {
    key.certificate = file_path(reader, "certificate", *certificate, folder);
  } else if (!key.uri.empty() && !holds_its_certificate(key.uri)) {
    reader.required_text("certificate");
  }
  key.pin = reader.text("pin").value_or("");
  key.from = reader.time("from");
  reader.duration("timeout", key.timeout, {std::chrono::milliseconds{100}, std::chrono::minutes{5}});
  reader.number("parallel", key.parallel, {1, 64});
  read_sm2_mechanism(reader, key);
  return key;
}

}  // namespace

std::vector<SigningKey> read_keys(TableReader& reader, const std::filesystem::path& folder) {
  std::vector<SigningKey> keys;
  auto more = reader.tables("keys");
  if (reader.has("key") || more.empty()) keys.push_back(read_key(reader, folder));
  for (TableReader& one : more) {
    one.allow({"key", "certificate", "pin", "from", "timeout", "parallel", "sm2_mechanism", "sm2_takes"});
    keys.push_back(read_key(one, folder));
  }
  return keys;
}

Dialect read_dialect(TableReader& reader) {
  reader.allow({"name", "like", "signature_method", "digest_method", "signature", "digest", "value", "key_name",
                "namespaces", "place"});
  Dialect dialect;
  dialect.like = reader.required_text("like");
  dialect.name = reader.required_text("name");
  if (!dialect.like.empty()) require_one_of(reader, "like", dialect.like, standard_dialects);
  if (std::ranges::find(standard_dialects, dialect.name) != standard_dialects.end()) {
    reader.complain("name", "settings.duplicate", "“" + dialect.name + "” 是标准签名方式的名称，请换一个名称。",
                    "\"" + dialect.name + "\" is the name of a standard dialect; give another.");
  }
  dialect.signature_method = reader.text("signature_method");
  dialect.digest_method = reader.text("digest_method");
  read_word(reader, "signature", dialect.signature, signatures);
  read_word(reader, "digest", dialect.digest, digest_words);
  read_word(reader, "value", dialect.value, value_forms);
  read_word(reader, "key_name", dialect.key_name, key_names);
  if (reader.has("namespaces")) dialect.namespaces = reader.text_map("namespaces");
  dialect.place = reader.text("place").value_or("");
  return dialect;
}

Signatures read_signatures(TableReader reader, const std::filesystem::path& folder) {
  reader.allow({"trust", "crl"});
  Signatures read;
  for (const std::string& file : reader.texts("trust")) {
    read.trust.push_back(file_path(reader, "trust", file, folder));
  }
  for (const std::string& file : reader.texts("crl")) {
    read.crl.push_back(file_path(reader, "crl", file, folder));
  }
  return read;
}

}  // namespace config
