#include <algorithm>
#include <chrono>
#include <gtest/gtest.h>
#include <sstream>

#include "signing/verify.h"
#include "tests/support/paths.h"

namespace {

using namespace std::chrono;

const base::Time within_dates = sys_days{2026y / 11 / 1};

struct Row {
  std::string file;
  bool good;
  std::string why;
};

std::vector<Row> rows() {
  std::vector<Row> all;
  std::istringstream lines(tests::read_file(tests::shared_directory() / "vectors" / "verdicts.tsv"));
  for (std::string line; std::getline(lines, line);) {
    std::istringstream cells(line);
    Row row;
    std::string verdict;
    if (!std::getline(cells, row.file, '\t') || !std::getline(cells, verdict, '\t')) continue;
    std::getline(cells, row.why);
    row.good = verdict == "good";
    all.push_back(row);
  }
  return all;
}

// What the English sentence of the first error must hold, by the end of the file's name.
const std::vector<std::pair<std::string, std::string>> words{
    {"-changed-value.xml", "the content was changed after signing (DigestValue itself was not)"},
    {"-changed-signature.xml", "SignatureValue does not fit SignedInfo"},
    {"-changed-digest.xml", "the content or DigestValue was changed"},
    {"-der.xml", "DER form"},
    {"-pretty.xml", "valid if the white space in SignedInfo is removed"},
    {"-no-signature.xml", "no signature"},
    {"-two-signatures.xml", "2 signatures"},
    {"-xpath-transform.xml", "xpath"},
    {"-doctype.xml", "document type declaration"},
};

// What is likely to be the matter, by the end of the file's name; nothing else is named.
const std::vector<std::pair<std::string, std::string>> causes_of_spoiling{{"-der.xml", "der-value"},
                                                                          {"-pretty.xml", "signed-info-formatted"}};

class SharedVectors : public testing::Test {
 protected:
  void SetUp() override {
    if (!exists(folder_ / "verdicts.tsv")) GTEST_SKIP() << "shared/vectors is not beside the project";
  }

  signing::Trust trust(const std::string& name) const {
    const std::vector<std::filesystem::path> files{folder_ / "keys" / name};
    auto loaded = signing::Trust::from_files(files);
    EXPECT_TRUE(loaded);
    return *std::move(loaded);
  }

  const std::filesystem::path folder_ = tests::shared_directory() / "vectors";
};

TEST_F(SharedVectors, AreJudgedAsTheirVerdictsSay) {
  const auto all = rows();
  ASSERT_GE(all.size(), 29U);
  for (const auto& row : all) {
    const auto found = signing::verify(tests::read_file(folder_ / row.file), {.now = within_dates});
    EXPECT_EQ(found.valid, row.good) << row.file << ": " << row.why;
    EXPECT_EQ(base::has_error(found.faults), !row.good) << row.file;
  }
}

TEST_F(SharedVectors, SpoiltOnesSayWhatIsWrong) {
  for (const auto& row : rows()) {
    if (row.good) continue;
    const auto found = signing::verify(tests::read_file(folder_ / row.file), {.now = within_dates});
    std::string said;
    for (const auto& fault : found.faults) said += fault.en + "\n";
    for (const auto& [ending, wanted] : words) {
      if (!row.file.ends_with(ending)) continue;
      EXPECT_NE(said.find(wanted), std::string::npos) << row.file << " said: " << said;
    }
  }
}

TEST_F(SharedVectors, NameTheCauseWhereThereIsAKnownOne) {
  for (const auto& row : rows()) {
    const auto found = signing::verify(tests::read_file(folder_ / row.file), {.now = within_dates});
    const auto known =
        std::ranges::find_if(causes_of_spoiling, [&](const auto& one) { return row.file.ends_with(one.first); });
    std::string names;
    for (const auto& cause : found.causes) names += cause.name;
    EXPECT_EQ(names, known == causes_of_spoiling.end() ? "" : known->second) << row.file;
  }
}

TEST_F(SharedVectors, GoodOnesNameTheirDialectAndEveryStepIsGoodUnderTheirRoot) {
  for (const auto& row : rows()) {
    if (!row.good) continue;
    const auto roots = trust(row.file.starts_with("rsa") ? "rsa-ca.cert.pem" : "sm2-ca.cert.pem");
    const auto found = signing::verify(tests::read_file(folder_ / row.file), {.trust = &roots, .now = within_dates});
    EXPECT_TRUE(found.valid) << row.file;
    EXPECT_EQ(found.dialect + ".xml", row.file);
    EXPECT_TRUE(found.faults.empty()) << row.file << ": " << found.faults.front().en;
    for (const auto& step : found.steps) {
      const bool asked_for = step.name != "revocation" && step.name != "company";
      EXPECT_EQ(step.verdict, asked_for ? signing::StepVerdict::good : signing::StepVerdict::not_checked) << step.en;
    }
  }
}

TEST_F(SharedVectors, GoodOnesAreRefusedUnderAnotherRoot) {
  for (const auto& row : rows()) {
    if (!row.good) continue;
    const auto roots = trust(row.file.starts_with("rsa") ? "sm2-ca.cert.pem" : "rsa-ca.cert.pem");
    const auto found = signing::verify(tests::read_file(folder_ / row.file), {.trust = &roots, .now = within_dates});
    EXPECT_FALSE(found.valid) << row.file;
    ASSERT_EQ(found.faults.size(), 1U);
    EXPECT_EQ(found.faults.front().code, "certificate.chain");
  }
}

}  // namespace
