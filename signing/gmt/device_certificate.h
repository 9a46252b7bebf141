// The certificate that goes with a device's key, held against what the device shows of the key. Safe from every thread.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "signing/certificate.h"

namespace signing::gmt {

// Fault key.certificate where the exported key does not hold the numbers of the certificate's key: x and y, or the
// modulus. They are looked for and not read at a place, since vendors build the same structures with other sizes.
base::Done compare_with_exported(const std::string& key, const Certificate& certificate, std::string_view exported);

std::size_t rsa_modulus_size(const Certificate& certificate);  // bytes

// A signature over this text shows that the device's key is the certificate's. Fault key.sign where it is not.
inline constexpr std::string_view text_of_proof = "cebgate: proof of a key and its certificate";
SignatureAlgorithm algorithm_of_proof(const Certificate& certificate);
base::Done check_proof(const std::string& key, const Certificate& certificate, std::string_view value);

}  // namespace signing::gmt
