#include "gateway/evidence/grounds.h"

#include <algorithm>
#include <functional>
#include <set>
#include <string>

#include "base/digest.h"
#include "gateway/evidence/package.h"

namespace gateway::evidence {

namespace {

bool is_chained(const ledger::ChainEntry& entry) { return !entry.digest.empty(); }

bool is_all_chained(const ledger::KeptVersion& version) { return std::ranges::all_of(version.entries, is_chained); }

// Takes the first word off the text.
std::string_view next_word(std::string_view& text) {
  const auto end = std::min(text.find(' '), text.size());
  const std::string_view word = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return word;
}

std::string delivery_ground(const ledger::KeptDelivery& delivery) {
  return "delivery " + std::to_string(delivery.number) + " " + std::string(ledger::word(delivery.row.outcome)) + " " +
         delivery.row.answer;
}

void check_numbers(const ledger::Evidence& evidence, Findings& findings) {
  int next = 1;
  for (const ledger::KeptVersion& version : evidence.versions) {
    if (version.summary.version == next++) continue;
    findings.error("evidence.versions", names::document, 0,
                   "版本应从 1 起连续；此处是 " + std::to_string(version.summary.version),
                   "versions run from 1 without a gap; here stands " + std::to_string(version.summary.version));
    return;
  }
}

void check_end(const ledger::KeptVersion& version, int last_line, Findings& findings) {
  const std::string number = std::to_string(version.summary.version);
  if (version.entries.empty()) {
    return findings.error("evidence.chain", names::chain, 0, "第 " + number + " 版在链中没有任何一条",
                          "version " + number + " has no entry in the chain");
  }
  const ledger::MoveRow& last = version.entries.back().move;
  const ledger::Picture told{last.to, last.stage, last.outcome, last.reason};
  if (told == version.summary.picture) return;
  findings.error("evidence.state", names::chain, last_line,
                 "第 " + number + " 版的状态与链的最后一条不同：最后的条目被取走，或状态被改动",
                 "version " + number +
                     " stands otherwise than its last entry says: entries at the end were taken out, "
                     "or the state was changed");
}

void tell_old_entries(const ledger::Evidence& evidence, Findings& findings) {
  std::size_t old = 0;
  for (const ledger::KeptVersion& version : evidence.versions) {
    old += static_cast<std::size_t>(std::ranges::count_if(version.entries, std::not_fn(is_chained)));
  }
  if (old == 0) return;
  findings.warning("evidence.old", names::chain, 0,
                   std::to_string(old) + " 条由尚无链的旧版程序写入，没有摘要，链不能证明它们",
                   std::to_string(old) +
                       " entries were written by an earlier version of the program, which kept no chain: they have no "
                       "digest, and the chain does not prove them");
}

class Grounds {
 public:
  Grounds(const ledger::Evidence& evidence, Findings& findings) : evidence_(evidence), findings_(findings) {}

  void check() {
    check_records();
    check_proofs();
    for (const ledger::KeptVersion& version : evidence_.versions) {
      for (const ledger::ChainEntry& entry : version.entries) {
        ++line_;
        if (is_chained(entry)) check_entry(version, entry.move.evidence);
      }
    }
    for (const ledger::KeptVersion& version : evidence_.versions) check_unproven(version);
    if (std::ranges::all_of(evidence_.versions, is_all_chained)) check_unproven_messages();
    check_unused_records();
  }

 private:
  void complain(std::string zh, std::string en) {
    findings_.error("evidence.ground", names::chain, line_, std::move(zh), std::move(en));
  }

  void check_entry(const ledger::KeptVersion& version, std::string_view ground) {
    named_.emplace(std::to_string(version.summary.version) + " " + std::string(ground));
    std::string_view rest = ground;
    const std::string_view kind = next_word(rest);
    if (kind.empty()) return;
    if (kind == "content") return check_content(version, rest);
    if (kind == "message") return check_message(rest);
    if (kind == "delivery") return check_delivery(ground);
    if (kind == "notice") next_word(rest);
    if (kind == "notice" && next_word(rest) != "inbound") rest = {};
    if (kind == "notice" || kind == "inbound") return check_inbound(version, rest);
    if (kind == "import") return check_import(version, rest);
    if (kind == "restored") return;  // from the archive: nothing else has happened
    of_unknown_origin_.insert(version.summary.version);
    findings_.warning("evidence.unknown", names::chain, line_, "这一条依据的是本程序不认识的内容，未查验",
                      "this entry rests on something that this program does not know, which was not checked");
  }

