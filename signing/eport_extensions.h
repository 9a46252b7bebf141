// The China E-Port's private extensions of a certificate: company, card, organisation and holder. Safe from every
// thread.
#pragma once

#include <optional>
#include <string>

#include "signing/openssl_handles.h"

namespace signing {

// UTF-8, without control characters; empty where the extension is not there or cannot be read.
struct EportFacts {
  std::string company;            // 1.3.6.1.4.1.5315.100.5.1
  std::string card_number;        // .5.9
  std::string organisation_code;  // .5.11
  std::string masked_holder_id;   // .5.8: the first 3 and the last 2 characters, the others as asterisks
};

// Nothing where the certificate has none of them.
std::optional<EportFacts> read_eport_extensions(const X509* certificate);

}  // namespace signing
