// Evidence as a running gateway gives it: to whom, and fetched and checked with `cebgate evidence`.
#include <boost/json/parse.hpp>
#include <cstdlib>
#include <filesystem>
#include <gmock/gmock.h>
#include <string>

#include "tests/gateway/app/proven_site.h"
#include "tests/gateway/evidence/forging.h"
#include "tests/support/cebgate_run.h"

namespace tests::app {
namespace {

namespace json = boost::json;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class RunningEvidence : public ::testing::Test {
 protected:
  Ran fetch(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), "evidence");
    arguments.insert(arguments.end(), {"--url", run_.site().gateway_url()});
    return cebgate_(arguments, {{"CEBGATE_TOKEN", Site::viewer_token}});
  }
  Ran check(const std::string& file, std::vector<std::string> more = {}) const {
    more.insert(more.begin(), {"evidence", "--check", file});
    return cebgate_(more);
  }
  std::string root() const { return (run_.site().folder() / "root.pem").string(); }
  std::string written(const std::string& name, const std::string& bytes) const { return cebgate_.write(name, bytes); }

  const ProvenSite& run_ = ProvenSite::shared();
  CebgateRun cebgate_;
};

TEST_F(RunningEvidence, is_for_those_who_may_see_the_document) {
  const gateway::http::Response& answer = run_.inventory().answer;
  ASSERT_EQ(answer.status, 200U) << answer.body;
  EXPECT_EQ(answer.headers.get("Content-Type"), "application/zip");
  EXPECT_EQ(answer.headers.get("Content-Disposition"), "attachment; filename=\"evidence-CEB621Message-C-E1.zip\"");
  const std::string target = "/v1/documents/" + run_.inventory().id + "/evidence";
  const Site& site = run_.site();
  EXPECT_EQ(site.ask("GET", target, Site::token_of(enterprises.ecommerce)).status, 200U);
  EXPECT_EQ(site.ask("GET", target, Site::token_of(enterprises.payment)).status, 404U);
  EXPECT_EQ(site.ask("GET", target, "another").status, 401U);
  EXPECT_EQ(site.ask("GET", target + "?version=1", Site::viewer_token).status, 400U);
  EXPECT_EQ(site.ask("GET", "/v1/documents/unknown/evidence", Site::viewer_token).status, 404U);
}

TEST_F(RunningEvidence, of_each_document_holds_and_ends_with_the_digest_that_the_document_shows) {
  for (const Proven* proven : {&run_.inventory(), &run_.corrected(), &run_.withdrawn()}) {
    const Ran ran = check(written("one.zip", proven->answer.body), {"--trust", root(), "--format", "json"});
    EXPECT_EQ(ran.status, 0) << ran.out;
    const json::value told = json::parse(ran.out);
    EXPECT_THAT(told.at("faults").as_array(), IsEmpty());
    for (const json::value& version : told.at("versions").as_array()) {
      const Seen seen = run_.site().look(proven->id, version.at("version").to_number<int>());
      EXPECT_EQ(seen.whole.at("chain"), version.at("end"));
    }
  }
}

TEST_F(RunningEvidence, fetches_by_key_and_by_number_what_then_holds_without_the_gateway) {
  const std::string file = cebgate_.path("inventory.zip");
  const Ran fetched = fetch({"C-E1", "-o", file, "--lang", "en"});
  ASSERT_EQ(fetched.status, 0) << fetched.err;
  const std::string end(run_.site().look(run_.inventory().id).whole.at("chain").as_string());
  EXPECT_THAT(fetched.out, AllOf(HasSubstr("inventory.zip: CEB621Message/"), HasSubstr("version 1 ends at: " + end)));
  const Ran checked = check(file, {"--trust", root(), "--lang", "en"});
  EXPECT_EQ(checked.status, 0) << checked.out << checked.err;
  EXPECT_THAT(checked.out, AllOf(HasSubstr("the evidence holds"), HasSubstr("the chain ends at: " + end),
                                 HasSubstr("good signature"), HasSubstr("3 receipts and notices")));
  EXPECT_THAT(checked.out, AllOf(Not(HasSubstr("error")), Not(HasSubstr("warning"))));
  EXPECT_THAT(check(file, {"--lang", "zh"}).out, AllOf(HasSubstr("证据完好"), HasSubstr("链的末端")));
  EXPECT_EQ(fetch({"CEB311Message/4601960001/E2~100", "-o", file, "--format", "json"}).status, 0);
  const Ran as_json = check(file, {"--format", "json", "--trust", root()});
  const json::object told = json::parse(as_json.out).as_object();
  EXPECT_TRUE(told.at("valid").as_bool());
  EXPECT_EQ(told.at("key"), "CEB311Message/4601960001/E2~100");
  EXPECT_THAT(told.at("versions").as_array(), SizeIs(2));
  EXPECT_THAT(told.at("messages").as_array(), SizeIs(2));
  EXPECT_THAT(told.at("faults").as_array(), IsEmpty());
}

