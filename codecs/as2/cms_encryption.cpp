#include "codecs/as2/cms_encryption.h"

#include <openssl/err.h>
#include <stdexcept>

#include "codecs/as2/faults.h"
#include "codecs/as2/private_key.h"

namespace codecs::as2 {

namespace {

const EVP_CIPHER* cipher_method(Cipher cipher) {
  switch (cipher) {
    case Cipher::none:
      break;
    case Cipher::des_ede3_cbc:
      return EVP_des_ede3_cbc();
    case Cipher::aes128_cbc:
      return EVP_aes_128_cbc();
    case Cipher::aes256_cbc:
      return EVP_aes_256_cbc();
  }
  throw std::logic_error("no cipher to encrypt with");
}

bool is_for(CMS_ContentInfo* enveloped, X509* certificate) {
  STACK_OF(CMS_RecipientInfo)* recipients = CMS_get0_RecipientInfos(enveloped);
  for (int i = 0; recipients != nullptr && i < sk_CMS_RecipientInfo_num(recipients); ++i) {
    CMS_RecipientInfo* recipient = sk_CMS_RecipientInfo_value(recipients, i);
    if (CMS_RecipientInfo_type(recipient) == CMS_RECIPINFO_TRANS &&
        CMS_RecipientInfo_ktri_cert_cmp(recipient, certificate) == 0) {
      return true;
    }
  }
  return false;
}

base::Fault wrong_recipient(const std::string& serial) {
  return fault("as2.recipient",
               "内容不是用我方证书（序列号 " + serial + "）加密的，无法解密；请发送方使用约定的加密证书",
               "the content is not encrypted for our certificate (serial " + serial +
                   "); the sender has to use the certificate agreed on",
               "RFC 5652 §6.2");
}

}  // namespace

base::Fault cannot_decrypt() {
  return fault("as2.decryption", "内容无法解密，可能已损坏；请发送方重新发送，并检查所用的加密证书",
               "the content cannot be decrypted, it may be damaged; the sender has to send it again and to look at the "
               "certificate that it encrypts for",
               "RFC 5652 §6");
}

base::Result<std::string> encrypt(std::string_view content, const signing::Certificate& recipient, Cipher cipher) {
  const auto reader = reader_of(content);
  const Cms cms(CMS_encrypt(only(x509_of(recipient)).get(), reader.get(), cipher_method(cipher), CMS_BINARY));
  ERR_clear_error();
  if (cms) return der_of(cms.get());
  return fault("as2.encrypt", "用伙伴的证书（序列号 " + recipient.serial + "）加密失败；请检查该证书",
               "encrypting for the partner's certificate (serial " + recipient.serial + ") failed; check it");
}

base::Result<std::string> decrypt(CMS_ContentInfo* enveloped, const KeyPair& key) {
  X509* certificate = x509_of(key.certificate());
  if (!is_for(enveloped, certificate)) return wrong_recipient(key.certificate().serial);
  const auto content = new_writer();
  // With a certificate OpenSSL goes on with a random key where the wrapped one cannot be opened, so that no answer
  // tells why it failed.
  const bool done = CMS_decrypt(enveloped, key_of(key), certificate, nullptr, content.get(), CMS_BINARY) == 1;
  ERR_clear_error();
  if (!done) return cannot_decrypt();
  return written_in(content.get());
}

}  // namespace codecs::as2
