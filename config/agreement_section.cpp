// [port.agreement]: what a port over AS2 or AS3 has agreed on with its partner.
#include <algorithm>
#include <array>
#include <utility>

#include "config/sections.h"
#include "config/values.h"

namespace config {

namespace {

// A word of the settings and what it means.
template <class Value>
using Word = std::pair<std::string_view, Value>;

constexpr std::array<Word<SignatureDigest>, 3> digests{
    {{"sha256", SignatureDigest::sha256}, {"sha1", SignatureDigest::sha1}, {"none", SignatureDigest::none}}};
constexpr std::array<Word<Encryption>, 4> ciphers{{{"aes256", Encryption::aes256},
                                                   {"aes128", Encryption::aes128},
                                                   {"3des", Encryption::des3},
                                                   {"none", Encryption::none}}};
constexpr std::array<Word<ReceiptForm>, 2> forms{{{"signed", ReceiptForm::signed_}, {"plain", ReceiptForm::plain}}};

template <class Value, std::size_t count>
Value word_in(TableReader& reader, std::string_view key, Value otherwise,
              const std::array<Word<Value>, count>& allowed) {
  const auto given = reader.text(key);
  if (!given) return otherwise;
  const auto found = std::ranges::find(allowed, *given, &Word<Value>::first);
  if (found != allowed.end()) return found->second;
  std::vector<std::string_view> words;
  for (const auto& word : allowed) words.push_back(word.first);
  require_one_of(reader, key, *given, words);
  return otherwise;
}

// RFC 4130 §6.2, as codecs/as2 holds messages to it.
void check_name(TableReader& reader, std::string_view key, const std::string& name) {
  constexpr std::size_t most_bytes = 128;
  const bool is_printable = std::ranges::all_of(name, [](char c) { return c >= ' ' && c < 127; });
  if (name.size() <= most_bytes && is_printable) return;
  complain_value(reader, key, name, "1 至 128 个可打印的 ASCII 字符", "1 to 128 printable ASCII characters");
}

void read_names(TableReader& reader, Agreement& agreement) {
  agreement.own_id = reader.has("own_id") ? reader.required_text("own_id") : agreement.own_id;
  agreement.partner_id = reader.required_text("partner_id");
  check_name(reader, "own_id", agreement.own_id);
  check_name(reader, "partner_id", agreement.partner_id);
  if (!agreement.own_id.empty() && agreement.own_id == agreement.partner_id) {
    complain_value(reader, "own_id", agreement.own_id, "与 partner_id 不同的标识", "another id than partner_id");
  }
}

void read_incoming(TableReader& reader, Agreement& agreement) {
  constexpr std::array<std::string_view, 3> words{"signed", "encrypted", "compressed"};
  Demands& demands = agreement.incoming;
  demands.is_signed = agreement.sign != SignatureDigest::none;
  demands.is_encrypted = agreement.encrypt != Encryption::none;
  if (!reader.has("incoming")) return;
  const auto given = reader.texts("incoming");
  for (const std::string& one : given) require_one_of(reader, "incoming", one, words);
  const auto has = [&](std::string_view word) { return std::ranges::find(given, word) != given.end(); };
  demands = {.is_signed = has("signed"), .is_encrypted = has("encrypted"), .is_compressed = has("compressed")};
}

void read_own_key(TableReader& reader, Agreement& agreement, const std::filesystem::path& folder) {
  agreement.key = optional_file(reader, "key", folder).value_or(std::filesystem::path());
  agreement.certificate = optional_file(reader, "certificate", folder).value_or(std::filesystem::path());
  agreement.pin = absolute_secret(reader.text("pin").value_or(""), folder);
  const bool signs = agreement.sign != SignatureDigest::none;
  if (agreement.key.empty() && (signs || agreement.incoming.is_encrypted || reader.has("certificate"))) {
    reader.complain("key", "settings.missing", "签名和解密需要我方的私钥文件。",
                    "To sign and to decrypt takes a key file of ours.");
  }
  if (!agreement.key.empty() && agreement.certificate.empty()) {
    reader.complain("certificate", "settings.missing", "有 key 就要有它的证书。",
                    "With a key its certificate has to be given.");
  }
}

void read_partner(TableReader& reader, Agreement& agreement, const std::filesystem::path& folder) {
  for (const std::string& file : reader.texts("partner_certificates")) {
    agreement.partner_certificates.push_back(file_path(reader, "partner_certificates", file, folder));
  }
  const auto& all = agreement.partner_certificates;
  const bool are_needed = agreement.encrypt != Encryption::none || agreement.incoming.is_signed ||
                          agreement.receipt == ReceiptForm::signed_;
  if (all.empty() && are_needed && !reader.has("partner_certificates")) {
    reader.complain("partner_certificates", "settings.missing", "加密以及核对伙伴的签名需要伙伴的证书。",
                    "To encrypt, and to check the partner's signatures, takes a certificate of the partner's.");
  } else if (all.empty() && are_needed) {
    complain_value(reader, "partner_certificates", "[]", "至少一个证书文件", "at least one certificate file");
  }
  if (!all.empty()) agreement.encrypt_for = all.front();
  const auto chosen = optional_file(reader, "encrypt_for", folder);
  if (!chosen) return;
  agreement.encrypt_for = *chosen;
  if (std::ranges::find(all, *chosen) == all.end()) {
    complain_value(reader, "encrypt_for", chosen->string(), "partner_certificates 中的一个",
                   "one of partner_certificates");
  }
}

void read_receipts(TableReader& reader, Agreement& agreement) {
  agreement.receipt_url = reader.text("receipt_url").value_or("");
  agreement.receipts_to = reader.texts("receipts_to");
}

}  // namespace

Agreement read_agreement(TableReader reader, const std::filesystem::path& folder) {
  reader.allow({"own_id", "partner_id", "key", "certificate", "pin", "partner_certificates", "encrypt_for", "sign",
                "encrypt", "compress", "incoming", "receipt", "receipt_url", "receipts_to"});
  Agreement agreement;
  read_names(reader, agreement);
  agreement.sign = word_in(reader, "sign", agreement.sign, digests);
  agreement.encrypt = word_in(reader, "encrypt", agreement.encrypt, ciphers);
  agreement.compress = reader.truth("compress", false) ? Compressing::yes : Compressing::no;
  agreement.receipt = word_in(reader, "receipt", agreement.receipt, forms);
  read_incoming(reader, agreement);
  read_own_key(reader, agreement, folder);
  read_partner(reader, agreement, folder);
  read_receipts(reader, agreement);
  return agreement;
}

}  // namespace config
