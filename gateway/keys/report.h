// How a key stands, for whoever shows it: readiness, metrics, the doctor. Values only.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"

namespace gateway::keys {

enum class Standing {
  in_use,
  waiting,     // for its time, or for its certificate to begin
  resting,     // did not answer, or could not be opened: left out, and probed
  out_of_use,  // wrong PIN, certificate ended: until a person acts
  relieved,    // another key has taken over at the time that the settings state
};
std::string_view word(Standing standing);

// The nearest of the ends of a certificate that are announced ahead.
enum class Nearness { far, within_60_days, within_30_days, within_7_days, ended };
std::string_view word(Nearness nearness);
Nearness nearness(base::Time not_after, base::Time now);

// Without the attributes that carry a PIN or name the place of one (RFC 7512 §2.4).
std::string uri_without_pin(const std::string& uri);

struct CertificateFacts {
  std::string serial, subject;
  base::Time not_before, not_after;
  std::vector<std::string> companies{};  // whose it is; none where it does not say
  std::string organisation_code{};       // in the E-Port's extension; empty: none
  std::string issuer{};
};

struct KeyReport {
  std::string enterprise;
  std::string key;                              // its URI without a PIN; no two of an enterprise are the same
  std::optional<CertificateFacts> certificate;  // absent until the key has been opened
  Standing standing = Standing::resting;
  std::string another_company{};               // whose the certificate is, where that is not the enterprise
  std::string why_zh, why_en;                  // where it is not in use
  std::uint64_t signatures = 0, failures = 0;  // since the start
  std::chrono::microseconds mean{0};           // of one signature, the latest counting most
  std::chrono::milliseconds queue_age{0};      // of the oldest signature that is asked for and not yet made
  std::optional<base::Time> from{};            // when it takes over, where the settings say so
};

}  // namespace gateway::keys
