#include <algorithm>

#include "codecs/as2/cms_compression.h"
#include "codecs/as2/cms_encryption.h"
#include "codecs/as2/faults.h"
#include "codecs/as2/layers.h"

namespace codecs::as2 {

namespace {

bool is_cms_type(const std::string& type) {
  return type == "application/pkcs7-mime" || type == "application/x-pkcs7-mime";
}

bool is_signature_type(const std::string& type) {
  return type == "application/pkcs7-signature" || type == "application/x-pkcs7-signature";
}

base::Fault wrong_layer(const std::string& zh, const std::string& en) {
  return fault("as2.layers", "各层保护的次序不对：" + zh + "；允许压缩、签名、加密各一层，加密在最外层",
               "the layers are not in order: " + en +
                   "; compression, signature and encryption are allowed once each, encryption outermost",
               "RFC 4130 §2.4.2, RFC 5402");
}

base::Fault no_key() {
  return fault("as2.no_key", "报文已加密，而与该伙伴的约定中没有我方的解密密钥；请先配置",
               "the message is encrypted, and the agreement with the partner has no key of ours to decrypt with; "
               "configure one");
}

bool has_lone_line_feed(std::string_view text) {
  for (auto at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1)) {
    if (at == 0 || text[at - 1] != '\r') return true;
  }
  return false;
}

std::string with_crlf(std::string_view text) {
  std::string made;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\n' && (at == 0 || text[at - 1] != '\r')) made += '\r';
    made += text[at];
  }
  return made;
}

class Unwrapping {
 public:
  Unwrapping(Entity outer, const Agreement& agreement) : agreement_(agreement) { made_.innermost = std::move(outer); }

  base::Result<Unwrapped> run() && {
    for (;;) {
      const auto type = content_type_of(made_.innermost.headers);
      if (!type) return type.faults();
      const bool is_multipart = type->value == "multipart/signed";
      if (!is_multipart && !is_cms_type(type->value)) return std::move(made_);
      const auto done = is_multipart ? open_multipart(type->parameter("boundary")) : open_cms();
      if (!done) return done.faults();
    }
  }

 private:
  base::Done open_multipart(const std::string& boundary) {
    const auto parts = split_multipart(made_.innermost.body, boundary);
    if (!parts) return parts.faults();
    if (parts->size() != 2) {
      return broken_mime("multipart/signed 应恰好有两个部分", "a multipart/signed must have exactly two parts");
    }
    const auto signature = read_signature(parts->back());
    if (!signature) return signature.faults();
    return take_signature(verify_in_either_form(signature->cms.get(), parts->front()));
  }

  static base::Result<ReadCms> read_signature(std::string_view part) {
    const auto entity = read_entity(part);
    if (!entity) return entity.faults();
    const auto type = content_type_of(entity->headers);
    if (!type) return type.faults();
    const auto bytes = decoded_body(entity->headers, entity->body);
    if (!bytes) return bytes.faults();
    auto cms = read_cms(*bytes);
    if (!cms) return cms.faults();
    if (is_signature_type(type->value) && cms->kind == CmsKind::signed_data) return cms;
    return broken_mime("multipart/signed 的第二部分不是 application/pkcs7-signature",
                       "the second part of a multipart/signed is no application/pkcs7-signature");
  }

  // Who writes lines that end in LF has signed them with CRLF (RFC 5751 §3.1.1).
  base::Result<VerifiedSignature> verify_in_either_form(CMS_ContentInfo* signature, std::string_view content) const {
    auto verified = verify_detached(signature, content, agreement_.partner_signers);
    const bool other_form =
        !verified && verified.faults().front().code == "as2.integrity" && has_lone_line_feed(content);
    return other_form ? verify_detached(signature, with_crlf(content), agreement_.partner_signers) : verified;
  }

  base::Done open_cms() {
    const auto bytes = decoded_body(made_.innermost.headers, made_.innermost.body);
    if (!bytes) return bytes.faults();
    const auto cms = read_cms(*bytes);
    if (!cms) return cms.faults();
    switch (cms->kind) {
      case CmsKind::signed_data:
        return take_signature(verify_enclosed(cms->cms.get(), agreement_.partner_signers));
      case CmsKind::enveloped_data:
        return open_enveloped(cms->cms.get());
      case CmsKind::compressed_data:
        return open_compressed(cms->cms.get());
    }
    return base::Nothing{};
  }

  base::Done take_signature(base::Result<VerifiedSignature> verified) {
    if (made_.signature) return wrong_layer("签名了两次", "it is signed twice");
    if (!verified) return verified.faults();
    made_.signature = *std::move(verified);
    return go_on_with(made_.signature->content);
  }

  base::Done open_enveloped(CMS_ContentInfo* enveloped) {
    if (made_.encrypted || made_.signature || made_.compressed) {
      return wrong_layer("加密不在最外层", "the encryption is not outermost");
    }
    if (!agreement_.decryption_key) return no_key();
    auto text = decrypt(enveloped, *agreement_.decryption_key);
    if (!text) return text.faults();
    made_.encrypted = true;
    // What was decrypted with the wrong key now and then seems right; its sender hears the same in both cases.
    const auto done = go_on_with(*std::move(text));
    const bool is_entity = done && !made_.innermost.headers.empty();
    return is_entity ? done : cannot_decrypt();
  }

  base::Done open_compressed(CMS_ContentInfo* compressed) {
    if (made_.compressed) return wrong_layer("压缩了两次", "it is compressed twice");
    auto text = decompress(compressed, agreement_.limits.payload_bytes);
    if (!text) return text.faults();
    made_.compressed = true;
    return go_on_with(*std::move(text));
  }

  base::Done go_on_with(std::string text) {
    auto entity = read_entity(text);
    if (!entity) return entity.faults();
    made_.innermost = *std::move(entity);
    made_.innermost_text = std::move(text);
    return base::Nothing{};
  }

  const Agreement& agreement_;
  Unwrapped made_;
};

}  // namespace

base::Result<Unwrapped> unwrap(Entity outer, const Agreement& agreement) {
  return Unwrapping(std::move(outer), agreement).run();
}

}  // namespace codecs::as2