  void check_content(const ledger::KeptVersion& version, std::string_view digest) {
    if (digest == version.content_digest) return;
    complain("这一条受理的内容不是该版本的内容", "the content that this entry accepted is not that of its version");
  }

  void check_message(std::string_view rest) {
    const std::string guid(next_word(rest));
    messages_.insert(guid);
    const auto found = std::ranges::find_if(evidence_.messages,
                                            [&](const ledger::KeptMessage& one) { return one.message.guid == guid; });
    if (found == evidence_.messages.end()) {
      return complain("这一条所说的报文 " + guid + " 不在证据中",
                      "the message " + guid + " of this entry is not among the evidence");
    }
    if (base::sha256_hex(found->message.signed_xml) == rest) return;
    complain("报文 " + guid + " 的 SHA-256 与这一条所记不同：报文被换过或改过",
             "the SHA-256 of message " + guid + " is not the one of this entry: another message was put in its place");
  }

  void check_delivery(std::string_view ground) {
    const auto is_the_one = [&](const ledger::KeptDelivery& one) { return delivery_ground(one) == ground; };
    if (std::ranges::any_of(evidence_.deliveries, is_the_one)) return;
    complain("deliveries.json 中没有编号、结果、答复都与这一条相同的投递",
             "deliveries.json has no delivery with the number, outcome and answer of this entry");
  }

  void check_inbound(const ledger::KeptVersion& version, std::string_view digest) {
    const auto is_record = [&](const ledger::KeptInbound& one) { return one.record.digest == digest; };
    const auto is_receipt = [&](const ledger::KeptReceipt& one) { return one.inbound == digest; };
    if (std::ranges::none_of(evidence_.inbound, is_record)) {
      complain("这一条所依据的收到的记录不在证据中", "the record that this entry rests on is not among the evidence");
    }
    if (std::ranges::none_of(version.receipts, is_receipt)) {
      complain("receipts.json 中没有这一条所依据的回执", "receipts.json has no receipt for what this entry rests on");
    }
  }

  // What another system sent is here as the row of an import told it.
  void check_import(const ledger::KeptVersion& version, std::string_view digest) {
    of_unknown_origin_.insert(version.summary.version);
    imported_.emplace(digest);
    const auto is_record = [&](const ledger::KeptInbound& one) { return one.record.digest == digest; };
    if (std::ranges::any_of(evidence_.inbound, is_record)) return;
    complain("这一条所依据的导入行不在证据中", "the imported row that this entry rests on is not among the evidence");
  }

  void check_records() {
    for (const auto& [record, acts] : evidence_.inbound) {
      if (base::sha256_hex(record.port + '\n' + record.source + '\n' + record.bytes) == record.digest) continue;
      findings_.error("evidence.ground", names::record(record.digest), 0,
                      "收到的记录（口岸、来源和字节）的 SHA-256 与其摘要不同",
                      "the SHA-256 of the record that was received, its port, source and bytes, is not its digest");
    }
  }

  // The chain holds the answer, and the answer the digest.
  void check_proofs() {
    for (const ledger::KeptDelivery& delivery : evidence_.deliveries) {
      if (delivery.proof.empty() || delivery.row.answer.find(base::sha256_hex(delivery.proof)) != std::string::npos) {
        continue;
      }
      findings_.error(
          "evidence.ground", names::proof(delivery.number), 0,
          "投递 " + std::to_string(delivery.number) + " 的答复中没有这份凭据的 SHA-256",
          "the answer of delivery " + std::to_string(delivery.number) + " does not name the SHA-256 of this proof");
    }
  }

