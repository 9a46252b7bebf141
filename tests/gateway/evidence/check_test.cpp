// Evidence holds by itself, and everything that is done to it afterwards is found.
#include "gateway/evidence/check.h"

#include <boost/json/parse.hpp>
#include <functional>
#include <gmock/gmock.h>
#include <set>
#include <string>

#include "base/digest.h"
#include "tests/gateway/evidence/forging.h"
#include "tests/gateway/evidence/proven_bench.h"

namespace tests {
namespace {

namespace evidence = gateway::evidence;
using evidence::File;
using evidence::Package;
using gateway::lifecycle::State;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::IsSupersetOf;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

using Told = std::vector<std::string>;

evidence::Checked checked(const std::vector<File>& files) {
  const ProvenBench& bench = ProvenBench::shared();
  signing::VerifyTerms terms;
  terms.trust = &bench.trust();
  return evidence::check(files, bench.catalog(), terms);
}

// "CODE FILE" or "CODE FILE:LINE" of each.
Told told(const base::Faults& faults) {
  Told all;
  for (const base::Fault& fault : faults) {
    EXPECT_FALSE(fault.zh.empty() || fault.en.empty()) << fault.code;
    all.push_back(fault.code + " " + fault.path + (fault.line > 0 ? ":" + std::to_string(fault.line) : ""));
  }
  return all;
}

Told told_of(const std::vector<File>& files) { return told(checked(files).faults); }

// What is told of evidence that was changed and then written as the gateway writes it.
Told told_after(const std::string& id, const std::function<void(Package&)>& change) {
  Package package = ProvenBench::shared().package(id);
  change(package);
  return told_of(forged(package));
}

class Evidence : public ::testing::Test {
 protected:
  ProvenBench& run_ = ProvenBench::shared();
};

TEST_F(Evidence, of_a_released_inventory_holds_with_all_its_receipts) {
  const auto found = checked(run_.files(run_.inventory()));
  EXPECT_THAT(told(found.faults), IsEmpty());
  EXPECT_TRUE(found.holds());
  EXPECT_EQ(found.manifest.id, run_.inventory());
  ASSERT_THAT(found.versions, SizeIs(1));
  EXPECT_EQ(found.versions[0].state, "settled");
  EXPECT_EQ(found.versions[0].entries, 6U);
  EXPECT_EQ(found.versions[0].not_chained, 0U);
  EXPECT_EQ(found.manifest.ends, std::vector{found.versions[0].end});
  ASSERT_THAT(found.messages, SizeIs(1));
  EXPECT_EQ(found.messages[0].verification.dialect, "sm2-sm3");
  EXPECT_EQ(found.receipts, 3U);
  EXPECT_EQ(found.records, 3U);
  EXPECT_EQ(found.deliveries, 1U);
}

TEST_F(Evidence, of_an_order_that_was_refused_and_corrected_holds_although_the_first_version_went_on) {
  const auto found = checked(run_.files(run_.corrected()));
  EXPECT_THAT(told(found.faults), IsEmpty());
  ASSERT_THAT(found.versions, SizeIs(2));
  EXPECT_EQ(found.versions[0].state, "refused");
  EXPECT_EQ(found.versions[0].entries, 5U);
  EXPECT_EQ(found.versions[1].state, "settled");
  EXPECT_THAT(found.messages, SizeIs(2));
}

TEST_F(Evidence, has_the_acts_of_an_operator_with_their_reasons) {
  EXPECT_THAT(told_of(run_.files(run_.withdrawn())), IsEmpty());
  std::vector<std::string> acts;
  const Package package = run_.package(run_.withdrawn());
  for (const auto& entry : package.evidence.versions.at(0).entries) {
    if (entry.move.by == "operates") acts.push_back(entry.move.reason);
  }
  EXPECT_THAT(acts, ElementsAre("the buyer hesitates", "he does not", "he does after all"));
}

TEST_F(Evidence, read_and_written_again_has_the_same_bytes) {
  for (const std::string& id : {run_.inventory(), run_.corrected(), run_.withdrawn()}) {
    EXPECT_EQ(evidence::write_zip(forged(run_.package(id))).value(), evidence::write_zip(run_.files(id)).value());
  }
  EXPECT_EQ(evidence::file_name(run_.package(run_.inventory()).evidence), "evidence-CEB621Message-C-E1.zip");
}

TEST_F(Evidence, with_one_byte_of_any_file_changed_names_that_file) {
  const std::vector<File> files = run_.files(run_.corrected());
  std::set<std::string> names;
  for (std::size_t i = 0; i < files.size(); ++i) {
    std::vector<File> changed = files;
    std::string& bytes = changed[i].bytes;
    bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
    names.insert(files[i].name);
    const base::Faults faults = evidence::file_faults(changed);
    EXPECT_THAT(told(faults), Contains(HasSubstr(" " + files[i].name))) << files[i].name;
    EXPECT_FALSE(checked(changed).holds()) << files[i].name;
  }
  EXPECT_THAT(names,
              IsSupersetOf({"README.txt", "manifest.json", "SHA256SUMS", "document.json", "chain.jsonl",
                            "deliveries.json", "receipts.json", "inbound.json", "request-1.json", "request-2.json"}));
}

TEST_F(Evidence, with_a_file_missing_or_too_many_names_it) {
  const std::vector<File> files = run_.files(run_.inventory());
  for (std::size_t i = 0; i < files.size(); ++i) {
    std::vector<File> fewer = files;
    fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
    EXPECT_THAT(told_of(fewer), Contains("evidence.missing " + files[i].name));
  }
  std::vector<File> more = files;
  more.push_back({"more.txt", "x"});
  EXPECT_THAT(told_of(more), UnorderedElementsAre("evidence.extra more.txt", "evidence.digest more.txt"));
  EXPECT_THAT(told_of({}), UnorderedElementsAre("evidence.missing manifest.json", "evidence.missing SHA256SUMS"));
}

TEST_F(Evidence, with_an_entry_changed_taken_out_added_or_swapped_names_the_line) {
  const auto entries = [](Package & package) -> auto& { return package.evidence.versions.at(0).entries; };
  const std::string& id = run_.withdrawn();
  EXPECT_THAT(told_after(id, [&](Package& p) { entries(p)[3].move.reason = "another reason"; }),
              ElementsAre("evidence.chain chain.jsonl:4"));
  EXPECT_THAT(told_after(id, [&](Package& p) { entries(p)[3].move.by = "somebody"; }),
              ElementsAre("evidence.chain chain.jsonl:4"));
  EXPECT_THAT(told_after(id, [&](Package& p) { entries(p)[3].move.at += std::chrono::milliseconds(1); }),
              ElementsAre("evidence.chain chain.jsonl:4"));
  EXPECT_THAT(told_after(id, [&](Package& p) { entries(p).erase(entries(p).begin() + 3); }),
              ElementsAre("evidence.chain chain.jsonl:4"));
  EXPECT_THAT(told_after(id, [&](Package& p) { std::swap(entries(p)[3], entries(p)[4]); }),
              Contains("evidence.chain chain.jsonl:4"));
  EXPECT_THAT(told_after(id,
                         [&](Package& p) {
                           auto added = entries(p)[3];
                           added.digest =
                               gateway::ledger::link(entries(p)[2].digest, p.evidence.versions[0].guid, added.move);
                           entries(p).insert(entries(p).begin() + 3, added);
                         }),
              ElementsAre("evidence.chain chain.jsonl:5"));
  EXPECT_THAT(told_after(id, [&](Package& p) { entries(p).pop_back(); }),
              ElementsAre(HasSubstr("evidence.state chain.jsonl")));
  EXPECT_THAT(told_after(id, [&](Package& p) { entries(p)[2].digest.clear(); }),
              Contains("evidence.chain chain.jsonl:3"));
}

TEST_F(Evidence, with_a_version_missing_or_begun_elsewhere_says_so) {
  const std::string& id = run_.corrected();
  const auto without_first = [](Package& package) {
    package.evidence.versions.erase(package.evidence.versions.begin());
  };
  EXPECT_THAT(told_after(id, without_first), Contains("evidence.versions document.json"));
  const auto first_line = run_.package(id).evidence.versions[0].entries.size() + 1;
  const auto begun_elsewhere = [](Package& package) {
    link_anew(package.evidence.versions[1], base::sm3("elsewhere"));
  };
  EXPECT_THAT(told_after(id, begun_elsewhere), ElementsAre("evidence.chain chain.jsonl:" + std::to_string(first_line)));
}

TEST_F(Evidence, of_a_forger_who_links_the_chain_anew_is_found_by_what_the_entries_rest_on) {
  const std::string& id = run_.inventory();
  const auto after = [&](const std::function<void(gateway::ledger::Evidence&)>& change) {
    return told_after(id, [&](Package& package) {
      change(package.evidence);
      link_anew(package);
    });
  };
  EXPECT_THAT(after([](auto&) {}), IsEmpty()) << "who owns the ledger can write it anew: note its end elsewhere";
  EXPECT_THAT(after([](auto& e) { e.messages[0].message.signed_xml += "\n"; }),
              IsSupersetOf({HasSubstr("evidence.ground chain.jsonl:2"), HasSubstr("evidence.envelope envelope-")}));
  EXPECT_THAT(after([](auto& e) { e.deliveries[0].row.answer = "taken"; }),
              UnorderedElementsAre("evidence.ground chain.jsonl:3", "evidence.unproven deliveries.json",
                                   HasSubstr("evidence.ground proof-")));
  EXPECT_THAT(after([](auto& e) { e.deliveries[0].proof += " "; }), ElementsAre(HasSubstr("evidence.ground proof-")));
  EXPECT_THAT(after([](auto& e) { e.deliveries.clear(); }), ElementsAre("evidence.ground chain.jsonl:3"));
  EXPECT_THAT(after([](auto& e) { e.inbound[1].record.bytes += " "; }),
              ElementsAre(HasSubstr("evidence.ground inbound-")));
  EXPECT_THAT(after([](auto& e) { e.inbound[1].record.source = "/elsewhere"; }),
              ElementsAre(HasSubstr("evidence.ground inbound-")));
  EXPECT_THAT(after([](auto& e) { e.inbound.erase(e.inbound.begin() + 1); }),
              ElementsAre(HasSubstr("evidence.ground chain.jsonl")));
  EXPECT_THAT(after([](auto& e) { e.versions[0].receipts.erase(e.versions[0].receipts.begin() + 1); }),
              UnorderedElementsAre(HasSubstr("evidence.ground chain.jsonl"), HasSubstr("evidence.unproven inbound-")));
  EXPECT_THAT(after([](auto& e) { e.versions[0].entries.pop_back(); }),
              UnorderedElementsAre(HasSubstr("evidence.state chain.jsonl"), "evidence.unproven receipts.json"));
  EXPECT_THAT(after([](auto& e) { e.versions[0].entries[0].move.evidence.clear(); }),
              ElementsAre("evidence.unproven request-1.json"));
  EXPECT_THAT(after([](auto& e) { e.versions[0].entries[0].move.evidence = "hearsay of another system"; }),
              ElementsAre("evidence.unknown chain.jsonl:1"));
}

TEST_F(Evidence, with_another_request_than_was_accepted_and_sent_is_found) {
  const auto after = [&](const std::string& from, const std::string& to) {
    return told_after(run_.inventory(), [&](Package& package) {
      std::string& body = package.evidence.versions[0].body;
      const auto at = body.find(from);
      ASSERT_NE(at, std::string::npos) << from;
      body.replace(at, from.size(), to);
    });
  };
  const std::string guid = run_.package(run_.inventory()).evidence.versions[0].guid;
  EXPECT_THAT(after("测试", "另一"),
              UnorderedElementsAre("evidence.content request-1.json", HasSubstr("evidence.message message-")));
  EXPECT_THAT(after(guid, std::string(36, '0')), Contains("evidence.content request-1.json"));
  const std::string app_time = run_.package(run_.inventory()).evidence.versions[0].app_time;
  EXPECT_THAT(after(app_time, "20200101000000"), ElementsAre(HasSubstr("evidence.message message-")));
  EXPECT_THAT(after("\"C-E1\"", "\"C-E2\""), Contains("evidence.content request-1.json"));
}

TEST_F(Evidence, with_another_signed_message_in_the_place_of_its_own_is_found) {
  const auto other = run_.package(run_.corrected()).evidence.messages[0].message;
  const auto swapped = [&](Package& package) {
    auto& message = package.evidence.messages[1].message;
    message.signed_xml = other.signed_xml;
    message.envelope = other.envelope;
  };
  const Told found = told_after(run_.corrected(), swapped);
  const std::string name =
      "evidence.message message-" + run_.package(run_.corrected()).evidence.messages[1].message.guid;
  EXPECT_THAT(found, IsSupersetOf({HasSubstr("evidence.ground chain.jsonl"), HasSubstr(name)}));
  const auto without_its_digest = [&](Package& package) {
    swapped(package);
    const std::string digest = base::sha256_hex(other.signed_xml);
    for (auto& entry : package.evidence.versions[1].entries) {
      std::string& ground = entry.move.evidence;
      if (ground.starts_with("message ")) ground.replace(ground.size() - digest.size(), digest.size(), digest);
    }
    link_anew(package);
  };
  EXPECT_THAT(told_after(run_.corrected(), without_its_digest), Contains(HasSubstr(name)));
}

TEST_F(Evidence, with_a_message_that_was_changed_after_signing_has_a_bad_signature) {
  const auto changed = [](Package& package) {
    auto& kept = package.evidence.messages[0].message;
    const auto at = kept.signed_xml.find("测试");
    kept.signed_xml.replace(at, std::string("测试").size(), "另一");
  };
  EXPECT_THAT(told_after(run_.inventory(), changed),
              IsSupersetOf({HasSubstr("evidence.signature message-"), HasSubstr("evidence.ground chain.jsonl:2")}));
}

TEST_F(Evidence, signed_under_other_roots_does_not_hold_and_without_roots_warns) {
  const ScratchDirectory scratch;
  const TestAuthority another(scratch.path() / "another");
  const auto trust = signing::Trust::from_files(std::vector<std::filesystem::path>{another.sm2_root()});
  ASSERT_TRUE(trust);
  const auto files = run_.files(run_.inventory());
  signing::VerifyTerms terms;
  terms.trust = &*trust;
  EXPECT_THAT(told(evidence::check(files, run_.catalog(), terms).faults),
              Contains(HasSubstr("evidence.signature message-")));
  terms.trust = nullptr;
  const auto without = evidence::check(files, run_.catalog(), terms);
  EXPECT_TRUE(without.holds());
  EXPECT_THAT(without.faults, SizeIs(1));
}

TEST_F(Evidence, from_before_there_was_a_chain_is_told_plainly_and_no_fault) {
  const auto made_old = [](gateway::ledger::KeptVersion& version, std::size_t entries) {
    for (std::size_t i = 0; i < entries; ++i) {
      version.entries[i].digest.clear();
      version.entries[i].move.evidence.clear();
    }
  };
  const auto all_old = [&](Package& package) {
    auto& version = package.evidence.versions[0];
    made_old(version, version.entries.size());
  };
  EXPECT_THAT(told_after(run_.inventory(), all_old), ElementsAre("evidence.old chain.jsonl"));
  const auto half_old = [&](Package& package) {
    auto& version = package.evidence.versions[0];
    made_old(version, 3);
    link_anew(version, {}, 3);
  };
  EXPECT_THAT(told_after(run_.inventory(), half_old), ElementsAre("evidence.old chain.jsonl"));
}

TEST_F(Evidence, whose_json_is_not_as_it_should_be_is_told_with_file_and_place) {
  const auto with = [&](const std::string& name, const std::string& text) {
    std::vector<File> files = run_.files(run_.inventory());
    for (File& file : files) {
      if (file.name == name) file.bytes = text;
    }
    return told_of(files);
  };
  for (const char* name :
       {"manifest.json", "document.json", "chain.jsonl", "deliveries.json", "receipts.json", "inbound.json"}) {
    for (const char* text : {"{", "[]", "[1]", "{}", "null", "\"\xff\"", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["}) {
      EXPECT_FALSE(with(name, text).empty()) << name << " " << text;
    }
    EXPECT_THAT(with(name, "{"), Contains(HasSubstr(std::string("evidence.form ") + name)));
  }
  EXPECT_THAT(with("document.json", R"({"versions":[{"version":-1,"state":"gone"},7],"messages":{}})"),
              Contains("evidence.form document.json"));
}

}  // namespace
}  // namespace tests
