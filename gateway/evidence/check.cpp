#include "gateway/evidence/check.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "base/digest.h"
#include "gateway/evidence/contents.h"
#include "gateway/evidence/findings.h"
#include "gateway/evidence/grounds.h"
#include "gateway/lifecycle/state.h"

namespace gateway::evidence {

namespace {

void tell_missing(std::string_view name, Findings& findings) {
  findings.error("evidence.missing", name, 0, "证据中缺少这个文件", "the evidence lacks this file");
}

void tell_extra(std::string_view name, Findings& findings) {
  findings.error("evidence.extra", name, 0, "这个文件不在清单中，不属于该证据",
                 "this file is not on the list and does not belong to the evidence");
}

bool is_as_listed(const ListedFile& listed, const std::string& bytes) {
  return listed.bytes == static_cast<std::int64_t>(bytes.size()) && listed.sha256 == base::sha256_hex(bytes) &&
         listed.sm3 == base::hex(base::sm3(bytes));
}

void check_manifest(const std::vector<File>& files, const Manifest& manifest, Findings& findings) {
  std::set<std::string_view> listed{names::manifest, names::sums};
  for (const ListedFile& one : manifest.files) {
    if (!listed.insert(one.name).second) tell_extra(one.name, findings);
    const File* file = file_named(files, one.name);
    if (file == nullptr) {
      tell_missing(one.name, findings);
    } else if (!is_as_listed(one, file->bytes)) {
      findings.error("evidence.digest", one.name, 0, "大小或摘要与 manifest.json 所列不同：文件被改动",
                     "size or digest is not the one that manifest.json lists: the file was changed");
    }
  }
  for (const File& file : files) {
    if (!listed.contains(file.name)) tell_extra(file.name, findings);
  }
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

// A line for each file as sha256sum prints it, in whatever order.
void check_sums(const std::vector<File>& files, Findings& findings) {
  const File* sums = file_named(files, names::sums);
  if (sums == nullptr) return tell_missing(names::sums, findings);
  std::map<std::string, std::string_view> expected;
  for (const File& file : files) {
    if (file.name != names::sums) expected.emplace(base::sha256_hex(file.bytes) + "  " + file.name, file.name);
  }
  int line = 0;
  for (const std::string& written : lines_of(sums->bytes)) {
    ++line;
    if (expected.erase(written) == 1) continue;
    findings.error("evidence.digest", names::sums, line, "这一行不是证据中任何文件的 SHA-256",
                   "this line is not the SHA-256 of any file of the evidence");
  }
  for (const auto& [missing_line, name] : expected) {
    findings.error("evidence.digest", name, 0, "SHA256SUMS 中没有它现在的 SHA-256：文件或 SHA256SUMS 被改动",
                   "SHA256SUMS does not have its SHA-256 as it is now: the file or SHA256SUMS was changed");
  }
}

// What the manifest says of the document, beside the digests of its files.
void check_summary(const Package& package, Findings& findings) {
  const ledger::Summary& newest = package.evidence.versions.back().summary;
  std::vector<std::string> ends;
  for (const ledger::KeptVersion& version : package.evidence.versions) {
    ends.push_back(version.entries.empty() ? "" : base::hex(version.entries.back().digest));
  }
  const Manifest& manifest = package.manifest;
  if (manifest.id != newest.id || manifest.type != newest.type || manifest.key != newest.key) {
    findings.error("evidence.digest", names::manifest, 0, "id、type 或 key 与 document.json 不同",
                   "id, type or key is not that of document.json");
  }
  if (manifest.ends != ends) {
    findings.error("evidence.digest", names::manifest, 0, "链的末端摘要（ends）与 chain.jsonl 不同",
                   "the digests at the end of the chain (ends) are not those of chain.jsonl");
  }
  for (const ListedFile& file : manifest.files) {
    if (std::ranges::find(package.used, file.name) == package.used.end()) tell_extra(file.name, findings);
  }
}

CheckedVersion checked_version(const ledger::KeptVersion& version) {
  CheckedVersion checked;
  checked.version = version.summary.version;
  checked.guid = version.guid;
  checked.state = lifecycle::word(version.summary.picture.state);
  checked.entries = version.entries.size();
  checked.not_chained = static_cast<std::size_t>(
      std::ranges::count_if(version.entries, [](const ledger::ChainEntry& entry) { return entry.digest.empty(); }));
  if (!version.entries.empty()) checked.end = base::hex(version.entries.back().digest);
  return checked;
}

// A file that is known to be wrong may be named by several parts of the check; each says it once.
base::Faults without_repetitions(base::Faults faults) {
  base::Faults kept;
  for (base::Fault& fault : faults) {
    const bool is_known = std::ranges::any_of(kept, [&](const base::Fault& one) {
      return one.code == fault.code && one.path == fault.path && one.line == fault.line && one.en == fault.en;
    });
    if (!is_known) kept.push_back(std::move(fault));
  }
  return kept;
}

}  // namespace

base::Faults file_faults(const std::vector<File>& files) {
  Findings findings;
  if (const auto manifest = read_manifest(files)) {
    check_manifest(files, *manifest, findings);
  } else {
    findings.faults() = manifest.faults();
  }
  check_sums(files, findings);
  return std::move(findings.faults());
}

Checked check(const std::vector<File>& files, const schemas::Catalog& catalog, const signing::VerifyTerms& terms) {
  Checked checked;
  Findings findings;
  findings.faults() = file_faults(files);
  const auto package = read_package(files);
  if (package) {
    const ledger::Evidence& evidence = package->evidence;
    checked.manifest = package->manifest;
    check_summary(*package, findings);
    check_chain(evidence, findings);
    check_grounds(evidence, findings);
    checked.messages = check_contents(evidence, catalog, terms, findings);
    std::ranges::transform(evidence.versions, std::back_inserter(checked.versions), checked_version);
    for (const ledger::KeptVersion& version : evidence.versions) checked.receipts += version.receipts.size();
    checked.deliveries = evidence.deliveries.size();
    checked.records = evidence.inbound.size();
  } else {
    findings.faults().insert(findings.faults().end(), package.faults().begin(), package.faults().end());
  }
  checked.faults = without_repetitions(std::move(findings.faults()));
  return checked;
}

}  // namespace gateway::evidence