  bool is_named(const ledger::KeptVersion& version, const std::string& ground) const {
    return named_.contains(std::to_string(version.summary.version) + " " + ground);
  }

  // A version that is older than the chain has no entries for what it did before.
  void check_unproven(const ledger::KeptVersion& version) {
    if (!is_all_chained(version)) return;
    const std::string number = std::to_string(version.summary.version);
    const auto unproven = [&](std::string_view file, const std::string& zh, const std::string& en) {
      findings_.error("evidence.unproven", file, 0, "第 " + number + " 版的" + zh + "在链中没有条目",
                      en + " of version " + number + " has no entry in the chain");
    };
    const bool is_known = !of_unknown_origin_.contains(version.summary.version);
    if (is_known && !is_named(version, "content " + version.content_digest)) {
      unproven(names::request(version.summary.version), "内容", "the content");
    }
    for (const ledger::KeptReceipt& receipt : version.receipts) {
      if (is_named(version, "inbound " + receipt.inbound) || is_named(version, "import " + receipt.inbound)) continue;
      unproven(names::receipts, "回执 " + receipt.row.status, "receipt " + receipt.row.status);
    }
    for (const ledger::KeptDelivery& delivery : evidence_.deliveries) {
      if (delivery.message != version.message || !delivery.finished_at) continue;
      if (is_named(version, delivery_ground(delivery))) continue;
      unproven(names::deliveries, "投递 " + std::to_string(delivery.number),
               "delivery " + std::to_string(delivery.number));
    }
  }

  void check_unproven_messages() {
    for (const auto& [message, sealed_at] : evidence_.messages) {
      if (messages_.contains(message.guid)) continue;
      findings_.error("evidence.unproven", names::message(message.guid), 0, "链中没有封装这份报文的条目",
                      "no entry of the chain sealed this message");
    }
  }

  void check_unused_records() {
    std::set<std::string> used = imported_;
    for (const ledger::KeptVersion& version : evidence_.versions) {
      for (const ledger::KeptReceipt& receipt : version.receipts) used.insert(receipt.inbound);
    }
    for (const ledger::KeptInbound& kept : evidence_.inbound) {
      if (used.contains(kept.record.digest)) continue;
      findings_.error("evidence.unproven", names::record(kept.record.digest), 0, "没有任何回执取自这条收到的记录",
                      "no receipt was read from this record");
    }
  }

  const ledger::Evidence& evidence_;
  Findings& findings_;
  int line_ = 0;
  std::set<std::string> named_;  // version and ground of each entry
  std::set<std::string> messages_;
  std::set<std::string> imported_;   // digests of rows
  std::set<int> of_unknown_origin_;  // versions that begin with a row of an import, or rest on something unknown
};

}  // namespace

void check_chain(const ledger::Evidence& evidence, Findings& findings) {
  check_numbers(evidence, findings);
  std::vector<ledger::ChainedVersion> versions;
  std::vector<int> lines_before;
  int line = 0;
  for (const ledger::KeptVersion& version : evidence.versions) {
    versions.push_back({version.guid, version.entries});
    lines_before.push_back(line);
    line += static_cast<int>(version.entries.size());
    check_end(version, line, findings);
  }
  for (const ledger::ChainBreak& found : ledger::breaks(versions)) {
    const int where = lines_before[found.version] + static_cast<int>(found.entry) + 1;
    if (found.kind == ledger::Break::not_chained) {
      findings.error("evidence.chain", names::chain, where, "这一条没有摘要，而它之前的条目已在链中",
                     "this entry has no digest although entries before it are chained");
    } else {
      findings.error(
          "evidence.chain", names::chain, where,
          "这一条的摘要与本条内容和前一条的摘要不符：本条被改动，或之前有条目被取走、插入或调换",
          "the digest of this entry is not that over its content and the digest before it: it was changed, or "
          "an entry before it was taken out, slipped in or swapped");
    }
  }
  tell_old_entries(evidence, findings);
}

void check_grounds(const ledger::Evidence& evidence, Findings& findings) { Grounds(evidence, findings).check(); }

}  // namespace gateway::evidence
