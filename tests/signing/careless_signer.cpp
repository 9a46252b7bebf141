#include "tests/signing/careless_signer.h"

#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <stdexcept>

#include "base/base64.h"
#include "signing/digest.h"
#include "signing/signature_text.h"
#include "signing/signature_value.h"
#include "tests/signing/messages.h"

namespace tests {

namespace {

void signed_sure(bool done, const char* what) {
  if (!done) throw std::runtime_error(std::string("careless signer: ") + what);
}

std::string changed(const Change& change, const std::string& text) { return change ? change(text) : text; }

signing::Handle<EVP_PKEY> private_key(const std::filesystem::path& file) {
  const signing::Handle<BIO> bio(BIO_new_file(file.c_str(), "rb"));
  signing::Handle<EVP_PKEY> key(PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr));
  signed_sure(key != nullptr, "no key");
  return key;
}

std::string raw_value(EVP_PKEY* key, const EVP_MD* algorithm, const std::string& digest) {
  const signing::Handle<EVP_PKEY_CTX> context(EVP_PKEY_CTX_new(key, nullptr));
  signed_sure(EVP_PKEY_sign_init(context.get()) == 1, "sign init");
  if (algorithm != nullptr) signed_sure(EVP_PKEY_CTX_set_signature_md(context.get(), algorithm) == 1, "digest");
  std::string value(512, '\0');
  std::size_t size = value.size();
  signed_sure(EVP_PKEY_sign(context.get(), reinterpret_cast<unsigned char*>(value.data()), &size,
                            signing::octets(digest), digest.size()) == 1,
              "sign");
  value.resize(size);
  return value;
}

std::string right_value(EVP_PKEY* key, const signing::Dialect& dialect, const std::string& text) {
  if (key_kind(dialect.signature) == signing::KeyKind::sm2) {
    return sm2_value(key, signing::sm2_digest(key, text, signing::customs_user_id));
  }
  const auto algorithm = dialect.signature == signing::SignatureAlgorithm::rsa_sha1 ? signing::DigestAlgorithm::sha1
                                                                                    : signing::DigestAlgorithm::sha256;
  return rsa_value(key, signing::message_digest(dialect.signature), signing::digest_of(algorithm, text));
}

// As it stands in the message declared by the root's namespaces and its own.
std::string canonical_signed_info(const std::string& written, const std::string& root_declarations) {
  std::string declarations = root_declarations;
  const std::string ds = " xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"";
  const auto xsi = declarations.find(" xmlns:xs");
  declarations.insert(std::min(xsi, declarations.size()), ds);
  return replaced(written, "<ds:SignedInfo>", "<ds:SignedInfo" + declarations + ">");
}

}  // namespace

std::string sm2_value(EVP_PKEY* key, const std::string& e) {
  return *signing::sm2_value_of_der(raw_value(key, nullptr, e));
}

std::string rsa_value(EVP_PKEY* key, const EVP_MD* algorithm, const std::string& digest) {
  return raw_value(key, algorithm, digest);
}

std::string rsa_value_without_digest_info(EVP_PKEY* key, const std::string& digest) {
  return raw_value(key, nullptr, digest);
}

std::string hexadecimal(const std::string& bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  for (const unsigned char byte : bytes) text.append({digits[byte >> 4], digits[byte & 15]});
  return text;
}

std::string sign_carelessly(const std::string& text, const signing::Dialect& dialect, const Carelessness& how) {
  const auto& ours = Identities::shared();
  const auto& identity = key_kind(dialect.signature) == signing::KeyKind::sm2 ? ours.sm2 : ours.rsa;
  const auto key = private_key(identity.key);

  const auto root = text.find("<ceb:");
  const std::string canonical = text.substr(root, text.rfind('>') + 1 - root);
  const std::string bytes = changed(how.digested, canonical);
  const std::string digest = how.digest ? how.digest(bytes) : signing::digest_of(dialect.digest, bytes);
  std::string written = signed_info_text(dialect, digest);
  if (how.written_digest) written = replaced(written, base::base64(digest), how.written_digest(digest));
  written = changed(how.signed_info, written);

  const auto attributes = canonical.find(' ');
  const std::string declarations = canonical.substr(attributes, canonical.find(" guid") - attributes);
  const std::string signed_text = changed(how.signed_text, canonical_signed_info(written, declarations));
  const std::string value =
      how.value ? how.value(key.get(), signed_text) : right_value(key.get(), dialect, signed_text);

  std::string signature = signature_text(dialect, Identities::open(identity)->certificate(), written, value);
  if (how.written_value) {
    const std::string usual = base::base64(dialect.value_form == signing::ValueForm::der &&
                                                   key_kind(dialect.signature) == signing::KeyKind::sm2
                                               ? signing::der_of_sm2_value(value)
                                               : value);
    signature = replaced(signature, usual, how.written_value(value));
  }
  std::string made = changed(how.unsigned_text, text);
  return made.insert(made.rfind("</ceb:CEB311Message>"), signature);
}

std::string sign_carelessly(const std::string& text, const std::string& dialect, const Carelessness& how) {
  return sign_carelessly(text, *signing::find_dialect(signing::standard_dialects(), dialect), how);
}

}  // namespace tests
