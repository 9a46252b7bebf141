// What is handed to a device to be signed. Safe from every thread.
#pragma once

#include <string>
#include <string_view>

#include "signing/certificate.h"
#include "signing/dialect.h"

namespace signing::gmt {

// SM2: e = SM3(ZA ‖ M), 32 bytes, with the customs' user id. RSA: the DigestInfo (RFC 8017 §9.2, step 2), which is what
// SKF_RSASignData takes: it pads and signs what it is given, and takes 11 bytes less than the modulus has.
std::string signed_input(const Certificate& certificate, SignatureAlgorithm algorithm, std::string_view bytes);

// 00 01 FF … FF 00 before the DigestInfo (RFC 8017 §9.2, steps 3 to 5), for a device with the bare private operation.
std::string rsa_block(std::string_view digest_info, std::size_t modulus_size);

}  // namespace signing::gmt
