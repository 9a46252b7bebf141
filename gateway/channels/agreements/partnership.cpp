#include "gateway/channels/agreements/partnership.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "base/file_care.h"
#include "config/secret_reading.h"
#include "config/settings.h"
#include "signing/certificate_file.h"

namespace gateway::channels::agreements {

using codecs::as2::Agreement;
using codecs::as2::Cipher;
using codecs::as2::Compression;
using codecs::as2::Digest;
using codecs::as2::KeyPair;
using signing::Certificate;

namespace {

constexpr std::string_view place = "{dxp_id}";

void gather(base::Faults& all, base::Faults more, const std::filesystem::path& file) {
  for (base::Fault& fault : more) {
    if (fault.path.empty()) fault.path = file.string();
    all.push_back(std::move(fault));
  }
}

std::optional<Digest> digest_of(config::SignatureDigest digest) {
  switch (digest) {
    case config::SignatureDigest::none:
      return std::nullopt;
    case config::SignatureDigest::sha1:
      return Digest::sha1;
    case config::SignatureDigest::sha256:
      break;
  }
  return Digest::sha256;
}

Cipher cipher_of(config::Encryption encryption) {
  switch (encryption) {
    case config::Encryption::none:
      return Cipher::none;
    case config::Encryption::des3:
      return Cipher::des_ede3_cbc;
    case config::Encryption::aes128:
      return Cipher::aes128_cbc;
    case config::Encryption::aes256:
      break;
  }
  return Cipher::aes256_cbc;
}

// Of incoming ones any cipher will do, and the digest of ours or a stronger one.
void set_protection(const config::Agreement& settings, Agreement& agreement) {
  const Digest weakest = digest_of(settings.sign).value_or(Digest::sha1);
  agreement.outgoing.signature = digest_of(settings.sign);
  agreement.outgoing.cipher = cipher_of(settings.encrypt);
  agreement.outgoing.compression =
      settings.compress == config::Compressing::yes ? Compression::zlib : Compression::none;
  if (settings.incoming.is_signed) agreement.incoming.signature = weakest;
  if (settings.incoming.is_encrypted) agreement.incoming.cipher = Cipher::aes256_cbc;
  if (settings.incoming.is_compressed) agreement.incoming.compression = Compression::zlib;
  agreement.receipt.return_url = settings.receipt_url;
  if (settings.receipt == config::ReceiptForm::signed_) agreement.receipt.signed_with = weakest;
}

void open_own_key(const config::Agreement& settings, Agreement& agreement, base::Faults& faults) {
  if (settings.key.empty()) return;
  if (const auto command = base::command_to_protect(settings.key)) {
    const std::string file = settings.key.string();
    return gather(faults,
                  {{.code = "key.care",
                    .path = {},
                    .zh = "私钥文件 " + file + " 可被其他用户读取；请执行：" + *command,
                    .en = "the key file " + file + " can be read by others; run: " + *command,
                    .source = {}}},
                  settings.key);
  }
  base::Secret pin;
  if (!settings.pin.empty()) {
    auto read = config::read_secret(settings.pin, {});
    if (!read) return gather(faults, read.faults(), settings.pin);
    pin = std::move(read).value();
  }
  auto pair = KeyPair::from_files(settings.key, pin, settings.certificate);
  if (!pair) return gather(faults, pair.faults(), settings.key);
  agreement.signing_key = *pair;
  agreement.decryption_key = *std::move(pair);
}

void open_partner(const config::Agreement& settings, Agreement& agreement, base::Faults& faults) {
  for (const auto& file : settings.partner_certificates) {
    auto certificate = signing::read_certificate_of(file);
    if (!certificate) {
      gather(faults, certificate.faults(), file);
    } else if (certificate->key_kind != signing::KeyKind::rsa) {
      gather(faults,
             {{.code = "key.kind",
               .path = {},
               .zh = "AS2 只使用 RSA 证书；请向伙伴索取 RSA 证书。",
               .en = "AS2 uses RSA certificates alone; ask the partner for one.",
               .source = {}}},
             file);
    } else {
      if (file == settings.encrypt_for) agreement.encryption_certificate = *certificate;
      agreement.partner_signers.push_back(*std::move(certificate));
    }
  }
}

bool holds_at(const Certificate& certificate, base::Time now) {
  return certificate.not_before <= now && now <= certificate.not_after;
}

struct Named {
  std::string zh, en;  // whose it is
  const Certificate* certificate;
};

// Of several signers of the partner's those count that hold then; one file often serves for both of its uses.
std::vector<Named> without_hold_at(const Agreement& agreement, base::Time then) {
  std::vector<Named> without;
  if (agreement.signing_key && !holds_at(agreement.signing_key->certificate(), then)) {
    without.push_back({"我方", "our own", &agreement.signing_key->certificate()});
  }
  const auto& encryption = agreement.encryption_certificate;
  const auto& signers = agreement.partner_signers;
  const bool has_signer =
      std::ranges::any_of(signers, [&](const Certificate& signer) { return holds_at(signer, then); });
  if (encryption && agreement.outgoing.cipher != Cipher::none && !holds_at(*encryption, then)) {
    without.push_back({"伙伴的", "the partner", &*encryption});
  } else if (!signers.empty() && !has_signer) {
    without.push_back({"伙伴的", "the partner", &*std::ranges::max_element(signers, {}, &Certificate::not_after)});
  }
  return without;
}

base::Fault not_at_this_time(const Named& named) {
  const Certificate& certificate = *named.certificate;
  const std::string from = base::rfc3339(certificate.not_before), until = base::rfc3339(certificate.not_after);
  return {.code = "agreement.expired",
          .path = {},
          .zh = named.zh + "证书（" + certificate.subject + "，序列号 " + certificate.serial + "）的有效期是 " + from +
                " 至 " + until + "，现在不能使用；请换上有效的证书。",
          .en = "The certificate of " + named.en + " (" + certificate.subject + ", serial " + certificate.serial +
                ") holds from " + from + " to " + until + " and cannot be used now; put a valid one in its place.",
          .source = {}};
}

base::Faults date_faults(const Agreement& agreement, base::Time now) {
  base::Faults faults;
  for (const Named& one : without_hold_at(agreement, now)) faults.push_back(not_at_this_time(one));
  return faults;
}

}  // namespace

Partnership::Partnership(config::Agreement settings, codecs::as2::ReceiptWay receipts)
    : settings_(std::move(settings)), receipts_(receipts) {}

void Partnership::open(base::Time now) {
  if (opened_at_ && now >= *opened_at_ && now < *opened_at_ + between_openings) return;
  Agreement agreement;
  base::Faults faults;
  agreement.partner_id = settings_.partner_id;
  agreement.receipt.way = receipts_;
  set_protection(settings_, agreement);
  open_own_key(settings_, agreement, faults);
  open_partner(settings_, agreement, faults);
  opened_at_ = now;
  if (faults.empty()) {
    opened_.emplace(std::move(agreement));
  } else {
    opened_.emplace(std::move(faults));
  }
}

base::Faults Partnership::faults(base::Time now) {
  const auto found = [&] { return *opened_ ? date_faults(**opened_, now) : opened_->faults(); };
  if (opened_ && found().empty()) return {};
  open(now);
  return found();
}

Partnership::Remark Partnership::remark(base::Time now) {
  Remark remark;
  if (!faults(now).empty()) return remark;
  for (const Named& one : without_hold_at(**opened_, now + announced_ahead)) {
    const std::string& subject = one.certificate->subject;
    const std::string until = base::rfc3339(one.certificate->not_after), joined = remark.empty() ? "" : "; ";
    remark.zh += joined + one.zh + "证书（" + subject + "）将于 " + until + " 到期，请及时更换";
    remark.en +=
        joined + "the certificate of " + one.en + " (" + subject + ") ends on " + until + ": have the next one ready";
  }
  return remark;
}

base::Result<Agreement> Partnership::of(std::string_view dxp_id, base::Time now) {
  base::Faults found = faults(now);
  if (!found.empty()) return found;
  Agreement agreement = **opened_;
  agreement.own_id = config::named_for(settings_.own_id, dxp_id);
  std::erase_if(agreement.partner_signers, [now](const Certificate& one) { return !holds_at(one, now); });
  return agreement;
}

std::optional<std::string> dxp_id_in(const std::string& written, std::string_view name) {
  const auto begin = written.find(place);
  if (begin == std::string::npos) return name == written ? std::optional<std::string>("") : std::nullopt;
  const std::size_t room = written.size() - place.size();
  if (name.size() <= room || !name.starts_with(written.substr(0, begin))) return std::nullopt;
  for (std::size_t size = 1; size <= name.size() - begin; ++size) {
    std::string dxp_id(name.substr(begin, size));
    if (config::named_for(written, dxp_id) == name) return dxp_id;
  }
  return std::nullopt;
}

}  // namespace gateway::channels::agreements
