#include "codecs/as2/cms_compression.h"
#include "codecs/as2/cms_encryption.h"
#include "codecs/as2/layers.h"

namespace codecs::as2 {

namespace {

Entity cms_entity(const std::string& smime_type, const std::string& file_name, std::string der) {
  return {.headers = {{"Content-Type",
                       "application/pkcs7-mime; smime-type=" + smime_type + written_parameter("name", file_name)},
                      {"Content-Transfer-Encoding", "binary"},
                      {"Content-Disposition", "attachment" + written_parameter("filename", file_name)}},
          .body = std::move(der)};
}

}  // namespace

Entity compressed_entity(const std::string& text) { return cms_entity("compressed-data", "smime.p7z", compress(text)); }

base::Result<Entity> signed_entity(const std::string& text, const KeyPair& key, Digest digest) {
  const auto signature = sign_detached(text, key, digest);
  if (!signature) return signature.faults();
  const Entity signature_part{.headers = {{"Content-Type", "application/pkcs7-signature; name=smime.p7s"},
                                          {"Content-Transfer-Encoding", "base64"},
                                          {"Content-Disposition", "attachment; filename=smime.p7s"}},
                              .body = base64_lines(*signature)};
  Multipart multipart = write_multipart({text, signature_part.text()});
  return Entity{
      .headers = {{"Content-Type", "multipart/signed; protocol=\"application/pkcs7-signature\"; micalg=" +
                                       digest_name(digest) + written_parameter("boundary", multipart.boundary)}},
      .body = std::move(multipart.body)};
}

base::Result<Entity> encrypted_entity(const std::string& text, const signing::Certificate& recipient, Cipher cipher) {
  auto enveloped = encrypt(text, recipient, cipher);
  if (!enveloped) return enveloped.faults();
  return cms_entity("enveloped-data", "smime.p7m", *std::move(enveloped));
}

}  // namespace codecs::as2
