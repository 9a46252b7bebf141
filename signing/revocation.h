// Certificate revocation lists (RFC 5280 §5) read from files, and a certificate looked up in them. SM2 lists are
// checked with the customs' user id, for which OpenSSL 3.0 has no call. Immutable after loading; safe from every
// thread.
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "signing/openssl_handles.h"

namespace signing {

using RevocationLists = std::vector<Handle<X509_CRL>>;

// PEM (one or more) or DER. Each list must be signed by one of `issuers`. Faults, of every file: trust.read,
// trust.form, trust.crl.
base::Result<RevocationLists> read_revocation_lists(std::span<const std::filesystem::path> files,
                                                    std::span<const Handle<X509>> issuers);

enum class Revocation { not_listed, revoked, no_list };

struct RevocationVerdict {
  Revocation revocation = Revocation::no_list;
  std::optional<base::Time> revoked_at;
  std::string reason_zh, reason_en;           // empty: none is given
  std::optional<base::Time> next_was_due_at;  // of the newest list, where that time has passed
};

// no_list too where the lists given cover only other parts of what the issuer has issued.
RevocationVerdict look_up(const RevocationLists& lists, const X509* certificate, base::Time now);

}  // namespace signing
