#include "gateway/keys/dialects.h"

#include <map>
#include <string_view>

namespace gateway::keys {

namespace {

template <class Value>
using Words = std::map<std::string_view, Value>;

const Words<signing::SignatureAlgorithm> signatures{{"sm2-sm3", signing::SignatureAlgorithm::sm2_sm3},
                                                    {"rsa-sha1", signing::SignatureAlgorithm::rsa_sha1},
                                                    {"rsa-sha256", signing::SignatureAlgorithm::rsa_sha256}};
const Words<signing::DigestAlgorithm> digests{{"sm3", signing::DigestAlgorithm::sm3},
                                              {"sha1", signing::DigestAlgorithm::sha1},
                                              {"sha256", signing::DigestAlgorithm::sha256}};
const Words<signing::ValueForm> value_forms{{"raw", signing::ValueForm::raw}, {"der", signing::ValueForm::der}};
const Words<signing::KeyNameForm> key_names{{"serial-lower", signing::KeyNameForm::serial_lower},
                                            {"serial-upper", signing::KeyNameForm::serial_upper},
                                            {"absent", signing::KeyNameForm::absent}};

// The settings have been checked: a word is one of the list, or empty.
template <class Value>
void take(const Words<Value>& words, const std::string& word, Value& into) {
  if (const auto found = words.find(word); found != words.end()) into = found->second;
}

signing::Dialect dialect_of(const config::Dialect& given) {
  signing::Dialect dialect = *signing::find_dialect(signing::standard_dialects(), given.like);
  dialect.name = given.name;
  if (given.signature_method) dialect.signature_method = *given.signature_method;
  if (given.digest_method) dialect.digest_method = *given.digest_method;
  take(signatures, given.signature, dialect.signature);
  take(digests, given.digest, dialect.digest);
  take(value_forms, given.value, dialect.value_form);
  take(key_names, given.key_name, dialect.key_name);
  if (given.namespaces) {
    dialect.root_namespaces.clear();
    for (const auto& [prefix, uri] : *given.namespaces) dialect.root_namespaces.push_back({prefix, uri});
  }
  if (!given.place.empty()) dialect.place = given.place;
  return dialect;
}

base::Fault unusable(std::string zh, std::string en) {
  return {.code = "signing.dialect", .path = {}, .zh = std::move(zh), .en = std::move(en), .source = {}};
}

}  // namespace

std::vector<signing::Dialect> dialects_of(const config::Settings& settings) {
  const auto standard = signing::standard_dialects();
  std::vector<signing::Dialect> all(standard.begin(), standard.end());
  for (const auto& own : settings.dialects) all.push_back(dialect_of(own));
  return all;
}

std::string dialect_name(const config::Enterprise& enterprise, const config::Port& port) {
  return enterprise.dialect.empty() ? port.dialect : enterprise.dialect;
}

base::Result<signing::Dialect> dialect_named(const std::vector<signing::Dialect>& known, const std::string& name) {
  if (const signing::Dialect* found = signing::find_dialect(known, name)) return *found;
  std::string names;
  for (const auto& one : known) names += (names.empty() ? "" : ", ") + one.name;
  return unusable("没有名为 " + name + " 的签名方式；可用：" + names,
                  "there is no signature dialect called " + name + "; known: " + names);
}

base::Result<signing::Dialect> find_dialect(const std::vector<signing::Dialect>& known, const std::string& name,
                                            signing::KeyKind kind) {
  if (name.empty()) return signing::default_dialect(kind);
  auto found = dialect_named(known, name);
  if (found && signing::key_kind(found->signature) != kind) {
    const std::string has = kind == signing::KeyKind::sm2 ? "SM2" : "RSA";
    return unusable("签名方式 " + name + " 与 " + has + " 密钥不符；请更换签名方式或密钥",
                    "the dialect " + name + " does not fit an " + has + " key; choose another dialect or key");
  }
  return found;
}

}  // namespace gateway::keys
