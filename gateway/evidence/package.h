// The evidence of one document as files: what the ledger kept, a manifest with the digests of all of them, and a
// sentence on each for people. What is read back is what was written. Pure; docs/formats/evidence.md.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "gateway/evidence/zip.h"
#include "gateway/ledger/evidence_book.h"

namespace gateway::evidence {

inline constexpr std::string_view form_name = "cebgate-evidence";
inline constexpr std::int64_t form_version = 1;

namespace names {
inline constexpr std::string_view readme = "README.txt", manifest = "manifest.json", sums = "SHA256SUMS",
                                  document = "document.json", chain = "chain.jsonl", deliveries = "deliveries.json",
                                  receipts = "receipts.json", inbound = "inbound.json";
std::string request(int version);
std::string message(std::string_view guid);
std::string envelope(std::string_view guid, std::string_view bytes);  // ends as its bytes are, in json or xml
std::string record(std::string_view digest);                          // one that was received
std::string proof(std::int64_t delivery);                             // what the port gave to prove its answer
}  // namespace names

struct ListedFile {
  std::string name;
  std::int64_t bytes = 0;
  std::string sha256, sm3;  // hexadecimal
};

ListedFile listed(const File& file);
std::string sums_of(const std::vector<File>& files);  // for sha256sum -c

struct Manifest {
  std::string id, type, key, edition;
  base::Time made_at;
  std::string made_by;            // program and version
  std::vector<std::string> ends;  // of the versions' chains, the oldest first: hexadecimal, empty where not chained
  std::vector<ListedFile> files;  // all but the manifest and the sums
};

// At least one version.
std::vector<File> files_of(const ledger::Evidence& evidence, base::Time made_at, const std::string& edition);

// evidence-CEB311Message-A3.zip
std::string file_name(const ledger::Evidence& evidence);

struct Package {
  Manifest manifest;
  ledger::Evidence evidence;
  std::vector<std::string> used;  // the files that it was read from
};

// Faults: evidence.form (not written as this form is), evidence.missing (a file that another one names),
// evidence.limits, evidence.chain (entries of another guid); every one of them.
base::Result<Manifest> read_manifest(const std::vector<File>& files);
base::Result<Package> read_package(const std::vector<File>& files);

// Nothing where there is no file of that name.
const File* file_named(const std::vector<File>& files, std::string_view name);

}  // namespace gateway::evidence