TEST_F(RunningEvidence, writes_over_no_file_unless_it_is_named) {
  const std::string name = "evidence-CEB621Message-C-E1.zip";
  const ScratchDirectory scratch;
  const auto before = std::filesystem::current_path();
  std::filesystem::current_path(scratch.path());
  const Ran first = fetch({"C-E1"});
  write_file(scratch.path() / name, "mine");
  const Ran second = fetch({"C-E1", "--lang", "en"});
  const std::string kept = read_file(scratch.path() / name);
  const Ran third = fetch({"C-E1", "-o", name});
  std::filesystem::current_path(before);
  EXPECT_EQ(first.status, 0) << first.err;
  EXPECT_EQ(second.status, 2);
  EXPECT_THAT(second.err, AllOf(HasSubstr(name), HasSubstr("-o FILE")));
  EXPECT_EQ(kept, "mine");
  EXPECT_EQ(third.status, 0) << third.err;
  EXPECT_NE(read_file(scratch.path() / name), "mine");
}

TEST_F(RunningEvidence, says_what_does_not_hold_with_file_and_line) {
  auto package = run_.withdrawn().package();
  package.evidence.versions[0].entries[3].move.reason = "another reason";
  const std::string file = written("forged.zip", gateway::evidence::write_zip(forged(package)).value());
  const Ran text = check(file, {"--lang", "en"});
  EXPECT_EQ(text.status, 1);
  EXPECT_THAT(text.out, AllOf(HasSubstr("the evidence does not hold"),
                              HasSubstr(file + "/chain.jsonl:4: error: the digest of this entry"),
                              HasSubstr("[evidence.chain]")));
  const json::value told = json::parse(check(file, {"--format", "json"}).out);
  EXPECT_FALSE(told.at("valid").as_bool());
  EXPECT_EQ(told.at("faults").at(0).at("path"), "chain.jsonl");
  EXPECT_EQ(told.at("faults").at(0).at("line"), 4);
}

TEST_F(RunningEvidence, takes_no_file_that_is_none_of_evidence) {
  const std::string& zip = run_.inventory().answer.body;
  EXPECT_THAT(check(written("cut.zip", zip.substr(0, zip.size() / 2))).out, HasSubstr("[evidence.zip]"));
  for (const std::string& bytes : {zip.substr(0, zip.size() - 1), std::string("no zip"), std::string()}) {
    const Ran ran = check(written("bad.zip", bytes));
    EXPECT_EQ(ran.status, 1);
    EXPECT_THAT(ran.out, HasSubstr("[evidence.zip]"));
  }
  const std::vector<gateway::evidence::File> others{{"a.txt", "x"}};
  const Ran other = check(written("other.zip", gateway::evidence::write_zip(others).value()));
  EXPECT_EQ(other.status, 1);
  EXPECT_THAT(other.out, HasSubstr("manifest.json"));
  EXPECT_EQ(check(cebgate_.path("absent.zip")).status, 2);
}

TEST_F(RunningEvidence, of_an_edition_that_is_not_here_says_whose_fault_that_is) {
  const auto package = run_.inventory().package();
  const auto files = gateway::evidence::files_of(package.evidence, package.manifest.made_at, "2099");
  EXPECT_EQ(check(written("later.zip", gateway::evidence::write_zip(files).value())).status, 2);
  EXPECT_EQ(check(cebgate_.path("later.zip"), {"--edition", "202205"}).status, 0);
}

TEST_F(RunningEvidence, wants_a_document_or_a_file_to_check_and_not_both) {
  EXPECT_EQ(cebgate_({"evidence"}).status, 2);
  EXPECT_EQ(cebgate_({"evidence", "A1", "--check", "b.zip"}).status, 2);
  EXPECT_EQ(fetch({"unknown-number"}).status, 1);
}

TEST_F(RunningEvidence, names_the_candidates_of_an_ambiguous_number) {
  const Ran one = fetch({"E1", "-o", cebgate_.path("order.zip")});
  EXPECT_EQ(one.status, 0) << one.err;
  run_.site().accepted("CEB311Message", order_document({.number = "P-E1"}));  // the payment's number is P-E1 as well
  const Ran several = fetch({"P-E1", "-o", cebgate_.path("several.zip")});
  EXPECT_EQ(several.status, 1);
  EXPECT_THAT(several.err, AllOf(HasSubstr("CEB311Message/"), HasSubstr("CEB411Message/")));
}

TEST_F(RunningEvidence, is_checked_by_ordinary_tools_as_its_readme_says) {
  const ScratchDirectory scratch;
  for (const auto& file : run_.corrected().files()) write_file(scratch.path() / file.name, file.bytes);
  const std::string inside = "cd " + scratch.path().string() + " && ";
  EXPECT_EQ(std::system((inside + "sha256sum --quiet -c SHA256SUMS").c_str()), 0);
  const auto record = run_.corrected().package().evidence.inbound.at(0).record;
  const std::string sum = "{ printf '%s\\n%s\\n' '" + record.port + "' '" + record.source + "'; cat inbound-" +
                          record.digest + ".bin; } | sha256sum | grep -q " + record.digest;
  EXPECT_EQ(std::system((inside + sum).c_str()), 0);
}

}  // namespace
}  // namespace tests::app
