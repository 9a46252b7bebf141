// Whether the evidence of a document holds by itself: every file as it was written, every link of the chain, all that
// the entries rest on, the documents in the messages and the signatures. Nothing but the files is asked. Safe from
// every thread; the catalog has to be that of the manifest's edition.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/fault.h"
#include "gateway/evidence/package.h"
#include "schemas/catalog.h"
#include "signing/verify.h"

namespace gateway::evidence {

struct CheckedVersion {
  int version = 0;
  std::string guid, state;
  std::size_t entries = 0, not_chained = 0;  // not_chained: of them, those that are older than the chain
  std::string end;                           // digest of the last entry, hexadecimal
};

struct CheckedMessage {
  std::string guid;
  base::Time sealed_at;  // certificates are judged as of then
  signing::Verification verification;
};

struct Checked {
  Manifest manifest;  // empty where it cannot be read
  std::vector<CheckedVersion> versions;
  std::vector<CheckedMessage> messages;
  std::size_t deliveries = 0, receipts = 0, records = 0;
  // The path is the file in the zip, the line one of the chain. Warnings: what was not chained, and what
  // signing::verify warns of.
  base::Faults faults;

  bool holds() const { return !base::has_error(faults); }
};

// What is missing, what is too much, and whose digests differ: evidence.missing, evidence.extra, evidence.digest.
base::Faults file_faults(const std::vector<File>& files);

// `terms.now` is not used: each signature is judged as of the time of its sealing.
Checked check(const std::vector<File>& files, const schemas::Catalog& catalog, const signing::VerifyTerms& terms);

}  // namespace gateway::evidence
