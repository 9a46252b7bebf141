// What a port over AS2 or AS3 has agreed on with its partner: names, keys, certificates, protection and receipts, as
// the settings say it (docs/formats/as2.md). Plain data; files are opened by gateway/channels/agreements.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace config {

enum class SignatureDigest { none, sha1, sha256 };
enum class Encryption { none, des3, aes128, aes256 };
enum class Compressing { no, yes };
enum class ReceiptForm { plain, signed_ };

// What every message of the partner has to be.
struct Demands {
  bool is_signed = false, is_encrypted = false, is_compressed = false;
};

struct Agreement {
  std::string own_id = "{dxp_id}";  // our name; {dxp_id} stands for the enterprise's DXPID
  std::string partner_id;
  std::filesystem::path key, certificate;  // ours, PEM: signs and decrypts; both or none
  std::string pin;                         // of the key: env:NAME, file:PATH, credential:NAME; empty: none
  std::vector<std::filesystem::path> partner_certificates;  // several while it changes
  std::filesystem::path encrypt_for;                        // one of them
  SignatureDigest sign = SignatureDigest::sha256;           // of ours, and the weakest that is taken
  Encryption encrypt = Encryption::aes256;
  Compressing compress = Compressing::no;
  Demands incoming;
  ReceiptForm receipt = ReceiptForm::signed_;
  std::string receipt_url;               // where the partner sends receipts to; empty: in its response
  std::vector<std::string> receipts_to;  // where it may ask ours to be sent to, beside the host of the port's url
};

}  // namespace config
